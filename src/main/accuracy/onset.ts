import type { AccuracyComparison, Segment } from '../../shared/model/comparison.ts';
import type { Database } from '../platform/duckdb.ts';
import { onset, onsetOfMeans } from '../statistics/change-point.ts';
import { type DayRange, dayText } from './days.ts';
import { exactSum } from './exact-sum.ts';
import type { RowValue } from './row-value.ts';

/** Since when the row value of these labelled rows is at its new level: one change point over all days of and between the windows. */
export async function onsetOf(
  database: Database,
  where: string,
  days: DayRange,
  value: RowValue,
  segment: Segment,
  level: number,
): Promise<AccuracyComparison['onset']> {
  const { day, n, k, k2 } = (await database.columns(
    `SELECT day, count(*) AS n, ${value.proportion ? 'sum(x)' : exactSum('x', 1)} AS k,
       ${value.proportion ? 'sum(x)' : exactSum('x * x', 1)} AS k2
     FROM (SELECT day, ${value.sql} AS x FROM row
       WHERE day BETWEEN ${days.from} AND ${days.to} AND ${where})
     WHERE x IS NOT NULL GROUP BY day ORDER BY day`,
  )) as Record<'day' | 'n' | 'k' | 'k2', Float64Array>;
  const found = value.proportion
    ? onset(
        Array.from(day, (d, i) => ({ day: d, k: k[i] as number, n: n[i] as number })),
        { level },
      )
    : onsetOfMeans(
        Array.from(day, (d, i) => ({ day: d, n: n[i] as number, sum: k[i] as number, sumSquares: k2[i] as number })),
        { level },
      );
  if (!found) return null;
  return {
    date: dayText(found.day),
    low: dayText(found.low),
    high: dayText(found.high),
    metric: value.name,
    segment,
  };
}
