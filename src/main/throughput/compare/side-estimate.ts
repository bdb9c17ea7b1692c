import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import { studentTQuantile } from '../../statistics/distributions.ts';
import { mean, variance } from '../../statistics/sample.ts';

const level = 0.95;
const method = 'geometric-mean-of-runs@1';

/**
 * What a typical run of a side gives: geometric mean of one number a run with Student's interval in the log. For a percentile it is the typical run's
 * percentile, not the percentile of all iterations.
 * @param values > 0, one a run; null with a reason when there is none, no interval of one.
 */
export const sideEstimate = (values: readonly number[], absent: string): Estimate => {
  if (values.length === 0) return unknownEstimate(absent, method);
  const logs = values.map(Math.log);
  const centre = mean(logs);
  const value = Math.exp(centre);
  const n = values.length;
  if (n < 2) return { value, low: null, high: null, level, n, method, reason: 'one run has no interval' };
  const arm = studentTQuantile((1 + level) / 2, n - 1) * Math.sqrt(variance(logs) / n);
  return { value, low: Math.exp(centre - arm), high: Math.exp(centre + arm), level, n, method };
};
