import type { PredictionDrift } from '../../../shared/model/drift.ts';
import { type DriftThreshold, driftThreshold } from '../../statistics/prediction-drift.ts';
import { createRandom } from '../../statistics/random.ts';
import type { DayHistograms } from './day-histograms.ts';

/** Bootstrap replicates and the quantile of them that is the limit. */
export const REPLICATES = 1000;
export const LIMIT_QUANTILE = 0.99;

/** The limit of the Wasserstein-1 distance for windows of this many days and rows. */
export function valueThreshold(
  histograms: DayHistograms,
  current: { days: number; rows: number },
  seed: number,
  quantile = LIMIT_QUANTILE,
): DriftThreshold {
  return driftThreshold({
    reference: histograms.days,
    values: histograms.values,
    currentDays: current.days,
    currentRows: current.rows,
    replicates: REPLICATES,
    quantile,
    random: createRandom(seed),
  });
}

export interface MeasuredDistance {
  distance: number;
  /** Population standard deviation of the reference; null where a distance has no unit. */
  deviation: number | null;
  n: number;
  method: string;
  bound: number;
  /** Why there is no normalised distance when `deviation` is 0. */
  constant?: string;
}

/** A measured distance beside its limit, in the words every result uses. */
export function withLimit(measured: MeasuredDistance, limit: DriftThreshold): PredictionDrift {
  const { distance, deviation, n, bound } = measured;
  const reasons: string[] = [];
  if (deviation === 0 && measured.constant) reasons.push(measured.constant);
  if (limit.reason) reasons.push(limit.reason);
  const unit = deviation === null ? '' : ', over the population standard deviation of the reference';
  return {
    distance,
    normalised: deviation ? distance / deviation : null,
    threshold: limit.threshold,
    exceeds: limit.threshold === null ? null : distance > limit.threshold,
    n,
    method: `${measured.method}${unit}; limit ${limit.method}, ${limit.replicates} replicates, 99th percentile`,
    blocks: limit.blocks,
    bound,
    ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}),
  };
}

export const unknownDrift = (reason: string, method: string, n: number): PredictionDrift => ({
  distance: null,
  normalised: null,
  threshold: null,
  exceeds: null,
  n,
  method,
  blocks: 0,
  bound: null,
  reason,
});
