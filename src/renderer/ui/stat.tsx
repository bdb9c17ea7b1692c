import type { ReactNode } from 'react';
import type { Estimate } from '../../shared/model/estimate.ts';
import { count, estimateChange, estimateValue, interval, percent, type Unit } from '../../shared/units.ts';
import { Icon } from './icon.tsx';
import classes from './stat.module.css';

export interface StatProps {
  label: ReactNode;
  estimate: Estimate;
  unit: Unit;
  kind?: 'value' | 'change';
  /** What `n` counts. */
  noun?: string;
  /** Why the number may still change; draws it dashed. */
  provisional?: string | undefined;
  size?: 'sm' | 'lg';
}

/** A number is never alone: interval, level and n stand under it, a reason when it is unknown. */
export const Stat = ({ label, estimate, unit, kind = 'value', noun = 'rows', provisional, size = 'sm' }: StatProps) => {
  const unknown = estimate.value === null;
  return (
    <div
      className={classes.stat}
      data-size={size}
      data-provisional={provisional ? true : undefined}
      title={estimate.method}
    >
      <div className={classes.label}>{label}</div>
      <div className={classes.value} data-unknown={unknown || undefined}>
        {kind === 'change' ? estimateChange(estimate, unit) : estimateValue(estimate, unit)}
      </div>
      {unknown ? (
        <div className={classes.detail}>{estimate.reason ?? 'no reason was given'}</div>
      ) : (
        <div className={classes.detail}>
          {interval(estimate, unit, kind)} at {percent(estimate.level, 0)}, n = {count(estimate.n)} {noun}
        </div>
      )}
      {provisional ? (
        <div className={classes.provisional}>
          <Icon name="provisional" size={12} /> provisional: {provisional}
        </div>
      ) : null}
    </div>
  );
};
