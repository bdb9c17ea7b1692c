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

/** Partitions counted by one scan: each keeps a hash table of its groups and blocks. */
const COUNTED_TOGETHER = 5;

/** A few partitions, given by their groups as integer expressions, in one scan; answers O(groups x days). */
export async function readGroupDays(
  database: Database,
  rows: MeasuredRows,
  groups: readonly string[],
  block: string,
): Promise<GroupDays[]> {
  const parts = Array.from({ length: Math.ceil(groups.length / COUNTED_TOGETHER) }, (_, i) =>
    groups.slice(i * COUNTED_TOGETHER, (i + 1) * COUNTED_TOGETHER),
  );
  return (await Promise.all(parts.map((part) => readScan(database, rows, part, block)))).flat();
}

async function readScan(
  database: Database,
  { source, value }: MeasuredRows,
  groups: readonly string[],
  block: string,
): Promise<GroupDays[]> {
  const names = groups.map((_, i) => `g${i}`);
  const sum = value.proportion ? 'sum(w * x)::DOUBLE' : exactSum('w * x', MAX_WEIGHT);
  const { part, g, side, n, k, b } = (await database.columns(
    `SELECT grouping(${names.join(', ')}) AS part, coalesce(${names.join(', ')}) AS g, side, b, sum(w)::DOUBLE AS n, ${sum} AS k
     FROM (SELECT ${groups.map((group, i) => `${group} AS g${i}`).join(', ')}, side, ${block} AS b, w, x FROM ${source} WHERE x IS NOT NULL)
     GROUP BY GROUPING SETS (${names.map((name) => `(${name}, side, b)`).join(', ')}) ORDER BY part, side, b, g`,
  )) as Record<'part' | 'g' | 'side' | 'b' | 'n' | 'k', Float64Array>;
  return groups.map((_, i) => {
    // All bits but that of the group which is counted; the last one is the lowest.
    const bits = 2 ** groups.length - 1 - 2 ** (groups.length - 1 - i);
    const from = part.indexOf(bits);
    const to = part.lastIndexOf(bits) + 1;
    const cut = (column: Float64Array): Float64Array => (from < 0 ? new Float64Array(0) : column.subarray(from, to));
    return groupDays({ g: cut(g), side: cut(side), b: cut(b), n: cut(n), k: cut(k) });
  });
}

/** Lines in the order of side, block and group. */
function groupDays({ g, side, b, n, k }: Record<'g' | 'side' | 'b' | 'n' | 'k', Float64Array>): GroupDays {
  const ranks = new Map([...new Set(g)].sort((x, y) => x - y).map((group, rank) => [group, rank]));
  const result: GroupDays = { reference: [], current: [] };
  for (let start = 0; start < g.length; ) {
    let end = start;
    const day = { n: new Float64Array(ranks.size), k: new Float64Array(ranks.size) };
    for (; end < g.length && side[end] === side[start] && b[end] === b[start]; end++) {
      const rank = ranks.get(g[end] as number) as number;
      day.n[rank] = n[end] as number;
      day.k[rank] = k[end] as number;
    }
    result[side[start] === 1 ? 'current' : 'reference'].push(day);
    start = end;
  }
  return result;
}
