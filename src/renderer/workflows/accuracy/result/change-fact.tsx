import type { ReactNode } from 'react';
import type { Estimate } from '../../../../shared/model/estimate.ts';
import type { Verdict } from '../../../../shared/model/verdict.ts';
import { count, estimateChange, estimateValue, interval, percent, type Unit } from '../../../../shared/units.ts';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import classes from './change-fact.module.css';

export interface ChangeFactProps {
  label: ReactNode;
  reference: Estimate;
  current: Estimate;
  change: Estimate;
  verdict: Verdict;
  unit: Unit;
  provisional: boolean;
}

/** Before, after, and the change between them with its interval. */
export const ChangeFact = ({ label, reference, current, change, verdict, unit, provisional }: ChangeFactProps) => (
  <div className={classes.fact}>
    <div className={classes.label}>{label}</div>
    <div className={classes.values}>
      <span className={classes.before}>{estimateValue(reference, unit)}</span>
      <span className={classes.arrow} aria-hidden="true">
        →
      </span>
      <span className={classes.after}>{estimateValue(current, unit)}</span>
      <span className={classes.badge}>
        <VerdictBadge verdict={verdict} />
      </span>
    </div>
    {change.value === null ? (
      <p className={classes.detail}>change unknown: {change.reason ?? 'no reason was given'}</p>
    ) : (
      <p className={classes.detail}>
        <strong className={classes.change} data-verdict={verdict}>
          {estimateChange(change, unit)}
        </strong>{' '}
        <span className={classes.nowrap}>{interval(change, unit, 'change')}</span> at {percent(change.level, 0)}
        <br />
        <span className={classes.rows}>
          n = {count(reference.n)} → {count(current.n)}
        </span>{' '}
        {provisional ? <span className={classes.provisional}>provisional</span> : null}
      </p>
    )}
  </div>
);
