import type { Database } from '../../platform/duckdb.ts';
import { doubleLiteral } from '../../platform/sql.ts';
import type { DayRange } from '../days.ts';
import { disjoint, inRange } from '../scope.ts';
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
 * Integral of |F - G| (Wasserstein-1), largest |F - G| (Kolmogorov-Smirnov), reference spread and decile counts from streaming
 * passes: O(rows), constant memory. Running counts are integers, so only the final sum of areas rounds; of a run of equal values
 * only the last row goes on, where both counts are complete.
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
  const seen = 'OVER (ROWS UNBOUNDED PRECEDING)';
  // With separate windows, what is not in one is in the other.
  const others = disjoint(reference, current)
    ? 'row_number() OVER () - f'
    : `count(*) FILTER (${inRange(current)}) ${seen}`;
  const [columns, deviation] = await Promise.all([
    database.columns(
      `SELECT k, coalesce(sum(gap * d), 0) AS area, max(d) AS peak, min(f) AS f, min(g) AS g, min(gap) AS gap
       FROM (SELECT gap, f, g, f * ${SHARE_BINS} // ${n} AS k, abs(f * ${m} - g * ${n}) AS d
         FROM (SELECT lead(value) OVER () - value AS gap, count(*) FILTER (r) ${seen} AS f, ${others} AS g
           FROM (SELECT value, day, ${inRange(reference)} AS r FROM ${source.ascending}))
         WHERE gap IS DISTINCT FROM 0)
       GROUP BY k ORDER BY k`,
    ),
    deviationOf(database, source, reference, n),
  ]);
  const at = (name: string, i: number): number => (columns[name] as Float64Array)[i] as number;
  const groups = (columns.k as Float64Array).length;
  const scale = n * m;
  let area = 0;
  let peak = 0;
  const belowReference = new Float64Array(SHARE_BINS + 1);
  const belowCurrent = new Float64Array(SHARE_BINS + 1);
  let edge = 1;
  for (let i = 0; i < groups; i++) {
    assertAscending(at('gap', i));
    area += at('area', i);
    peak = Math.max(peak, at('peak', i));
    // The first row with at least k/10 of the reference at or below it is the k-th edge.
    for (; edge < SHARE_BINS && edge <= at('k', i); edge++) {
      belowReference[edge] = at('f', i);
      belowCurrent[edge] = at('g', i);
    }
  }
  belowReference[SHARE_BINS] = n;
  belowCurrent[SHARE_BINS] = m;
  return {
    referenceRows: n,
    currentRows: m,
    wasserstein: area / scale,
    ks: peak / scale,
    deviation,
    referenceBins: steps(belowReference),
    currentBins: steps(belowCurrent),
  };
}

/**
 * Population standard deviation from sums around the median, which lies within one deviation of the mean: the digits are kept.
 * Rows are numbered only to be summed in their order, for the same bytes on any number of threads.
 */
async function deviationOf(database: Database, source: ValueSource, reference: DayRange, n: number): Promise<number> {
  const [middle] = await database.rows<{ value: number }>(
    source.stored
      ? `SELECT value FROM ${source.ascending} WHERE ${inRange(reference)} LIMIT 1 OFFSET ${Math.floor((n - 1) / 2)}`
      : `SELECT quantile_disc(value, 0.5) AS value FROM ${source.unordered} WHERE ${inRange(reference)}`,
  );
  const [sums] = await database.rows<{ x: number; xx: number }>(
    `SELECT sum(x) AS x, sum(x * x) AS xx
     FROM (SELECT value - ${doubleLiteral(middle?.value ?? 0)} AS x, row_number() OVER () AS i FROM ${source.ascending} WHERE ${inRange(reference)})
     WHERE i > 0`,
  );
  const { x = 0, xx = 0 } = sums ?? {};
  return Math.sqrt(Math.max(0, xx - (x * x) / n) / n);
}

const steps = (cumulative: Float64Array): Float64Array =>
  Float64Array.from({ length: SHARE_BINS }, (_, k) => (cumulative[k + 1] as number) - (cumulative[k] as number));
