import { studentTQuantile } from './distributions.ts';
import { normalCdf } from './normal.ts';
import { sortedQuantile } from './percentile.ts';
import type { Random } from './random.ts';
import { variance } from './sample.ts';

/** Sum over days of vectors of sufficient statistics. */
export function sumOf(days: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(days[0]?.length ?? 0);
  for (const day of days) addTo(sum, day);
  return sum;
}

/** Sum of as many days as there are, drawn with replacement, into `sum`. */
export function drawSum(days: readonly Float64Array[], sum: Float64Array, random: Random): void {
  sum.fill(0);
  const draw = (): Float64Array => days[random.integer(days.length)] as Float64Array;
  for (let d = 1; d < days.length; d += 2) addTwo(sum, draw(), draw());
  if (days.length % 2 === 1) addTo(sum, draw());
}

/** Two vectors in one pass over `sum`, in order: this loop is most of a bootstrap. */
function addTwo(sum: Float64Array, first: Float64Array, second: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (first[i] as number) + (second[i] as number);
}

function addTo(sum: Float64Array, day: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (day[i] as number);
}

/** Resampling D days is under-dispersed by (D-1)/D: deviations are multiplied by this. */
export const stretchOf = (days: number): number => Math.sqrt(days / (days - 1));

/** Welch-Satterthwaite degrees of freedom of a difference from the two replicate variances. */
export function welchDegrees(v1: number, days1: number, v0: number, days0: number): number {
  const pooled = v1 + v0;
  if (!(pooled > 0)) return Math.min(days1, days0) - 1;
  return (pooled * pooled) / ((v1 * v1) / (days1 - 1) + (v0 * v0) / (days0 - 1));
}

/** Percentile limits with the tail areas of Student's t (Hesterberg 2015), and the standard error of the draws. */
export function expandedPercentiles(draws: Float64Array, degrees: number, level: number) {
  const tail = normalCdf(studentTQuantile((1 - level) / 2, degrees));
  const sorted = draws.slice().sort();
  return {
    low: sortedQuantile(sorted, tail),
    high: sortedQuantile(sorted, 1 - tail),
    standardError: Math.sqrt(variance(draws)),
  };
}
