import type { Database } from '../../platform/duckdb.ts';
import type { DayRange } from '../days.ts';
import { inRange } from '../scope.ts';
import { assertAscending, disjoint, doubleLiteral, type ValueSource } from './value-source.ts';

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
 * @param source the values of both windows and of no other day.
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
  const centre = doubleLiteral(await median(database, source, reference, n));
  // Rows outside both windows are not in the source, so that with separate windows what is not in one is in the other.
  const others = disjoint(reference, current)
    ? 'row_number() OVER () - count(*) FILTER (r) OVER (ROWS UNBOUNDED PRECEDING)'
    : `count(*) FILTER (${inRange(current)}) OVER (ROWS UNBOUNDED PRECEDING)`;
  const columns = await database.columns(
    `SELECT k, coalesce(sum(gap * d), 0) AS area, max(d) FILTER (ends) AS peak, min(f) FILTER (ends) AS f, min(g) FILTER (ends) AS g,
       min(gap) AS gap, sum(x) AS x, sum(x * x) AS xx
     FROM (SELECT x, gap, coalesce(gap > 0, TRUE) AS ends, f, g, f * ${SHARE_BINS} // ${n} AS k, abs(f * ${m} - g * ${n}) AS d
       FROM (SELECT CASE WHEN r THEN value - ${centre} END AS x, lead(value) OVER () - value AS gap,
           count(*) FILTER (r) OVER (ROWS UNBOUNDED PRECEDING) AS f, ${others} AS g
         FROM (SELECT value, day, ${inRange(reference)} AS r FROM ${source.ascending})))
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
  let sum = 0;
  let squares = 0;
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
    sum += at('x', i) || 0;
    squares += at('xx', i) || 0;
  }
  belowReference[SHARE_BINS] = n;
  belowCurrent[SHARE_BINS] = m;
  return {
    referenceRows: n,
    currentRows: m,
    wasserstein: area / scale,
    ks: peak / scale,
    deviation: Math.sqrt(Math.max(0, squares - (sum * sum) / n) / n),
    referenceBins: steps(belowReference),
    currentBins: steps(belowCurrent),
  };
}

/** The median lies within one standard deviation of the mean: sums of squares around it keep their digits. */
async function median(database: Database, source: ValueSource, reference: DayRange, n: number): Promise<number> {
  const [line] = await database.rows<{ value: number }>(
    source.stored
      ? `SELECT value FROM ${source.ascending} WHERE ${inRange(reference)} LIMIT 1 OFFSET ${Math.floor(n / 2)}`
      : `SELECT quantile_disc(value, 0.5) AS value FROM ${source.unordered} WHERE ${inRange(reference)}`,
  );
  return line?.value ?? 0;
}

const steps = (cumulative: Float64Array): Float64Array =>
  Float64Array.from({ length: SHARE_BINS }, (_, k) => (cumulative[k + 1] as number) - (cumulative[k] as number));
