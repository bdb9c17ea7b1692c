import { regularisedBeta } from './beta.ts';
import { criticalValue } from './normal.ts';

/** MLPerf rounds its query counts up to a multiple of this. */
const QUERY_BLOCK = 2 ** 13;

/**
 * Queries that MLPerf inference asks for at a target percentile: enough that the observed share below the latency bound is within a twentieth of
 * 1 - p, rounded up to a multiple of 8192 (Reddi et al. 2020, table "query requirements"): 24576 / 57344 / 90112 / 270336 for p90 / 95 / 97 / 99.
 * @param p target percentile inside 0..1.
 */
export function mlperfQueryCount(p: number, confidence = 0.99): number {
  const margin = (1 - p) / 20;
  const queries = (criticalValue(confidence) / margin) ** 2 * p * (1 - p);
  return Math.ceil(queries / QUERY_BLOCK) * QUERY_BLOCK;
}

/**
 * Fewest queries of which `over` may exceed the latency bound while P(at most that many | exactly 1 - p of all queries exceed it) stays below
 * 1 - confidence: the early-stopping rule of MLPerf LoadGen (tolerance 0). One over: 64 at p90, 662 at p99. Queries must be independent.
 * @param over queries beyond the bound, >= 0.
 */
export function earlyStoppingQueries(over: number, p: number, confidence = 0.99): number {
  const enough = (n: number): boolean => regularisedBeta(p, n - over, over + 1) < 1 - confidence;
  let high = over + 1;
  while (!enough(high)) high *= 2;
  let low = over;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * LoadGen's early-stopping estimate of a percentile: the t-th highest latency, where t is the most queries that n of them may have beyond the
 * bound. An upper bound at `confidence`, so above the percentile itself on average; null with fewer than `earlyStoppingQueries(1, p)`.
 * @param latencies in any order and unit.
 */
export function earlyStoppingLatency(latencies: ArrayLike<number>, p: number, confidence = 0.99): number | null {
  const n = latencies.length;
  if (n < earlyStoppingQueries(1, p, confidence)) return null;
  let low = 1;
  let high = n;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (earlyStoppingQueries(middle, p, confidence) <= n) low = middle;
    else high = middle;
  }
  return Float64Array.from(latencies).sort()[n - low] as number;
}
