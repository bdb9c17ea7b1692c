import type { Estimate } from '../../shared/model/estimate.ts';
import type { Verdict } from '../../shared/model/verdict.ts';

/** Whether a larger metric is good (accuracy) or harm (log loss, MAE). */
export type Direction = 'higher-is-better' | 'lower-is-better';

/**
 * Three-valued decision on the interval of a change (current - reference) against a tolerance fixed beforehand: regression when it lies
 * wholly beyond delta on the harmful side, improvement wholly beyond on the other, no change wholly inside (equivalence), else
 * inconclusive - also when a limit is unknown. A two-sided 95 % interval makes each of the three wrong at most 2.5 % of the time.
 * @param delta tolerated change, > 0, in the metric's unit.
 */
export function decide(change: {
  low: number | null;
  high: number | null;
  delta: number;
  direction: Direction;
}): Verdict {
  const { low, high, delta, direction } = change;
  if (low === null || high === null) return 'inconclusive';
  if (low >= -delta && high <= delta) return 'no change';
  const harm = direction === 'higher-is-better' ? high < -delta : low > delta;
  const good = direction === 'higher-is-better' ? low > delta : high < -delta;
  if (harm) return 'regression';
  return good ? 'improvement' : 'inconclusive';
}

/**
 * Rows at which the interval of a change would decide, if its value stayed and its arms shrank with 1 / sqrt(n); `estimate.n` when it
 * decides already. Null where no number of rows would (the value sits on a limit) or the interval is unknown.
 */
export function neededN(estimate: Estimate, delta: number): number | null {
  const { value, low, high, n } = estimate;
  if (value === null || low === null || high === null || !(n > 0)) return null;
  let factor = 1;
  for (const limit of [-delta, delta]) {
    if (limit <= low || limit >= high) continue;
    const gap = Math.abs(value - limit);
    if (!(gap > 1e-12 * delta)) return null;
    const arm = limit < value ? value - low : high - value;
    factor = Math.max(factor, (arm / gap) ** 2);
  }
  return Math.ceil(n * factor);
}
