import { UserFault } from '../../shared/errors.ts';
import type { AccuracyComparison } from '../../shared/model/comparison.ts';
import type { CompareRequest } from '../../shared/model/request.ts';
import { type DayMaturity, labelMaturity, windowSummary } from './maturity/day-maturity.ts';
import type { LabelArrival } from './maturity/label-arrival.ts';
import { likeForLikeRows } from './maturity/like-for-like.ts';
import { defaultMetric, metricNamed } from './metrics/catalogue.ts';
import type { MetricDefinition } from './metrics/definition.ts';
import type { OpenDataset } from './open-dataset.ts';
import { type RowValue, rowValue } from './row-value.ts';
import { inEither, labelled, type Scope, scopeOf } from './scope.ts';
import { EVERY_ROW_FULLY, type WeightedRows } from './weighted-rows.ts';

/** The rows a comparison is about, and how each counts; `weighted` is to be released. */
export interface ComparedRows {
  scope: Scope;
  metric: MetricDefinition;
  value: RowValue;
  days: DayMaturity[];
  windows: AccuracyComparison['windows'];
  arrival: LabelArrival;
  weighted: WeightedRows;
  /** Labelled rows of both windows, in SQL. */
  where: string;
}

export async function comparedRows(
  dataset: OpenDataset,
  request: CompareRequest,
  signal: AbortSignal,
): Promise<ComparedRows> {
  const database = dataset.database.withSignal(signal);
  const scope = await scopeOf(dataset, request);
  const metric = metricNamed(dataset.spec.task, request.metric ?? defaultMetric(dataset.spec.task));
  const { ages, arrival, days } = await labelMaturity(dataset, scope.asOfUs, scope.within);
  const windows = {
    reference: windowSummary(scope.reference, days, arrival.latency.reason),
    current: windowSummary(scope.current, days, arrival.latency.reason),
  };
  for (const [name, window] of Object.entries(windows)) {
    if (window.predictions === 0) {
      throw new UserFault(
        `no predictions in the ${name} window (data covers ${dataset.firstDay}..${dataset.lastDay}): ${window.from}..${window.to}`,
      );
    }
  }
  const value = await rowValue(dataset, database, metric.name);
  const provisional = windows.current.provisional || windows.reference.provisional;
  const weighted = provisional ? await likeForLikeRows(database, scope, ages, arrival.longestHours) : EVERY_ROW_FULLY;
  const where = `${inEither(scope)} AND ${labelled(dataset, scope.asOfUs)}`;
  return { scope, metric, value, days, windows, arrival, weighted, where };
}
