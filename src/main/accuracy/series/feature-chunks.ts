import type { FeatureDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import { FEATURE_BUDGET } from '../drift/feature.ts';
import { featureGroups } from '../drift/feature-groups.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { groupsOf, referenceGroups } from './chunk-drift.ts';
import { type ChunkPlan, type PlannedChunk, rowsIn, type SeriesScope } from './chunk-plan.ts';

export interface FeatureChunks {
  of(chunk: PlannedChunk): Record<string, FeatureDrift>;
  notes: string[];
}

export const FEATURES_NOT_ASKED: FeatureChunks = {
  of: () => ({}),
  notes: ['feature drift by chunk was not asked for'],
};

/** Drift of every feature of every chunk from the whole reference. */
export async function featureChunks(
  dataset: OpenDataset,
  database: Database,
  plan: ChunkPlan,
  { reference, within }: SeriesScope,
): Promise<FeatureChunks> {
  const chosen = dataset.features.slice(0, FEATURE_BUDGET);
  const groups = await featureGroups(dataset, database, chosen, reference, {
    days: 'TRUE',
    whereSql: within,
    size: rowsIn(plan),
    ...(plan.calendar ? {} : { group: plan.group }),
  });
  const old = referenceGroups(plan, reference);
  const left = dataset.features.length - chosen.length;
  return {
    of: (chunk) =>
      Object.fromEntries(groups.map(({ feature, drift }) => [feature.name, drift(old, groupsOf(plan, chunk))])),
    notes: left > 0 ? [`feature drift: the first ${FEATURE_BUDGET} features are measured, ${left} are not`] : [],
  };
}
