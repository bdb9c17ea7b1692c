import type { Database } from '../../platform/duckdb.ts';
import { pooledBins, type ValueBins } from './binned-values.ts';
import { readStoredBins } from './stored-bins.ts';
import { assertAscending, type ValueSource } from './value-source.ts';

/** One histogram per reference day on shared bins, with the mean of each bin's values, ascending. */
export interface DayHistograms {
  days: Float64Array[];
  values: Float64Array;
}

/** Resampling costs replicates x days x bins: about as few as the limit needs. */
const BINS = 128;
/** Powers of two in each tail: single rows at the very end, so that a heavy tail keeps its width. */
const TAIL = 32;

/**
 * Day x bin counts of `rows` values on at most 192 bins of equal count, the outermost ones halved again and again towards the
 * extremes. A run of ties may lie in several bins; their values are then equal and no distance lies between them.
 */
export async function dayHistograms(database: Database, source: ValueSource, rows: number): Promise<DayHistograms> {
  if (source.binned) {
    const bins = await readStoredBins(database, source.binned, source.binned);
    if (bins) return histogramsOf(bins, [...bins.groups.keys()]);
  }
  const width = Math.max(1, Math.floor(rows / BINS));
  const fromLeft = `floor(log2(r + 1))`;
  const fromRight = `${TAIL + BINS + TAIL} - floor(log2(${rows} - r))`;
  const { bin, day, n, s, gap } = (await database.columns(
    `SELECT bin::INTEGER AS bin, day, count(*) AS n, sum(value) AS s, min(gap) AS gap
     FROM (SELECT day, value, gap,
         CASE WHEN r < ${width} THEN ${fromLeft} WHEN r >= ${rows - width} THEN ${fromRight} ELSE ${TAIL} + r * ${BINS} // ${rows} END AS bin
       FROM (SELECT day, value, row_number() OVER () - 1 AS r, lead(value) OVER () - value AS gap FROM ${source.ascending}))
     GROUP BY ALL ORDER BY 1, 2`,
  )) as Record<'bin' | 'day' | 'n' | 's' | 'gap', Float64Array>;
  const positions = new Map([...new Set(bin)].map((one, index) => [one, index]));
  const bins = positions.size;
  const sums = new Float64Array(bins);
  const counts = new Float64Array(bins);
  const days = new Map<number, Float64Array>();
  for (let i = 0; i < bin.length; i++) {
    assertAscending(gap[i] as number);
    const position = positions.get(bin[i] as number) as number;
    const key = day[i] as number;
    let histogram = days.get(key);
    if (!histogram) {
      histogram = new Float64Array(bins);
      days.set(key, histogram);
    }
    histogram[position] = n[i] as number;
    sums[position] = (sums[position] as number) + (s[i] as number);
    counts[position] = (counts[position] as number) + (n[i] as number);
  }
  return {
    days: [...days].sort(([a], [b]) => a - b).map(([, histogram]) => histogram),
    values: sums.map((sum, i) => sum / (counts[i] as number)),
  };
}

/** The same of some days from stored bins, whose groups are days: neighbours merged to about equal counts, tails kept fine. */
export function histogramsOf(bins: ValueBins, days: readonly number[]): DayHistograms {
  const pooled = pooledBins(bins, days);
  const rows = pooled.n.reduce((sum, n) => sum + n, 0);
  const merged = new Int32Array(bins.ends.length);
  let held = 0;
  let seen = 0;
  for (let j = 1; j < merged.length; j++) {
    held += pooled.n[j - 1] as number;
    seen += pooled.n[j - 1] as number;
    // No bin holds more than lies beyond it: a heavy tail keeps its width, and the limit with it.
    const most = Math.min(rows / BINS, Math.max(1, Math.min(seen, rows - seen)));
    const full = held + (pooled.n[j] as number) > most;
    merged[j] = (merged[j - 1] as number) + (full ? 1 : 0);
    if (full) held = 0;
  }
  const size = (merged.at(-1) ?? -1) + 1;
  const add = (fine: Float64Array): Float64Array => {
    const coarse = new Float64Array(size);
    fine.forEach((n, j) => {
      coarse[merged[j] as number] = (coarse[merged[j] as number] as number) + n;
    });
    return coarse;
  };
  const counts = add(pooled.n);
  return {
    days: days
      .toSorted((a, b) => a - b)
      .flatMap((day) => {
        const values = bins.groups.get(day);
        return values ? [add(values.n)] : [];
      }),
    values: add(pooled.sum).map((sum, i) => bins.lowest + (counts[i] === 0 ? 0 : sum / (counts[i] as number))),
  };
}
