import type { PredictionDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import { type DriftLimits, type DriftThreshold, driftLimits } from '../../statistics/prediction-drift.ts';
import type { DayRange } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { inRange } from '../scope.ts';
import type { DayHistograms } from './day-histograms.ts';

export const REPLICATES = 1000;

/** The days of a reference, and which of their rows. */
export interface LimitScope {
  reference: DayRange;
  rows: string;
  /** From stored bins: another limit than from the values themselves, though hardly. */
  binned: boolean;
  seed: number;
}

/** Limits of the Wasserstein-1 distance against one reference: it is read and resampled once for all that are held against it. */
export const valueLimits = (
  dataset: OpenDataset,
  { reference, rows, binned, seed }: LimitScope,
  histograms: (database: Database) => Promise<DayHistograms> | DayHistograms,
): Promise<DriftLimits> =>
  remembered(
    dataset,
    `drift limits of ${inRange(reference)} in ${binned ? 'bins' : 'values'}, seed ${seed}`,
    async (database) => {
      const { days, values } = await histograms(database);
      return driftLimits({ reference: days, values, replicates: REPLICATES, seed });
    },
    rows,
  );

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
