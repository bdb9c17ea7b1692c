import type { Estimate } from '../../shared/model/estimate.ts';
import { regularisedBeta } from './beta.ts';

/** Below this many values the Harrell-Davis estimate is used, from it on type 7. */
const SMALL_SAMPLE = 200;

/**
 * Type-7 quantile (Hyndman & Fan 1996, what numpy and R do by default): linear between the two order statistics around 1 + (n-1)p.
 * @param sorted ascending, any unit; at least one value, else NaN.
 * @param p 0..1.
 */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}

/**
 * Harrell & Davis (1982) quantile: every order statistic weighted by the beta distribution of its rank, so that neighbours share the noise.
 * Efficient in small smooth samples; one far outlier moves it near the ends (p above 1 - 1/n is mostly the maximum).
 * @param sorted ascending, any unit; at least one value, else NaN.
 * @param p strictly inside 0..1.
 */
export function harrellDavis(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const a = (n + 1) * p;
  const b = (n + 1) * (1 - p);
  let sum = 0;
  let below = 0;
  for (let i = 1; i <= n; i++) {
    const upTo = i === n ? 1 : regularisedBeta(i / n, a, b);
    sum += (upTo - below) * (sorted[i - 1] as number);
    below = upTo;
  }
  return sum;
}

/** P(K <= k), K ~ binomial(n, p). */
function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k >= n ? 1 : regularisedBeta(1 - p, n - k, k + 1);
}

/** Fewest values for which both ends of the distribution-free interval exist: 6, 36, 72, 368 for p50, p90, p95, p99 at 95 %. */
export function fewestForPercentile(p: number, level = 0.95): number {
  const tail = Math.log((1 - level) / 2);
  return Math.ceil(Math.max(tail / Math.log(p), tail / Math.log(1 - p)) * (1 - 1e-12));
}

/**
 * One-based ranks (low, high) of the order statistics that hold the p-quantile between them with at least `level`, each end missing it with at
 * most (1 - level) / 2 whatever the distribution (David & Nagaraja 2003, 7.1); null below `fewestForPercentile`. Values must be
 * independent: iterations of one run that drift or ring make it too narrow.
 */
export function orderStatisticRanks(n: number, p: number, level = 0.95): { low: number; high: number } | null {
  const tail = (1 - level) / 2;
  if (n < fewestForPercentile(p, level)) return null;
  // X(low) > q happens when fewer than `low` values are below q.
  const low = largest(n, (rank) => binomialCdf(rank - 1, n, p) <= tail);
  const high = n + 1 - largest(n, (rank) => binomialCdf(rank - 1, n, 1 - p) <= tail);
  return low >= 1 && high <= n ? { low, high } : null;
}

/** The largest rank in 1..n that passes, 0 when none does; passing ranks come first. */
function largest(n: number, passes: (rank: number) => boolean): number {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (passes(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * A percentile of one run's latencies with its distribution-free interval: Harrell-Davis below 200 values, type 7 from there on; refused with
 * the reason where the interval does not exist, because such a percentile is one observation and not an estimate. A 5 % shift of a p99
 * takes about 5000 iterations to see. Percentiles are never averaged over runs: compare them as one number per run.
 * @param values in any order and unit; not finite ones are an error of the caller (RangeError).
 * @param p strictly inside 0..1, e.g. 0.99.
 */
export function percentile(values: ArrayLike<number>, p: number, level = 0.95): Estimate {
  if (!(p > 0 && p < 1)) throw new RangeError(`percentile outside 0..1: ${p}`);
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (sorted.some((value) => !Number.isFinite(value))) throw new RangeError('not a finite number among the values');
  const method = n < SMALL_SAMPLE ? 'harrell-davis@1' : 'type-7@1';
  const ranks = orderStatisticRanks(n, p, level);
  if (ranks === null) {
    const reason = `p${Number((100 * p).toFixed(6))} needs ${fewestForPercentile(p, level)} values: ${n}`;
    return { value: null, low: null, high: null, level, n, method, reason };
  }
  return {
    value: n < SMALL_SAMPLE ? harrellDavis(sorted, p) : sortedQuantile(sorted, p),
    low: sorted[ranks.low - 1] as number,
    high: sorted[ranks.high - 1] as number,
    level,
    n,
    method,
  };
}
