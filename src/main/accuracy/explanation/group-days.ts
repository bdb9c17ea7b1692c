import type { Database } from '../../platform/duckdb.ts';
import type { GroupDay } from '../../statistics/decomposition-interval.ts';
import { exactSum } from '../exact-sum.ts';
import type { MeasuredRows } from '../measured-rows.ts';
import { MAX_WEIGHT } from '../metrics/read-statistics.ts';

/** A partition of both windows by block of rows: all the decomposition needs. */
export interface GroupDays {
  reference: GroupDay[];
  current: GroupDay[];
}

/** Windows shorter than this are cut into interleaved blocks of rows instead of days, which takes rows as independent. */
export const FEWEST_DAYS = 5;
const ROW_BLOCKS = 24;

/** SQL: the block of a row, its day or, in a window of few days, a share of the rows of that day. */
export const blockOf = (shortSides: readonly number[]): string =>
  shortSides.length === 0
    ? 'day'
    : `CASE WHEN side IN (${shortSides.join(', ')}) THEN day * ${ROW_BLOCKS} + (id % ${ROW_BLOCKS}) ELSE day END`;

/** One scan; answers O(groups x days). */
export async function readGroupDays(
  database: Database,
  { source, value }: MeasuredRows,
  group: string,
  block: string,
): Promise<GroupDays> {
  const { g, side, n, k, b } = (await database.columns(
    `SELECT dense_rank() OVER (ORDER BY g) - 1 AS g, side, b, n, k FROM (
       SELECT g, side, ${block} AS b, sum(w)::DOUBLE AS n, ${value.proportion ? 'sum(w * x)::DOUBLE' : exactSum('w * x', MAX_WEIGHT)} AS k
       FROM (SELECT ${group} AS g, side, day, id, w, x FROM ${source} WHERE x IS NOT NULL) GROUP BY ALL)
     ORDER BY side, b, g`,
  )) as Record<'g' | 'side' | 'b' | 'n' | 'k', Float64Array>;
  const size = g.reduce((most, group) => Math.max(most, group + 1), 0);
  const result: GroupDays = { reference: [], current: [] };
  for (let start = 0; start < g.length; ) {
    let end = start;
    const day = { n: new Float64Array(size), k: new Float64Array(size) };
    for (; end < g.length && side[end] === side[start] && b[end] === b[start]; end++) {
      day.n[g[end] as number] = n[end] as number;
      day.k[g[end] as number] = k[end] as number;
    }
    result[side[start] === 1 ? 'current' : 'reference'].push(day);
    start = end;
  }
  return result;
}
