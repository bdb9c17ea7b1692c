import type { ThroughputVerdict } from '../../shared/model/throughput-comparison.ts';
import { Icon, type IconName } from './icon.tsx';
import classes from './verdict-badge.module.css';

const looks: Record<ThroughputVerdict, { icon: IconName; tone: string }> = {
  regression: { icon: 'regression', tone: 'regression' },
  improvement: { icon: 'improvement', tone: 'improvement' },
  'no change': { icon: 'noChange', tone: 'noChange' },
  inconclusive: { icon: 'inconclusive', tone: 'inconclusive' },
  'not comparable': { icon: 'cross', tone: 'refused' },
  invalid: { icon: 'warning', tone: 'refused' },
};

export interface VerdictBadgeProps {
  verdict: ThroughputVerdict;
  size?: 'sm' | 'lg';
}

/** Icon, word and colour together: none of them carries the meaning alone. */
export const VerdictBadge = ({ verdict, size = 'sm' }: VerdictBadgeProps) => {
  const { icon, tone } = looks[verdict];
  return (
    <span className={classes.badge} data-tone={tone} data-size={size}>
      <Icon name={icon} size={size === 'lg' ? 20 : 13} />
      {verdict}
    </span>
  );
};
