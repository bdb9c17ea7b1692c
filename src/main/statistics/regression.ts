import { type Measured, share, unmeasured } from './measured.ts';

/** Sums over rows; error = predicted - label, in the label's unit. */
export interface ErrorSums {
  n: number;
  sumAbs: number;
  sumSquared: number;
  sumError: number;
  sumLabel: number;
  sumLabelSquared: number;
  /** Sum of the pinball loss at the quantile the caller chose. */
  sumPinball?: number;
}

/** Mean absolute error, label unit, >= 0. */
export const mae = (sums: ErrorSums): Measured => share(sums.sumAbs, sums.n, 'no labelled rows');

/** Root mean squared error, label unit, >= 0. */
export function rmse(sums: ErrorSums): Measured {
  const mean = share(sums.sumSquared, sums.n, 'no labelled rows');
  return mean.value === null ? mean : { value: Math.sqrt(Math.max(0, mean.value)) };
}

/** Mean of predicted - label: positive when the model predicts too much. */
export const bias = (sums: ErrorSums): Measured => share(sums.sumError, sums.n, 'no labelled rows');

/** Mean pinball loss at the caller's quantile: max(q (y - f), (q - 1) (y - f)), as scikit-learn's mean_pinball_loss. */
export function pinball(sums: ErrorSums): Measured {
  if (sums.sumPinball === undefined) return unmeasured('no quantile was chosen');
  return share(sums.sumPinball, sums.n, 'no labelled rows');
}

/**
 * 1 - residual sum of squares / total sum of squares, at most 1, negative when worse than the mean.
 * Null below two rows or for constant labels, where scikit-learn returns 1 or 0. Loses about log10(mean^2 / variance) digits
 * of 16 through the sum of squares: pass labels centred on a constant of the whole dataset when that ratio exceeds 1e6.
 */
export function r2(sums: ErrorSums): Measured {
  const { n, sumSquared, sumLabel, sumLabelSquared } = sums;
  if (n < 2) return unmeasured('fewer than two labelled rows');
  const total = sumLabelSquared - (sumLabel * sumLabel) / n;
  if (!(total > 1e-14 * sumLabelSquared)) return unmeasured('labels are constant');
  return { value: 1 - sumSquared / total };
}
