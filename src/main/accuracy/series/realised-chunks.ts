import type { Estimate } from '../../../shared/model/estimate.ts';
import type { Work } from '../../../shared/model/progress.ts';
import type { Database } from '../../platform/duckdb.ts';
import { createRandom } from '../../statistics/random.ts';
import { metricsOf, needScores } from '../metrics/catalogue.ts';
import { type MetricDefinition, metricDraws } from '../metrics/definition.ts';
import { readStatistics } from '../metrics/read-statistics.ts';
import { emptyStatistics } from '../metrics/statistics.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { labelled } from '../scope.ts';
import { EVERY_ROW_FULLY } from '../weighted-rows.ts';
import type { ChunkPlan, SeriesScope } from './chunk-plan.ts';
import { eachInTurn } from './each-in-turn.ts';

/** The task's metrics, the primary one first. */
export const orderedMetrics = (dataset: OpenDataset, primary: MetricDefinition): MetricDefinition[] => [
  primary,
  ...metricsOf(dataset.spec.task).filter(({ name }) => name !== primary.name),
];

interface Settings {
  scope: SeriesScope;
  /** In the order they are reported. */
  metrics: readonly MetricDefinition[];
  level: number;
  /** The statistics do not hang on the reference: counted once for an open dataset. */
  kept: boolean;
  work: Work;
}

/** Metrics per chunk, from the same statistics and definitions as a comparison of windows. */
export async function realisedChunks(
  dataset: OpenDataset,
  database: Database,
  plan: ChunkPlan,
  { scope, metrics, level, kept, work }: Settings,
): Promise<Record<string, Estimate>[]> {
  const selection = {
    source: EVERY_ROW_FULLY.over('row'),
    weight: EVERY_ROW_FULLY.weight,
    group: plan.group,
    where: `${scope.within} AND ${labelled(dataset, scope.asOfUs)} AND predicted IS NOT NULL`,
    scores: needScores(metrics),
  };
  const read = (from: Database) => readStatistics(dataset, from, selection);
  const statistics = await (kept
    ? remembered(dataset, `statistics ${JSON.stringify(selection)}`, read)
    : read(database));
  return eachInTurn(plan.chunks, work, ({ key }) => {
    const chunk = statistics.get(key) ?? emptyStatistics(dataset.classes.length);
    // A generator per chunk: its intervals do not depend on which other chunks there are.
    const context = { level, draws: metricDraws(createRandom(scope.seed)) };
    return Object.fromEntries(metrics.map((metric) => [metric.name, metric.estimate(chunk, context)]));
  });
}
