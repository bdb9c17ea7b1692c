import type { Estimate } from '../../shared/model/estimate.ts';
import { betaQuantile } from './beta.ts';
import { criticalValue, normalCdf } from './normal.ts';

/** Distances from the share to its Wilson limits, written without the cancellation of `centre - half - p`. */
function wilsonMargins(p: number, n: number, z: number): { below: number; above: number } {
  const square = (z * z) / n;
  const shift = (square * (0.5 - p)) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n));
  return {
    below: Math.min(Math.max(half - shift, 0), p),
    above: Math.min(Math.max(half + shift, 0), 1 - p),
  };
}

function badCounts(k: number, n: number): string | null {
  if (!(n > 0)) return 'no rows';
  if (!(k >= 0 && k <= n * (1 + 1e-12))) return `successes outside 0..n: ${k}`;
  return null;
}

function missing(reason: string, method: string, n: number, level: number): Estimate {
  return { value: null, low: null, high: null, level, n: n > 0 ? n : 0, method, reason };
}

/**
 * Share k/n with the Wilson score interval (Wilson 1927), no continuity correction.
 * @param k successes, 0..n; @param n rows > 0; both may be fractional (effective counts). n = 0 gives null with a reason.
 */
export function wilson(k: number, n: number, level: number): Estimate {
  const method = 'wilson@1';
  const fault = badCounts(k, n);
  if (fault) return missing(fault, method, n, level);
  const p = Math.min(k / n, 1);
  const { below, above } = wilsonMargins(p, n, criticalValue(level));
  return { value: p, low: Math.max(0, p - below), high: Math.min(1, p + above), level, n, method };
}

/** Share k/n with the Clopper-Pearson interval (1934) from beta quantiles: never below the nominal level, wider than needed. */
export function clopperPearson(k: number, n: number, level: number): Estimate {
  const method = 'clopper-pearson@1';
  const fault = badCounts(k, n);
  if (fault) return missing(fault, method, n, level);
  const tail = (1 - level) / 2;
  const failures = Math.max(0, n - k);
  const low = k <= 0 ? 0 : betaQuantile(tail, k, failures + 1);
  const high = failures <= 0 ? 1 : 1 - betaQuantile(tail, failures, k + 1);
  return { value: Math.min(k / n, 1), low, high, level, n, method };
}

/**
 * Difference k1/n1 - k0/n0 with Newcombe's hybrid score interval (1998, method 10, no continuity correction).
 * Counts may be fractional; `n` of the result is the smaller side, which is what limits the width.
 */
export function newcombe(k1: number, n1: number, k0: number, n0: number, level: number): Estimate {
  const method = 'newcombe@1';
  const fault = badCounts(k1, n1) ?? badCounts(k0, n0);
  if (fault) return missing(fault, method, Math.min(n1, n0), level);
  const p1 = Math.min(k1 / n1, 1);
  const p0 = Math.min(k0 / n0, 1);
  const z = criticalValue(level);
  const { low, high } = newcombeLimits(p1, n1, p0, n0, z);
  return { value: p1 - p0, low, high, level, n: Math.min(n1, n0), method };
}

function newcombeLimits(p1: number, n1: number, p0: number, n0: number, z: number): { low: number; high: number } {
  const current = wilsonMargins(p1, n1, z);
  const reference = wilsonMargins(p0, n0, z);
  const d = p1 - p0;
  return {
    low: d - Math.hypot(current.below, reference.above),
    high: d + Math.hypot(current.above, reference.below),
  };
}

/**
 * The z at which Newcombe's limit meets -margin: positive when the difference lies below -margin, negative above, 0 on it.
 * Infinite where even the widest interval does not reach it.
 */
function newcombeScore(p1: number, n1: number, p0: number, n0: number, margin: number): number {
  if (!(n1 > 0) || !(n0 > 0)) return Number.NEGATIVE_INFINITY;
  const gap = p1 - p0 + margin;
  if (gap === 0) return 0;
  const target = Math.abs(gap);
  // By symmetry the lower limit of (p1, p0) is minus the upper limit of (p0, p1): one monotone width serves both sides.
  const width = (z: number): number => {
    const current = wilsonMargins(p1, n1, z);
    const reference = wilsonMargins(p0, n0, z);
    return gap < 0 ? Math.hypot(current.above, reference.below) : Math.hypot(current.below, reference.above);
  };
  return -Math.sign(gap) * widthRoot(width, target);
}

/** z > 0 with width(z) = target for an increasing, concave-ish width; Illinois false position on z, bracket grown by doubling. */
function widthRoot(width: (z: number) => number, target: number): number {
  let low = 0;
  let lowValue = -target;
  let high = target / width(1);
  if (!(high > 0) || !Number.isFinite(high)) high = 1;
  let highValue = width(high) - target;
  while (highValue < 0) {
    low = high;
    lowValue = highValue;
    high *= 2;
    if (high > 1e9) return Number.POSITIVE_INFINITY;
    highValue = width(high) - target;
  }
  let side = 0;
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    let z = (low * highValue - high * lowValue) / (highValue - lowValue);
    if (!(z > low && z < high)) z = (low + high) / 2;
    const value = width(z) - target;
    if (value === 0) return z;
    if (value > 0) {
      high = z;
      highValue = value;
      if (side === 1) lowValue /= 2;
      side = 1;
    } else {
      low = z;
      lowValue = value;
      if (side === -1) highValue /= 2;
      side = -1;
    }
    if (Math.abs(value) < 1e-16 * target) return z;
  }
  return (low + high) / 2;
}

/**
 * One-sided p-value of H0: p1 - p0 >= -margin, by inverting Newcombe's interval: 1 - Phi(z) at the z whose limit is -margin.
 * Above 0.5 when the difference is above -margin; 1 when a side is empty; accurate down to 1e-300, 0 below that. Agrees with the
 * verdict of the interval, but ignores skewness: at p0 = 0.94, n1 = 100, p < 0.001 happens 2.9 times too often. Rank and correct for
 * multiplicity with `shareDropTail`.
 * @param p1 current share, p0 reference share, both 0..1; @param margin tolerated drop, >= 0, same unit.
 */
export function newcombeTailProbability(p1: number, n1: number, p0: number, n0: number, margin: number): number {
  return normalCdf(-newcombeScore(p1, n1, p0, n0, margin));
}

/**
 * One-sided p-value of H0: m1 - m0 >= -margin for two independent means with standard errors (normal approximation).
 * For a loss such as MAE, where a rise is harm, pass both means negated. Zero standard errors decide with certainty.
 */
export function meanDifferenceTail(m1: number, se1: number, m0: number, se0: number, margin: number): number {
  const gap = m1 - m0 + margin;
  const error = Math.hypot(se1, se0);
  if (!(error > 0)) return gap < 0 ? 0 : 1;
  return normalCdf(gap / error);
}

/** Difference of two independent means with a normal interval; `n` is the smaller side. */
export function meanDifference(
  m1: number,
  se1: number,
  n1: number,
  m0: number,
  se0: number,
  n0: number,
  level: number,
): Estimate {
  const method = 'mean-difference@1';
  const n = Math.min(n1, n0);
  if (!(n > 0)) return missing('no rows', method, n, level);
  const value = m1 - m0;
  const half = criticalValue(level) * Math.hypot(se1, se0);
  if (!Number.isFinite(value) || !Number.isFinite(half)) return missing('mean not finite', method, n, level);
  return { value, low: value - half, high: value + half, level, n, method };
}
