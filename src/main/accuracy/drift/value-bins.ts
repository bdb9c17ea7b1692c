import type { Database } from '../../platform/duckdb.ts';
import type { DayRange } from '../days.ts';
import { inRange } from '../scope.ts';
import { SHARE_BINS } from './exact-distance.ts';
import { assertAscending, doubleLiteral, type ValueSource } from './value-source.ts';

/** Rows per bin, and the sum of their values above the lowest of all. */
export interface BinnedValues {
  n: Float64Array;
  sum: Float64Array;
}

/** Values of one column per group (`grp` of the source) on shared bins. */
export interface ValueBins {
  lowest: number;
  /** Smallest and largest value of each bin, ascending; bin j holds all values above `ends[j - 1]` up to `ends[j]`. */
  starts: Float64Array;
  ends: Float64Array;
  /** Each bin holds one distinct value: nothing was merged. */
  exact: boolean;
  groups: Map<number, BinnedValues>;
}

export interface BinSettings {
  bins: number;
  /** Distinct values x groups up to which nothing is merged; a cell is 16 bytes. */
  exactCells: number;
}

/** Rows up to which every distinct value may be kept, if the cells allow. */
const EXACT_ROWS = 500_000;

/**
 * Counts and sums per (bin, group) of values read in ascending order: three streaming passes, O(rows). Bins have equal counts over
 * all rows, end at actual values so that ties stay together, are halved towards both extremes, and every tenth of the
 * reference ends one. With few distinct values, or few rows, each value is its own bin.
 * @returns null without values.
 */
export async function valueBins(
  database: Database,
  source: ValueSource,
  reference: DayRange,
  { bins, exactCells }: BinSettings,
): Promise<ValueBins | null> {
  const [shape] = await database.rows<Record<'n' | 'r' | 'distinct' | 'groups' | 'lowest' | 'gap', number | null>>(
    `SELECT count(*) AS n, count(*) FILTER (${inRange(reference)}) AS r, 1 + count(*) FILTER (gap > 0) AS "distinct",
       count(DISTINCT grp) AS groups, min(value) AS lowest, min(gap) AS gap
     FROM (SELECT value, day, grp, value - lag(value) OVER () AS gap FROM ${source.ascending})`,
  );
  const n = shape?.n ?? 0;
  if (!shape || n === 0) return null;
  assertAscending(shape.gap ?? 0);
  const distinct = shape.distinct ?? 0;
  const exact = distinct <= bins || (n <= EXACT_ROWS && distinct * (shape.groups ?? 1) <= exactCells);
  const wanted = exact ? null : await binEnds(database, source, reference, n, shape.r ?? 0, bins);
  const hit = wanted ? `previous IN (${Array.from(wanted, doubleLiteral).join(', ')})` : 'TRUE';
  // Sums of differences from the lowest value: far from 0, plain sums would lose the digits that matter.
  const { bin, grp, rows, s, least, most } = (await database.columns(
    `SELECT bin, grp, count(*) AS rows, sum(value - ${doubleLiteral(shape.lowest as number)}) AS s, min(value) AS least, max(value) AS most
     FROM (SELECT value, grp, count(*) FILTER (value > previous AND hit) OVER (ROWS UNBOUNDED PRECEDING) AS bin
       FROM (SELECT value, grp, previous, ${hit} AS hit
         FROM (SELECT value, grp, lag(value) OVER () AS previous FROM ${source.ascending})))
     GROUP BY ALL ORDER BY 1, 2`,
  )) as Record<'bin' | 'grp' | 'rows' | 's' | 'least' | 'most', Float64Array>;
  const width = (bin.at(-1) as number) + 1;
  const starts = new Float64Array(width).fill(Number.POSITIVE_INFINITY);
  const ends = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
  const groups = new Map<number, BinnedValues>();
  for (let i = 0; i < bin.length; i++) {
    const j = bin[i] as number;
    const key = grp[i] as number;
    let group = groups.get(key);
    if (!group) {
      group = { n: new Float64Array(width), sum: new Float64Array(width) };
      groups.set(key, group);
    }
    group.n[j] = rows[i] as number;
    group.sum[j] = s[i] as number;
    starts[j] = Math.min(starts[j] as number, least[i] as number);
    ends[j] = Math.max(ends[j] as number, most[i] as number);
  }
  return { lowest: shape.lowest as number, starts, ends, exact, groups };
}

async function binEnds(
  database: Database,
  source: ValueSource,
  reference: DayRange,
  n: number,
  referenceRows: number,
  bins: number,
): Promise<Set<number>> {
  const step = Math.ceil(n / bins);
  const tails: number[] = [];
  for (let k = 1; k < step; k *= 2) tails.push(k, n - k);
  const tenths = Array.from({ length: SHARE_BINS - 1 }, (_, k) => Math.ceil(((k + 1) * referenceRows) / SHARE_BINS));
  const { value } = await database.columns(
    `SELECT value FROM (SELECT value, ${inRange(reference)} AS old, row_number() OVER () AS r,
         count(*) FILTER (${inRange(reference)}) OVER (ROWS UNBOUNDED PRECEDING) AS f FROM ${source.ascending})
     WHERE r % ${step} = 0 OR r IN (${tails.join(', ') || '0'}) OR (old AND f IN (${tenths.join(', ')}))`,
  );
  return new Set(value as Float64Array);
}

/** Sum over some of the groups; groups without values count nothing. */
export function pooledBins(bins: ValueBins, groups: Iterable<number>): BinnedValues {
  const width = bins.ends.length;
  const pooled = { n: new Float64Array(width), sum: new Float64Array(width) };
  for (const key of groups) {
    const group = bins.groups.get(key);
    if (!group) continue;
    for (let j = 0; j < width; j++) {
      pooled.n[j] = (pooled.n[j] as number) + (group.n[j] as number);
      pooled.sum[j] = (pooled.sum[j] as number) + (group.sum[j] as number);
    }
  }
  return pooled;
}
