import type { Estimate } from '../../shared/model/estimate.ts';
import { welchDegrees } from './day-resampling.ts';
import { studentTCdf, studentTQuantile } from './distributions.ts';
import { sortedQuantile } from './percentile.ts';
import type { Random } from './random.ts';
import { mean, variance } from './sample.ts';

/** Fewest runs a side that are resampled, and without which a verdict is provisional. */
const FEWEST_RUNS = 5;

/** candidate - baseline of the mean ln of a run's number, and what is known about its error. */
export interface LogChange {
  /** Runs of either side. */
  baseline: number;
  candidate: number;
  /** Difference of mean logs: exp(value) is the ratio. */
  value: number;
  standardError: number;
  /** Welch-Satterthwaite. */
  degrees: number;
  /** Pooled standard deviation of ln between runs of a side; 0.015 is 1.5 %. */
  spread: number;
  /** The wider of both at either end; Welch's alone where `provisional`. */
  low: number;
  high: number;
  level: number;
  /** Fewer than 5 runs on a side, or too little spread between them to resample. */
  provisional: boolean;
  method: 'welch-log@1' | 'wider-of-welch-and-bootstrap-t@1';
}

export interface ComparisonSettings {
  random: Random;
  /** Confidence of the interval, 0.95 by default. */
  level?: number;
  /** Bootstrap draws, at least 2000 for a verdict. */
  replicates?: number;
}

/**
 * How much a positive number of a run (time per item, rate) changed between two sets of runs: difference of mean logs with the wider, at each end, of
 * Welch's t (1947) and bootstrap-t over runs (Efron & Tibshirani 1993, 12.5). The run is the replicate, not the iteration. Runs are taken as independent:
 * AAAA..BBBB under a thermal slide is not, interleave. Measured error rates: docs/methods.md.
 * @param baseline one number a run, > 0 (RangeError otherwise), any unit, the same on both sides.
 * @returns null when a side has fewer than two runs: nothing is known about the spread between runs.
 */
export function compareRuns(
  baseline: ArrayLike<number>,
  candidate: ArrayLike<number>,
  settings: ComparisonSettings,
): LogChange | null {
  const { random, level = 0.95, replicates = 2000 } = settings;
  const before = logs(baseline);
  const now = logs(candidate);
  if (before.length < 2 || now.length < 2) return null;
  const v0 = variance(before) / before.length;
  const v1 = variance(now) / now.length;
  const value = mean(now) - mean(before);
  const standardError = Math.sqrt(v0 + v1);
  const degrees = welchDegrees(v1, now.length, v0, before.length);
  const arm = studentTQuantile((1 + level) / 2, degrees) * standardError;
  const pooled = (before.length - 1) * variance(before) + (now.length - 1) * variance(now);
  const few = Math.min(before.length, now.length) < FEWEST_RUNS;
  const change: LogChange = {
    baseline: before.length,
    candidate: now.length,
    value,
    standardError,
    degrees,
    spread: Math.sqrt(pooled / (before.length + now.length - 2)),
    low: value - arm,
    high: value + arm,
    level,
    provisional: few || standardError === 0,
    method: 'welch-log@1',
  };
  if (few || standardError === 0) return change;
  const tails = studentisedTails(before, now, value, replicates, random, level);
  if (tails === null) return { ...change, provisional: true };
  return {
    ...change,
    low: Math.min(change.low, value - tails.high * standardError),
    high: Math.max(change.high, value - tails.low * standardError),
    method: 'wider-of-welch-and-bootstrap-t@1',
  };
}

function logs(runs: ArrayLike<number>): Float64Array {
  return Float64Array.from(runs, (value) => {
    if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`not a positive number of a run: ${value}`);
    return Math.log(value);
  });
}

/**
 * Tail quantiles of (difference* - difference) / standard error* over resampled runs of both sides. Draws without spread are left out; null when
 * they are more than one in fifty, because most runs of a side are the same number and resampling says nothing about its error.
 */
function studentisedTails(
  before: Float64Array,
  now: Float64Array,
  value: number,
  replicates: number,
  random: Random,
  level: number,
): { low: number; high: number } | null {
  const draws = new Float64Array(replicates);
  let kept = 0;
  for (let r = 0; r < replicates; r++) {
    const zero = resampled(before, random);
    const one = resampled(now, random);
    const difference = one.mean - zero.mean - value;
    const error = Math.sqrt(zero.meanVariance + one.meanVariance);
    if (error > 0) draws[kept++] = difference / error;
  }
  if (kept < replicates * 0.98) return null;
  const sorted = draws.subarray(0, kept).sort();
  return { low: sortedQuantile(sorted, (1 - level) / 2), high: sortedQuantile(sorted, (1 + level) / 2) };
}

function resampled(runs: Float64Array, random: Random): { mean: number; meanVariance: number } {
  const n = runs.length;
  // Shifted by one run, so that the sum of squares does not cancel.
  const origin = runs[0] as number;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const value = (runs[random.integer(n)] as number) - origin;
    sum += value;
    squares += value * value;
  }
  const centred = Math.max(0, squares - (sum * sum) / n);
  return { mean: origin + sum / n, meanVariance: centred > 1e-14 * squares ? centred / (n * (n - 1)) : 0 };
}

/** The change as a ratio candidate / baseline, 1 where nothing changed. */
export function ratioOf(change: LogChange): Estimate {
  return {
    value: Math.exp(change.value),
    low: Math.exp(change.low),
    high: Math.exp(change.high),
    level: change.level,
    n: Math.min(change.baseline, change.candidate),
    method: change.method,
  };
}

/**
 * One-sided p-value of H0 "the change does not go beyond `margin` upwards" (`up`) or downwards, by Welch's t: for ranking and for Holm's correction.
 * @param margin in the log, >= 0.
 */
export function tailBeyond(change: LogChange, margin: number, side: 'up' | 'down'): number {
  const beyond = (side === 'up' ? change.value : -change.value) - margin;
  if (change.standardError === 0) return beyond > 0 ? 0 : 1;
  return studentTCdf(-beyond / change.standardError, change.degrees);
}
