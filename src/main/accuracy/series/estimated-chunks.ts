import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { ValueBins } from '../drift/binned-values.ts';
import { CBPE, estimable, estimator, withError } from '../estimated/cbpe.ts';
import { scoreHistograms, type TrainingRows } from '../estimated/score-histograms.ts';
import type { MetricDefinition } from '../metrics/definition.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { groupsOf } from './chunk-drift.ts';
import type { ChunkPlan } from './chunk-plan.ts';

interface Settings {
  /** Those that are asked for; what cannot be estimated is left out. */
  metrics: readonly MetricDefinition[];
  within: string;
  level: number;
  training: TrainingRows;
  /** What does not hang on the reference is counted once for an open dataset. */
  kept: boolean;
  realised: readonly Record<string, Estimate>[];
  /** Chunks of the reference whose labels are mature: what estimates are scored against. */
  trusted: readonly boolean[];
}

export interface EstimatedChunks {
  chunks: Record<string, Estimate>[];
  notes: string[];
}

/** Estimated metrics of every chunk, labelled or not; regression and unscored datasets have none. */
export async function estimatedChunks(
  dataset: OpenDataset,
  database: Database,
  plan: ChunkPlan,
  bins: ValueBins | null,
  { metrics: asked, within, level, training, kept, realised, trusted }: Settings,
): Promise<EstimatedChunks> {
  if (dataset.spec.task === 'regression') {
    return { chunks: [], notes: ['no estimated metrics: a regression has no probabilities to estimate from'] };
  }
  const metrics = estimable(dataset, asked);
  const unknown = (reason: string): EstimatedChunks => ({
    chunks: plan.chunks.map(() =>
      Object.fromEntries(metrics.map(({ name }) => [name, unknownEstimate(reason, CBPE, 0, level)])),
    ),
    notes: [],
  });
  if (!bins || !dataset.hasScores) return unknown('no scores to estimate from');
  const histograms = await scoreHistograms(dataset, database, bins, {
    group: plan.group,
    chunks: plan.chunks.map((chunk) => ({ key: chunk.key, groups: groupsOf(plan, chunk) })),
    within,
    training,
    kept,
  });
  const model = estimator(dataset, metrics, histograms, level);
  if (typeof model === 'string') return unknown(model);
  const values = plan.chunks.map(({ key }) => model.chunk(key));
  const errors = new Map(
    metrics.map(({ name }) => [
      name,
      values.flatMap((chunk, i) => {
        const estimate = chunk.get(name)?.value ?? null;
        const truth = realised[i]?.[name]?.value ?? null;
        return trusted[i] && estimate !== null && truth !== null ? [estimate - truth] : [];
      }),
    ]),
  );
  return {
    chunks: values.map((chunk) =>
      Object.fromEntries(
        metrics.map((metric) => [
          metric.name,
          withError(
            metric,
            chunk.get(metric.name) ?? { value: null, reason: 'not defined', n: 0 },
            errors.get(metric.name) ?? [],
            level,
          ),
        ]),
      ),
    ),
    notes: [model.note],
  };
}
