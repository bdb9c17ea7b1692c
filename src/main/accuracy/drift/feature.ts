import type { FeatureDrift } from '../../../shared/model/drift.ts';
import type { DayRange } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';

export type Feature = OpenDataset['features'][number];

export interface FeatureDriftRequest {
  reference: DayRange;
  current: DayRange;
  /** Predicate over the columns of `row`; absent: every row. */
  whereSql?: string;
  /** About how many rows that leaves in both windows, where known: very many are counted in the stored bins. */
  rows?: number;
  /** Names of the features to measure; absent: the first 200. */
  features?: readonly string[];
  signal?: AbortSignal;
}

/** Features measured unless named: one pass over the rows each, so 200 passes at the most. */
export const FEATURE_BUDGET = 200;

export function chosenFeatures(dataset: OpenDataset, names?: readonly string[]): Feature[] {
  if (!names) return dataset.features.slice(0, FEATURE_BUDGET);
  const wanted = new Set(names);
  return dataset.features.filter(({ name }) => wanted.has(name));
}

export const unmeasuredDrift = ({ name, kind }: Feature): Omit<FeatureDrift, 'method'> => ({
  feature: name,
  kind,
  wasserstein: null,
  normalised: null,
  js: null,
  psi: null,
  ks: null,
  nullShareChange: null,
  newCategories: null,
});

/** A feature beyond the budget, so that nothing is left out silently. */
export const notMeasured = (dataset: OpenDataset, feature: Feature): FeatureDrift => ({
  ...unmeasuredDrift(feature),
  method: 'not measured',
  reason: `not measured: the first ${FEATURE_BUDGET} of ${dataset.features.length} features are, the others when asked for by name`,
});
