import { kolmogorovSurvival } from './distributions.ts';
import { type Measured, measured, unmeasured } from './measured.ts';

export { doaneEdges, histogramOnEdges, momentsFromCounts, sturgesEdges } from './histogram-edges.ts';

const total = (counts: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] as number;
  return sum;
};

function emptySide(a: ArrayLike<number>, b: ArrayLike<number>): string | null {
  if (!(total(a) > 0)) return 'no rows in the reference';
  if (!(total(b) > 0)) return 'no rows in the current window';
  return null;
}

/**
 * Wasserstein-1 distance, integral of |F_a - F_b|, in the unit of x; exact on distinct values, as scipy's wasserstein_distance.
 * @param x ascending distinct values; @param a reference counts or weights; @param b current ones. On bins with x = bin
 * representatives the error is at most the bin width.
 */
export function wasserstein(x: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): Measured {
  const fault = emptySide(a, b);
  return fault ? unmeasured(fault) : measured(wassersteinBetween(x, a, total(a), b, total(b)));
}

/** The sum behind `wasserstein`, totals given; for resampling loops. */
export function wassersteinBetween(
  x: ArrayLike<number>,
  a: ArrayLike<number>,
  totalA: number,
  b: ArrayLike<number>,
  totalB: number,
): number {
  let cumulative = 0;
  let distance = 0;
  const scaleA = 1 / totalA;
  const scaleB = 1 / totalB;
  for (let i = 0; i + 1 < x.length; i++) {
    cumulative += (a[i] as number) * scaleA - (b[i] as number) * scaleB;
    distance += Math.abs(cumulative) * ((x[i + 1] as number) - (x[i] as number));
  }
  return distance;
}

export interface KolmogorovSmirnov {
  /** Largest |F_a - F_b|, 0..1. */
  statistic: number;
  pValue: number;
  method: string;
}

/**
 * Two-sample Kolmogorov-Smirnov from counts on ascending distinct values; null with an empty side.
 * The p-value is the Kolmogorov limit at sqrt(n_a n_b / (n_a + n_b)) D: with ties it is conservative, and at 500 000 rows it
 * rejects differences nobody cares about - never alarm on it.
 */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): KolmogorovSmirnov | null {
  if (emptySide(a, b)) return null;
  const totalA = total(a);
  const totalB = total(b);
  let seenA = 0;
  let seenB = 0;
  let statistic = 0;
  for (let i = 0; i < a.length; i++) {
    seenA += a[i] as number;
    seenB += b[i] as number;
    statistic = Math.max(statistic, Math.abs(seenA / totalA - seenB / totalB));
  }
  const effective = (totalA * totalB) / (totalA + totalB);
  return {
    statistic,
    pValue: Math.min(1, kolmogorovSurvival(Math.sqrt(effective) * statistic)),
    method: 'kolmogorov-smirnov-asymptotic@1',
  };
}

/**
 * Jensen-Shannon divergence (mean of the two Kullback-Leibler divergences to the mixture) and its square root, the distance that
 * scipy's jensenshannon returns. Base 2 bounds both by 1; base e bounds the divergence by ln 2. p and q are normalised first.
 */
export function jensenShannon(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  { base = Math.E }: { base?: number } = {},
): { divergence: Measured; distance: Measured } {
  const fault = emptySide(p, q);
  if (fault) return { divergence: unmeasured(fault), distance: unmeasured(fault) };
  const totalP = total(p);
  const totalQ = total(q);
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const a = (p[i] as number) / totalP;
    const b = (q[i] as number) / totalQ;
    const middle = (a + b) / 2;
    if (a > 0) sum += a * Math.log(a / middle);
    if (b > 0) sum += b * Math.log(b / middle);
  }
  // Equal distributions can end a few ulp below 0.
  const divergence = Math.max(0, sum / 2) / Math.log(base);
  return { divergence: measured(divergence), distance: measured(Math.sqrt(divergence)) };
}

/**
 * Population stability index, sum of (q - p) ln(q / p) over shares, >= 0.
 * @param zeroFill share put in place of an empty cell, on either side; without it an empty cell facing a filled one makes the
 * index infinite, reported as null. Shares are not renormalised after filling.
 */
export function populationStability(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  { zeroFill }: { zeroFill?: number | ((shares: Float64Array) => number) } = {},
): Measured {
  const fault = emptySide(p, q);
  if (fault) return unmeasured(fault);
  const reference = filled(p, zeroFill);
  const current = filled(q, zeroFill);
  let index = 0;
  for (let i = 0; i < reference.length; i++) {
    const a = reference[i] as number;
    const b = current[i] as number;
    if (a === 0 && b === 0) continue;
    if (a === 0 || b === 0) return unmeasured('a cell is empty on one side only');
    index += (b - a) * Math.log(b / a);
  }
  return measured(index);
}

function filled(counts: ArrayLike<number>, fill: number | ((shares: Float64Array) => number) | undefined) {
  const sum = total(counts);
  const shares = Float64Array.from({ length: counts.length }, (_, i) => (counts[i] as number) / sum);
  if (fill === undefined) return shares;
  const value = typeof fill === 'number' ? fill : fill(shares);
  return shares.map((one) => (one === 0 ? value : one));
}

/** Half the sum of |p - q| over shares, 0..1: the largest difference in probability any set of classes can show. */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): Measured {
  const fault = emptySide(p, q);
  return fault ? unmeasured(fault) : measured(totalVariationBetween(p, total(p), q, total(q)));
}

/** The sum behind `totalVariation`, totals given; for resampling loops. */
export function totalVariationBetween(
  p: ArrayLike<number>,
  totalP: number,
  q: ArrayLike<number>,
  totalQ: number,
): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += Math.abs((p[i] as number) / totalP - (q[i] as number) / totalQ);
  return sum / 2;
}

/** Largest |p - q| over shares, 0..1. */
export function largestShareDifference(p: ArrayLike<number>, q: ArrayLike<number>): Measured {
  const fault = emptySide(p, q);
  if (fault) return unmeasured(fault);
  const totalP = total(p);
  const totalQ = total(q);
  let largest = 0;
  for (let i = 0; i < p.length; i++) {
    largest = Math.max(largest, Math.abs((p[i] as number) / totalP - (q[i] as number) / totalQ));
  }
  return measured(largest);
}
