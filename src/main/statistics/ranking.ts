import type { Estimate } from '../../shared/model/estimate.ts';
import { moverDifference } from './difference.ts';
import { type Measured, share } from './measured.ts';
import { criticalValue } from './normal.ts';
import { wilson } from './proportion.ts';

/**
 * Placement sums of DeLong, DeLong & Clarke-Pearson (1988). V10 of a positive = share of negatives scored below it, ties half;
 * V01 of a negative = share of positives scored above it, ties half. Both in 0..1; the sums run over rows.
 */
export interface AucSums {
  positives: number;
  negatives: number;
  sumV10: number;
  sumV10Squared: number;
  sumV01Squared: number;
}

export interface AucEstimate extends Estimate {
  /** DeLong variance of `value`; null below two rows of either class. */
  variance: number | null;
}

/**
 * Area under the ROC curve, ties at half, with DeLong's variance and its interval on the logit scale (Pepe 2003; best coverage
 * of the non-parametric ones near 1 in Qin & Hotilovac 2008). At exactly 0 or 1 the variance vanishes and the limits are
 * Wilson's for the smaller class. Measured coverage at 95 %: 93-96 % for 10 to 100 positives, AUC 0.76 to 0.98. Too narrow when rows of a day are correlated: use the day-block bootstrap then.
 */
export function aucFromSums(sums: AucSums, level = 0.95): AucEstimate {
  const { positives, negatives } = sums;
  const method = 'roc-auc-delong-logit@1';
  const n = positives + negatives;
  const without = (value: number | null, reason: string): AucEstimate => ({
    value,
    low: null,
    high: null,
    level,
    n,
    method,
    reason,
    variance: null,
  });
  if (!(positives > 0)) return without(null, 'no positive labels');
  if (!(negatives > 0)) return without(null, 'no negative labels');
  const value = sums.sumV10 / positives;
  if (positives < 2 || negatives < 2) return without(value, 'no interval with fewer than two rows of a class');
  const ofPositives = Math.max(0, sums.sumV10Squared - positives * value * value) / (positives - 1);
  const ofNegatives = Math.max(0, sums.sumV01Squared - negatives * value * value) / (negatives - 1);
  const variance = ofPositives / positives + ofNegatives / negatives;
  const rest = { value, level, n, method, variance };
  if (value <= 0 || value >= 1) {
    const smaller = Math.min(positives, negatives);
    const { low, high } = wilson(value <= 0 ? 0 : smaller, smaller, level);
    return { ...rest, low, high };
  }
  const logit = Math.log(value / (1 - value));
  const half = (criticalValue(level) * Math.sqrt(variance)) / (value * (1 - value));
  return { ...rest, low: 1 / (1 + Math.exp(half - logit)), high: 1 / (1 + Math.exp(-half - logit)) };
}

/** AUC of `current` minus AUC of `reference`, independent samples, square-and-add of their logit intervals (Zou & Donner 2008). */
export function aucDifference(current: Estimate, reference: Estimate): Estimate {
  return moverDifference(current, reference, 'roc-auc-difference-mover@1');
}

export interface Ranking {
  auc: AucEstimate;
  sums: AucSums;
  averagePrecision: Measured;
}

/**
 * ROC AUC and average precision from distinct scores (any order; equal ones are merged) with positive and negative counts,
 * which may be weights. Average precision is the step sum of (R_k - R_k-1) P_k, as scikit-learn's, no interpolation.
 */
export function rankingFromCounts(
  score: ArrayLike<number>,
  positives: ArrayLike<number>,
  negatives: ArrayLike<number>,
  level = 0.95,
): Ranking {
  const order = descending(score);
  let totalPositives = 0;
  let totalNegatives = 0;
  for (let i = 0; i < score.length; i++) {
    totalPositives += positives[i] as number;
    totalNegatives += negatives[i] as number;
  }
  const sums: AucSums = {
    positives: totalPositives,
    negatives: totalNegatives,
    sumV10: 0,
    sumV10Squared: 0,
    sumV01Squared: 0,
  };
  let seenPositives = 0;
  let seenNegatives = 0;
  let precisionSum = 0;
  for (let i = 0; i < order.length; ) {
    let p = 0;
    let n = 0;
    const value = score[order[i] as number] as number;
    for (; i < order.length && score[order[i] as number] === value; i++) {
      p += positives[order[i] as number] as number;
      n += negatives[order[i] as number] as number;
    }
    const v10 = totalNegatives > 0 ? (totalNegatives - seenNegatives - n + n / 2) / totalNegatives : 0;
    const v01 = totalPositives > 0 ? (seenPositives + p / 2) / totalPositives : 0;
    sums.sumV10 += p * v10;
    sums.sumV10Squared += p * v10 * v10;
    sums.sumV01Squared += n * v01 * v01;
    seenPositives += p;
    seenNegatives += n;
    if (p > 0) precisionSum += (p * seenPositives) / (seenPositives + seenNegatives);
  }
  return {
    auc: aucFromSums(sums, level),
    sums,
    averagePrecision: share(precisionSum, totalPositives, 'no positive labels'),
  };
}

function descending(score: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(score.length);
  let rising = true;
  let falling = true;
  for (let i = 0; i < score.length; i++) {
    order[i] = i;
    if (i > 0 && !((score[i] as number) >= (score[i - 1] as number))) rising = false;
    if (i > 0 && !((score[i] as number) <= (score[i - 1] as number))) falling = false;
  }
  if (falling) return order;
  if (rising) return order.reverse();
  return order.sort((i, j) => (score[j] as number) - (score[i] as number));
}
