import type { Estimate } from '../../shared/model/estimate.ts';
import { welchDegrees } from './day-resampling.ts';
import { studentTQuantile } from './distributions.ts';
import { mean, variance } from './sample.ts';

/**
 * Ratio of the arithmetic means of two independent samples, numerator / denominator, with Fieller's (1954) interval; spreads may differ (degrees of freedom by
 * Welch-Satterthwaite at the estimate). For totals per run, where the mean itself is what is sold; ln-based comparison needs no such care.
 * Null with the reason when a side has fewer than two values, or when the denominator is not told from 0: the interval is then unbounded.
 * @param numerator any unit; the ratio's unit is numerator / denominator.
 */
export function fiellerRatio(numerator: ArrayLike<number>, denominator: ArrayLike<number>, level = 0.95): Estimate {
  const n = Math.min(numerator.length, denominator.length);
  const method = 'fieller@1';
  const without = (value: number | null, reason: string): Estimate => ({
    value,
    low: null,
    high: null,
    level,
    n,
    method,
    reason,
  });
  if (n < 2) return without(null, `fewer than 2 values: ${n}`);
  const above = mean(numerator);
  const below = mean(denominator);
  if (below === 0) return without(null, 'denominator is 0');
  const ratio = above / below;
  const v1 = variance(numerator) / numerator.length;
  const v0 = variance(denominator) / denominator.length;
  const degrees = welchDegrees(v1, numerator.length, ratio * ratio * v0, denominator.length);
  const t = studentTQuantile((1 + level) / 2, degrees);
  const g = (t * t * v0) / (below * below);
  if (g >= 1) return without(ratio, 'denominator is not told from 0');
  const arm = (t / Math.abs(below)) * Math.sqrt((1 - g) * v1 + ratio * ratio * v0);
  return { value: ratio, low: (ratio - arm) / (1 - g), high: (ratio + arm) / (1 - g), level, n, method };
}
