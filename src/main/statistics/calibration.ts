import type { Estimate } from '../../shared/model/estimate.ts';
import { type Measured, share } from './measured.ts';
import { criticalValue } from './normal.ts';
import type { ScoreBin } from './score-bins.ts';

export { calibrateIfBetter } from './calibrator-choice.ts';
export { isotonic } from './isotonic.ts';
export { ece, equalCountBins, equalWidthBins, type ScoreBin } from './score-bins.ts';

/** Scores are clipped to [eps, 1 - eps] before the logarithm; the eps of float64 that scikit-learn uses since 1.2. */
export const LOG_LOSS_EPSILON = 2 ** -52;

/** ln of the probability given to what happened, clipped; nats, <= 0. */
export function logScore(probability: number): number {
  return Math.log(Math.min(Math.max(probability, LOG_LOSS_EPSILON), 1 - LOG_LOSS_EPSILON));
}

/** Mean of (score - label)^2, 0..1, from its sum over rows. */
export function brier({ n, sumSquaredError }: { n: number; sumSquaredError: number }): Measured {
  return share(sumSquaredError, n, 'no labelled rows');
}

/** Mean of -ln(probability given to the label), nats, >= 0; `sumLogLoss` with each row clipped as `logScore` does. */
export function logLoss({ n, sumLogLoss }: { n: number; sumLogLoss: number }): Measured {
  return share(sumLogLoss, n, 'no labelled rows');
}

/** Brier score and log loss from distinct scores with positive and negative counts. */
export function scoresFromCounts(
  score: ArrayLike<number>,
  positives: ArrayLike<number>,
  negatives: ArrayLike<number>,
): { brier: Measured; logLoss: Measured } {
  let n = 0;
  let sumSquaredError = 0;
  let sumLogLoss = 0;
  for (let i = 0; i < score.length; i++) {
    const s = score[i] as number;
    const p = positives[i] as number;
    const q = negatives[i] as number;
    n += p + q;
    sumSquaredError += p * (1 - s) * (1 - s) + q * s * s;
    if (p > 0) sumLogLoss -= p * logScore(s);
    if (q > 0) sumLogLoss -= q * logScore(1 - s);
  }
  return { brier: brier({ n, sumSquaredError }), logLoss: logLoss({ n, sumLogLoss }) };
}

export interface MurphyParts {
  /** Mean squared gap between score and outcome of a bin; 0 is perfect. */
  reliability: number;
  /** Variance of the outcome between bins; higher separates better. */
  resolution: number;
  /** Base rate times its complement. */
  uncertainty: number;
  /** reliability - resolution + uncertainty: the Brier score with every score replaced by its bin's mean. */
  binnedBrier: number;
}

/**
 * Murphy's decomposition (1973) of the binned Brier score; exact for the Brier score itself when each bin is one distinct score,
 * otherwise it differs by the within-bin variance and covariance (Stephenson et al. 2008). Null without rows.
 */
export function murphy(bins: readonly ScoreBin[]): MurphyParts | null {
  let n = 0;
  let positives = 0;
  for (const bin of bins) {
    n += bin.n;
    positives += bin.sumPositive;
  }
  if (!(n > 0)) return null;
  const base = positives / n;
  let reliability = 0;
  let resolution = 0;
  for (const bin of bins) {
    if (!(bin.n > 0)) continue;
    const rate = bin.sumPositive / bin.n;
    reliability += (bin.n / n) * (bin.sumScore / bin.n - rate) ** 2;
    resolution += (bin.n / n) * (rate - base) ** 2;
  }
  const uncertainty = base * (1 - base);
  return { reliability, resolution, uncertainty, binnedBrier: reliability - resolution + uncertainty };
}

/**
 * Logistic recalibration label ~ a + b logit(score) (Cox 1958) by Newton's method on bins, with Wald intervals.
 * Slope 1 and intercept 0 are perfect; slope below 1 is overconfidence. Mean scores are clipped to [eps, 1 - eps]; with coarse
 * bins the slope is that of the bin means. Null with a reason for one class, one score, or labels separated by the score.
 */
export function calibrationLine(bins: readonly ScoreBin[], level = 0.95): { slope: Estimate; intercept: Estimate } {
  const method = 'calibration-line-logistic@1';
  const used = bins.filter((bin) => bin.n > 0);
  const n = used.reduce((sum, bin) => sum + bin.n, 0);
  const positives = used.reduce((sum, bin) => sum + bin.sumPositive, 0);
  const missing = (reason: string) => {
    const none: Estimate = { value: null, low: null, high: null, level, n, method, reason };
    return { slope: none, intercept: none };
  };
  if (!(n > 0)) return missing('no labelled rows');
  if (!(positives > 0) || !(positives < n)) return missing('only one class among the labels');
  const x = used.map((bin) => logScore(bin.sumScore / bin.n) - logScore(1 - bin.sumScore / bin.n));
  if (Math.max(...x) - Math.min(...x) < 1e-12) return missing('only one score');
  const fit = newtonLogistic(x, used);
  if (!fit) return missing('labels are separated by the score');
  const z = criticalValue(level);
  const estimate = (value: number, variance: number): Estimate => {
    const half = z * Math.sqrt(variance);
    return { value, low: value - half, high: value + half, level, n, method };
  };
  return { slope: estimate(fit.b, fit.varianceB), intercept: estimate(fit.a, fit.varianceA) };
}

function newtonLogistic(x: readonly number[], bins: readonly ScoreBin[]) {
  let a = 0;
  let b = 0;
  const objective = (ca: number, cb: number): number => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const bin = bins[i] as ScoreBin;
      const eta = ca + cb * (x[i] as number);
      // ln(1 + e^eta) without overflow
      sum += bin.sumPositive * eta - bin.n * (Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta))));
    }
    return sum;
  };
  let best = objective(a, b);
  for (let step = 0; step < 100; step++) {
    let ga = 0;
    let gb = 0;
    let haa = 0;
    let hab = 0;
    let hbb = 0;
    for (let i = 0; i < x.length; i++) {
      const bin = bins[i] as ScoreBin;
      const xi = x[i] as number;
      const p = 1 / (1 + Math.exp(-(a + b * xi)));
      const residual = bin.sumPositive - bin.n * p;
      const weight = bin.n * p * (1 - p);
      ga += residual;
      gb += residual * xi;
      haa += weight;
      hab += weight * xi;
      hbb += weight * xi * xi;
    }
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 1e-12 * haa * hbb)) return null;
    const da = (hbb * ga - hab * gb) / determinant;
    const db = (haa * gb - hab * ga) / determinant;
    let scale = 1;
    let value = objective(a + da, b + db);
    while (value < best - 1e-12 * Math.abs(best) && scale > 1e-6) {
      scale /= 2;
      value = objective(a + scale * da, b + scale * db);
    }
    a += scale * da;
    b += scale * db;
    best = value;
    if (Math.abs(b) > 1e4) return null;
    if (Math.abs(da) <= 1e-12 * (1 + Math.abs(a)) && Math.abs(db) <= 1e-12 * (1 + Math.abs(b))) {
      return { a, b, varianceA: hbb / determinant, varianceB: haa / determinant };
    }
  }
  return null;
}
