import type { Verdict } from '../../shared/model/verdict.ts';
import { Icon, type IconName } from './icon.tsx';
import classes from './verdict-badge.module.css';

const looks: Record<Verdict, { icon: IconName; tone: string }> = {
  regression: { icon: 'regression', tone: 'regression' },
  improvement: { icon: 'improvement', tone: 'improvement' },
  'no change': { icon: 'noChange', tone: 'noChange' },
  inconclusive: { icon: 'inconclusive', tone: 'inconclusive' },
};

export interface VerdictBadgeProps {
  verdict: Verdict;
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
