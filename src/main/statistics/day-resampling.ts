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

/** Adds as many days as there are, drawn with replacement, to `sum`. */
function drawSum(days: readonly Float64Array[], sum: Float64Array, random: Random): void {
  const draw = (): Float64Array => days[random.integer(days.length)] as Float64Array;
  for (let d = 1; d < days.length; d += 2) addTwo(sum, draw(), draw());
  if (days.length % 2 === 1) addTo(sum, draw());
}

/** Sums of resampled days. */
export interface DayDraws {
  replicates: number;
  /** The same sums for everybody who asks for the same list of days: several statistics of it cost the drawing once. */
  of(days: readonly Float64Array[]): readonly Float64Array[];
}

/** Costs replicates x days x length of a vector for each list of days, and replicates x length numbers while that list is held. */
export function dayDraws(random: Random, replicates: number): DayDraws {
  const known = new WeakMap<readonly Float64Array[], readonly Float64Array[]>();
  return {
    replicates,
    of(days) {
      let sums = known.get(days);
      if (!sums) {
        sums = drawSums(days, replicates, random);
        known.set(days, sums);
      }
      return sums;
    },
  };
}

function drawSums(days: readonly Float64Array[], replicates: number, random: Random): Float64Array[] {
  const length = days[0]?.length ?? 0;
  const all = new Float64Array(replicates * length);
  return Array.from({ length: replicates }, (_, r) => {
    const sum = all.subarray(r * length, (r + 1) * length);
    drawSum(days, sum, random);
    return sum;
  });
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
