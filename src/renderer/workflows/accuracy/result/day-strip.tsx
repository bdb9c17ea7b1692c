import { memo } from 'react';
import type { CellStanding, DayCell } from '../../../../shared/charts/day-strip.ts';
import classes from './day-strip.module.css';

const stripWidth = 112;
const height = 18;
const standings: readonly CellStanding[] = ['thin', 'level', 'low', 'below'];
/** Height and place of a cell: what is not enough data is a mark at the foot, never a colour. */
const boxes: Record<CellStanding, [y: number, height: number]> = {
  none: [0, 0],
  thin: [13, 2],
  level: [6, 9],
  low: [6, 9],
  below: [1, 17],
};

export interface DayStripProps {
  cells: readonly DayCell[];
  days: number;
  /** First and last position of the current window. */
  current: [from: number, to: number] | null;
  label: string;
}

const pathOf = (cells: readonly DayCell[], standing: CellStanding, days: number): string => {
  const [y, tall] = boxes[standing];
  return cells
    .filter((cell) => cell.standing === standing)
    .map(({ from, to }) => {
      const x = (from / days) * stripWidth;
      const wide = ((to + 1 - from) / days) * stripWidth - (to > from ? 1 : 0.3);
      return `M${x.toFixed(1)} ${y}h${wide.toFixed(1)}v${tall}h-${wide.toFixed(1)}z`;
    })
    .join('');
};

/** One path per standing: a table of them must scroll. */
export const DayStrip = memo(({ cells, days, current, label }: DayStripProps) => (
  <svg className={classes.strip} width={stripWidth} height={height} role="img" aria-label={label}>
    <title>{label}</title>
    {current ? (
      <rect
        className={classes.current}
        x={(current[0] / days) * stripWidth}
        width={((current[1] + 1 - current[0]) / days) * stripWidth}
        height={height}
      />
    ) : null}
    {standings.map((standing) => (
      <path key={standing} className={classes[standing]} d={pathOf(cells, standing, days)} />
    ))}
  </svg>
));
DayStrip.displayName = 'DayStrip';
