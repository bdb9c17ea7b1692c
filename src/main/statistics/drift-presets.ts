import {
  doaneEdges,
  histogramOnEdges,
  jensenShannon,
  kolmogorovSmirnov,
  largestShareDifference,
  momentsFromCounts,
  populationStability,
  sturgesEdges,
  wasserstein,
} from './distance.ts';
import { chiSquareSurvival, normalSurvival } from './distributions.ts';
import { kolmogorovExact } from './kolmogorov.ts';
import { type Measured, measured, unmeasured } from './measured.ts';

/** Ascending distinct values (or categories in any fixed order) with their counts in both windows. */
export interface ValueCounts {
  /** Null for categories. */
  x: ArrayLike<number> | null;
  reference: ArrayLike<number>;
  current: ArrayLike<number>;
  /** Column stored as integers; changes numpy's bins. */
  integer?: boolean;
}

export interface PresetScore {
  method: 'ks' | 'chisquare' | 'z' | 'wasserstein' | 'jensenshannon' | 'l_infinity';
  score: Measured;
  limit: number;
  /** By the tool's own comparison: p-values below, distances above the limit. */
  drifted: boolean | null;
}

const sum = (counts: ArrayLike<number>): number => {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  return total;
};

const present = (counts: ArrayLike<number>): number[] => {
  const indices: number[] = [];
  for (let i = 0; i < counts.length; i++) if ((counts[i] as number) > 0) indices.push(i);
  return indices;
};

/** Bins of Evidently 0.7: Sturges over the joint range when numeric with more than 20 distinct reference values, else the values themselves. */
function evidentlyBins({ x, reference, current, integer }: ValueCounts): {
  p: ArrayLike<number>;
  q: ArrayLike<number>;
} {
  if (x === null || present(reference).length <= 20) return { p: reference, q: current };
  const both = Float64Array.from(reference, (count, i) => count + (current[i] as number));
  const used = present(both);
  const edges = sturgesEdges({
    n: sum(both),
    min: x[used[0] as number] as number,
    max: x[used[used.length - 1] as number] as number,
    integer,
  });
  return { p: histogramOnEdges(x, reference, edges), q: histogramOnEdges(x, current, edges) };
}

/** PSI of Evidently 0.7: empty cells get 1e-4, or a millionth of the smallest share when that is 1e-4 or less; drift at >= 0.1. */
export function evidentlyPsi(counts: ValueCounts): Measured {
  const { p, q } = evidentlyBins(counts);
  const zeroFill = (shares: Float64Array): number => {
    const smallest = shares.reduce((least, one) => (one > 0 && one < least ? one : least), 1);
    return smallest <= 0.0001 ? smallest / 1e6 : 0.0001;
  };
  return populationStability(p, q, { zeroFill });
}

/** Jensen-Shannon distance of Evidently 0.7: natural logarithm, empty cells left empty; drift at >= 0.1. */
export function evidentlyJensenShannon(counts: ValueCounts): Measured {
  const { p, q } = evidentlyBins(counts);
  return jensenShannon(p, q).distance;
}

/** Wasserstein-1 over max(population sd of the reference, 0.001), Evidently 0.7; drift at >= 0.1. */
export function evidentlyWasserstein({ x, reference, current }: ValueCounts): Measured {
  if (x === null) return unmeasured('categories have no distance');
  const distance = wasserstein(x, reference, current);
  const moments = momentsFromCounts(x, reference);
  if (distance.value === null || !moments) return distance;
  return measured(distance.value / Math.max(moments.deviation, 0.001));
}

/**
 * Evidently 0.7's default test of a column. Up to 1000 reference rows: KS (exact p up to 10 000 rows), chi-square as goodness of fit to the
 * reference shares (reference noise ignored, its quirk), or z for two values, drift at p < 0.05; above: normalised Wasserstein or
 * Jensen-Shannon, drift at >= 0.1. Numeric columns with up to 5 values count as categories.
 */
export function evidentlyDefault(counts: ValueCounts): PresetScore {
  const { x, reference, current } = counts;
  const rows = sum(reference);
  const values = present(Float64Array.from(reference, (count, i) => count + (current[i] as number))).length;
  const categorical = x === null || values <= 5;
  if (rows > 1000) {
    const method = categorical ? 'jensenshannon' : 'wasserstein';
    const score = categorical ? evidentlyJensenShannon(counts) : evidentlyWasserstein(counts);
    return { method, score, limit: 0.1, drifted: score.value === null ? null : score.value >= 0.1 };
  }
  if (categorical) {
    const method = values > 2 ? 'chisquare' : 'z';
    const score = values > 2 ? goodnessOfFit(reference, current) : twoShares(reference, current);
    return { method, score, limit: 0.05, drifted: score.value === null ? null : score.value < 0.05 };
  }
  const test = kolmogorovSmirnov(reference, current);
  if (!test) return { method: 'ks', score: unmeasured('a window has no rows'), limit: 0.05, drifted: null };
  const small = rows <= 10000 && sum(current) <= 10000;
  const p = small ? kolmogorovExact(test.statistic, rows, sum(current)) : test.pValue;
  return { method: 'ks', score: measured(p), limit: 0.05, drifted: p <= 0.05 };
}

function goodnessOfFit(reference: ArrayLike<number>, current: ArrayLike<number>): Measured {
  const scale = sum(current) / sum(reference);
  let statistic = 0;
  let cells = 0;
  for (let i = 0; i < reference.length; i++) {
    const expected = (reference[i] as number) * scale;
    const observed = current[i] as number;
    if (expected === 0 && observed === 0) continue;
    cells += 1;
    // A category new in the current window makes the statistic infinite and p 0, as there.
    statistic += expected > 0 ? (observed - expected) ** 2 / expected : Number.POSITIVE_INFINITY;
  }
  return measured(statistic === Number.POSITIVE_INFINITY ? 0 : chiSquareSurvival(statistic, cells - 1));
}

function twoShares(reference: ArrayLike<number>, current: ArrayLike<number>): Measured {
  const n0 = sum(reference);
  const n1 = sum(current);
  if (!(n0 > 0) || !(n1 > 0)) return unmeasured('a window has no rows');
  const used = present(Float64Array.from(reference, (count, i) => count + (current[i] as number)));
  if (used.length < 2) return { value: 1 };
  const first = used[0] as number;
  const k0 = n0 - (reference[first] as number);
  const k1 = n1 - (current[first] as number);
  const pooled = (k0 + k1) / (n0 + n1);
  const z = (k0 / n0 - k1 / n1) / Math.sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1));
  return measured(2 * normalSurvival(Math.abs(z)));
}

/**
 * Jensen-Shannon distance of NannyML 0.13: base 2; Doane bins of the reference when it has more than 50 distinct values or more than one
 * per ten rows, else its values; current mass outside goes to one extra cell.
 */
export function nannymlJensenShannon({ x, reference, current, integer }: ValueCounts): Measured {
  const rows = sum(reference);
  if (!(rows > 0) || !(sum(current) > 0)) return unmeasured('a window has no rows');
  const used = present(reference);
  const continuous = x !== null && (used.length > 50 || used.length / rows > 0.1);
  let p: number[];
  let q: number[];
  if (continuous) {
    const shape = {
      n: rows,
      min: x[used[0] as number] as number,
      max: x[used[used.length - 1] as number] as number,
      integer,
    };
    const edges = doaneEdges(shape, momentsFromCounts(x, reference)?.skewness ?? null);
    p = Array.from(histogramOnEdges(x, reference, edges));
    q = Array.from(histogramOnEdges(x, current, edges));
  } else {
    p = used.map((i) => reference[i] as number);
    q = used.map((i) => current[i] as number);
  }
  const outside = sum(current) - sum(q);
  return jensenShannon([...p, 0], [...q, outside], { base: 2 }).distance;
}

/** NannyML 0.13's limits of a metric over reference chunks: mean +- 3 population sd (ddof 0), cut to the metric's range. */
export function nannymlLimits(
  chunks: readonly number[],
  range: { low?: number; high?: number } = {},
): { low: number; high: number } | null {
  if (chunks.length === 0) return null;
  const mean = chunks.reduce((total, value) => total + value, 0) / chunks.length;
  const deviation = Math.sqrt(chunks.reduce((total, value) => total + (value - mean) ** 2, 0) / chunks.length);
  return {
    low: Math.max(mean - 3 * deviation, range.low ?? Number.NEGATIVE_INFINITY),
    high: Math.min(mean + 3 * deviation, range.high ?? Number.POSITIVE_INFINITY),
  };
}

/** TensorFlow Data Validation's skew and drift of categories: L-infinity distance of shares; the limit is the user's. */
export function tfdvCategorical({ reference, current }: ValueCounts, limit: number): PresetScore {
  const score = largestShareDifference(reference, current);
  return { method: 'l_infinity', score, limit, drifted: score.value === null ? null : score.value > limit };
}

/** TensorFlow Data Validation's Jensen-Shannon divergence (not distance), base 2, on histograms already aligned. */
export function tfdvNumeric({ reference, current }: ValueCounts, limit: number): PresetScore {
  const score = jensenShannon(reference, current, { base: 2 }).divergence;
  return { method: 'jensenshannon', score, limit, drifted: score.value === null ? null : score.value > limit };
}
