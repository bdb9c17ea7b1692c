import type { Estimate } from '../../../shared/model/estimate.ts';
import type { AccuracySeries } from '../../../shared/model/series.ts';
import type { MetricDefinition } from '../metrics/definition.ts';

export type Limits = AccuracySeries['limits'][string];

const FEWEST_CHUNKS = 3;

/** Mean +- 3 population standard deviations (ddof 0) of the reference chunks, cut at the metric's range. */
export function limitsOf(metric: MetricDefinition, reference: readonly Estimate[]): Limits {
  const values = reference.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length < FEWEST_CHUNKS) {
    return {
      low: null,
      high: null,
      method: `no limits: ${values.length} reference chunks with mature labels, at least ${FEWEST_CHUNKS} are needed`,
    };
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const [least, most] = metric.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return {
    low: Math.max(least, mean - 3 * deviation),
    high: Math.min(most, mean + 3 * deviation),
    method: `mean ± 3 sd (ddof 0) of ${values.length} reference chunks@1`,
  };
}

/** How a chunk's metric stands to its limits. */
export type Standing = 'inside' | 'doubtful' | 'beyond' | 'unknown';

/**
 * `beyond`: the whole interval lies past the limit on the harmful side (the value, where there is no interval);
 * `doubtful`: the value does, its interval reaches back; an improvement is `inside`.
 */
export function standing(metric: MetricDefinition, estimate: Estimate | undefined, limits: Limits): Standing {
  const { low, high } = limits;
  if (!estimate || estimate.value === null || low === null || high === null) return 'unknown';
  const { value } = estimate;
  const tooLow = metric.better !== 'lower' && value < low;
  const tooHigh = metric.better !== 'higher' && value > high;
  if (!tooLow && !tooHigh) return 'inside';
  const sure = tooLow ? (estimate.high ?? value) < low : (estimate.low ?? value) > high;
  return sure ? 'beyond' : 'doubtful';
}
