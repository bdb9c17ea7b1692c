import type { Database } from '../../platform/duckdb.ts';
import { doubleLiteral } from '../../platform/sql.ts';
import type { DayRange } from '../days.ts';
import { inRange } from '../scope.ts';
import type { BinnedValues, ValueBins } from './binned-values.ts';
import { SHARE_BINS } from './exact-distance.ts';
import { readStoredBins } from './stored-bins.ts';
import { assertAscending, type ValueSource } from './value-source.ts';

export interface BinSettings {
  bins: number;
  /** Distinct values x groups up to which nothing is merged; a cell is 16 bytes. */
  exactCells: number;
}

/** Rows up to which every distinct value may be kept, if the cells allow. */
const EXACT_ROWS = 500_000;

/**
 * Counts and sums per (bin, group) of values read in ascending order: streaming passes, O(rows). Bins have equal counts over all
 * rows, end at actual values so that ties stay together, are halved towards both extremes, and every tenth of the reference
 * ends one. With few distinct values, or few rows, each value is its own bin.
 * @returns null without values.
 */
export async function valueBins(
  database: Database,
  source: ValueSource,
  reference: DayRange,
  settings: BinSettings,
): Promise<ValueBins | null> {
  if (source.binned) return readStoredBins(database, source.binned, source.binned);
  const placed = await binPlaces(database, source, reference, settings);
  if (!placed) return null;
  const { lowest, ends } = placed;
  const cells = await readCells(database, source, lowest, ends);
  const width = ends ? ends.length : ((cells.bin.at(-1) as number) ?? 0) + 1;
  const last = ends ?? new Float64Array(width);
  const groups = new Map<number, BinnedValues>();
  const pooled = { n: new Float64Array(width), sum: new Float64Array(width) };
  for (let i = 0; i < cells.bin.length; i++) {
    const j = cells.bin[i] as number;
    const key = cells.grp[i] as number;
    let group = groups.get(key);
    if (!group) {
      group = { n: new Float64Array(width), sum: new Float64Array(width) };
      groups.set(key, group);
    }
    group.n[j] = cells.rows[i] as number;
    group.sum[j] = cells.s[i] as number;
    pooled.n[j] = (pooled.n[j] as number) + (cells.rows[i] as number);
    pooled.sum[j] = (pooled.sum[j] as number) + (cells.s[i] as number);
    if (!ends) last[j] = cells.value?.[i] as number;
  }
  const single = Uint8Array.from(last, (end, j) => {
    const span = end - ((j === 0 ? lowest : last[j - 1]) as number);
    const inside = (pooled.n[j] as number) * (end - lowest) - (pooled.sum[j] as number);
    return !ends || inside <= ROUNDING * (pooled.n[j] as number) * span ? 1 : 0;
  });
  return { lowest, ends: last, single, exact: !ends, groups };
}

/** The lowest value and where bins end; `ends` null when every distinct value is to be a bin. */
async function binPlaces(
  database: Database,
  source: ValueSource,
  reference: DayRange,
  settings: BinSettings,
): Promise<{ lowest: number; ends: Float64Array | null } | null> {
  // Stored bins spare the sorts that finding ends would cost.
  const known =
    source.placed === undefined ? null : await readStoredBins(database, source.placed, { days: 'TRUE', group: '0' });
  if (known) return known;
  const [shape] = await database.rows<{ n: number; r: number; lowest: number }>(
    `SELECT count(*) AS n, count(*) FILTER (${inRange(reference)}) AS r, min(value) AS lowest FROM ${source.unordered}`,
  );
  if (!shape || shape.n === 0) return null;
  return { lowest: shape.lowest, ends: await binEnds(database, source, reference, shape, settings) };
}

/** Mean distance from a bin's end, over its width, that is only the rounding of a sum of equal values. */
const ROUNDING = 1e-9;

type Cells = Record<'bin' | 'grp' | 'rows' | 's', Float64Array> & { value?: Float64Array };

async function readCells(
  database: Database,
  source: ValueSource,
  lowest: number,
  ends: Float64Array | null,
): Promise<Cells> {
  const hit = ends ? `previous IN (${Array.from(ends, doubleLiteral).join(', ')})` : 'TRUE';
  // Sums of differences from the lowest value: far from 0, plain sums would lose the digits that matter.
  const cells = await database.columns(
    `SELECT bin, grp, count(*) AS rows, sum(value - ${doubleLiteral(lowest)}) AS s, min(gap) AS gap${ends ? '' : ', max(value) AS value'}
     FROM (SELECT value, grp, gap, count(*) FILTER (gap > 0 AND hit) OVER (ROWS UNBOUNDED PRECEDING) AS bin
       FROM (SELECT value, grp, value - previous AS gap, ${hit} AS hit
         FROM (SELECT value, grp, lag(value) OVER () AS previous FROM ${source.ascending})))
     GROUP BY ALL ORDER BY 1, 2`,
  );
  for (const gap of cells.gap as Float64Array) assertAscending(gap);
  return cells as Cells;
}

/** The ends of bins, ascending; null when every distinct value is to be a bin. */
async function binEnds(
  database: Database,
  source: ValueSource,
  reference: DayRange,
  { n, r }: { n: number; r: number },
  { bins, exactCells }: BinSettings,
): Promise<Float64Array | null> {
  const affordable = async (): Promise<boolean> => {
    const [line] = await database.rows<{ distinct: number; groups: number }>(
      `SELECT 1 + count(*) FILTER (gap > 0) AS "distinct", ${n <= EXACT_ROWS ? 'count(DISTINCT grp)' : '0'} AS groups
       FROM (SELECT grp, value - lag(value) OVER () AS gap FROM ${source.ranked})`,
    );
    const { distinct, groups } = line as { distinct: number; groups: number };
    return distinct <= bins || (n <= EXACT_ROWS && distinct * groups <= exactCells);
  };
  if (n <= EXACT_ROWS && (await affordable())) return null;
  const step = Math.ceil(n / bins);
  const ranks = new Set([n]);
  for (let rank = step; rank < n; rank += step) ranks.add(rank);
  for (let k = 1; k < step; k *= 2) ranks.add(k).add(n - k);
  const tenths = Array.from({ length: SHARE_BINS - 1 }, (_, k) => Math.ceil(((k + 1) * r) / SHARE_BINS));
  const { value } = await database.columns(
    `SELECT value FROM (SELECT value, ${inRange(reference)} AS old, row_number() OVER () AS r,
         count(*) FILTER (${inRange(reference)}) OVER (ROWS UNBOUNDED PRECEDING) AS f FROM ${source.ranked})
     WHERE r IN (${[...ranks].join(', ')}) OR (old AND f IN (${tenths.join(', ')}))`,
  );
  const ends = Float64Array.from(new Set(value as Float64Array)).sort();
  // Ranks that fell on the same value: heavy ties, and perhaps few values in all.
  if (n > EXACT_ROWS && ends.length < 0.9 * ranks.size && (await affordable())) return null;
  return ends;
}
