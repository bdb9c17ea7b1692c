import type { Database } from '../../platform/duckdb.ts';
import type { DayRange } from '../days.ts';
import { inRange } from '../scope.ts';
import { assertAscending, type ValueSource } from './value-source.ts';

/** Equal-count bins of the reference: the k-th ends at its k/10 quantile (inverted ECDF), closed on the right. */
export const SHARE_BINS = 10;

export interface ExactDistance {
  referenceRows: number;
  currentRows: number;
  /** Wasserstein-1, in the unit of the values. */
  wasserstein: number;
  /** Largest |F - G|. */
  ks: number;
  /** Population standard deviation of the reference values. */
  deviation: number;
  /** Rows per equal-count bin of the reference. */
  referenceBins: Float64Array;
  currentBins: Float64Array;
}

/**
 * Integral of |F - G| (Wasserstein-1), largest |F - G| (Kolmogorov-Smirnov), reference spread and decile counts in one streaming
 * pass: O(rows), constant memory. Running counts are integers, so only the final sum of areas rounds; equal values have no
 * width, and maxima are taken where a run of ties ends.
 * @returns null when either side has no values.
 */
export async function exactDistance(
  database: Database,
  source: ValueSource,
  reference: DayRange,
  current: DayRange,
  rows: { reference: number; current: number },
): Promise<ExactDistance | null> {
  const { reference: n, current: m } = rows;
  if (n === 0 || m === 0) return null;
  const columns = await database.columns(
    `SELECT k, coalesce(sum(gap * d), 0) AS area, max(d) FILTER (ends) AS peak, min(f) FILTER (ends) AS f, min(g) FILTER (ends) AS g,
       min(gap) AS gap, count(*) FILTER (r) AS n, avg(value) FILTER (r) AS mean, var_pop(value) FILTER (r) AS variance
     FROM (SELECT value, r, gap, coalesce(gap > 0, TRUE) AS ends, f, g, f * ${SHARE_BINS} // ${n} AS k, abs(f * ${m} - g * ${n}) AS d
       FROM (SELECT value, r, lead(value) OVER () - value AS gap,
           count(*) FILTER (r) OVER (ROWS UNBOUNDED PRECEDING) AS f, count(*) FILTER (c) OVER (ROWS UNBOUNDED PRECEDING) AS g
         FROM (SELECT value, ${inRange(reference)} AS r, ${inRange(current)} AS c FROM ${source.ascending})))
     GROUP BY k ORDER BY k`,
  );
  const at = (name: string, i: number): number => (columns[name] as Float64Array)[i] as number;
  const groups = (columns.k as Float64Array).length;
  const scale = n * m;
  let area = 0;
  let peak = 0;
  const belowReference = new Float64Array(SHARE_BINS + 1);
  const belowCurrent = new Float64Array(SHARE_BINS + 1);
  let edge = 1;
  const spread = { n: 0, mean: 0, squares: 0 };
  for (let i = 0; i < groups; i++) {
    assertAscending(at('gap', i));
    area += at('area', i);
    const groupPeak = at('peak', i);
    if (groupPeak > peak) peak = groupPeak;
    // The first end of a run of ties with at least k/10 of the reference below or at it is the k-th edge.
    for (; edge < SHARE_BINS && edge <= at('k', i) && !Number.isNaN(at('f', i)); edge++) {
      belowReference[edge] = at('f', i);
      belowCurrent[edge] = at('g', i);
    }
    if (at('n', i) > 0) addSpread(spread, at('n', i), at('mean', i), at('variance', i));
  }
  belowReference[SHARE_BINS] = n;
  belowCurrent[SHARE_BINS] = m;
  return {
    referenceRows: n,
    currentRows: m,
    wasserstein: area / scale,
    ks: peak / scale,
    deviation: Math.sqrt(spread.squares / spread.n),
    referenceBins: steps(belowReference),
    currentBins: steps(belowCurrent),
  };
}

/** Pooled mean and sum of squares of two parts (Chan, Golub & LeVeque 1979). */
function addSpread(spread: { n: number; mean: number; squares: number }, n: number, mean: number, variance: number) {
  const total = spread.n + n;
  const delta = mean - spread.mean;
  spread.squares += variance * n + (delta * delta * spread.n * n) / total;
  spread.mean += (delta * n) / total;
  spread.n = total;
}

const steps = (cumulative: Float64Array): Float64Array =>
  Float64Array.from({ length: SHARE_BINS }, (_, k) => (cumulative[k + 1] as number) - (cumulative[k] as number));
