import { UserFault } from '../../shared/errors.ts';
import type { PredictionDrift } from '../../shared/model/drift.ts';
import type { Estimate } from '../../shared/model/estimate.ts';
import type { Work } from '../../shared/model/progress.ts';
import type { SeriesRequest } from '../../shared/model/request.ts';
import type { AccuracySeries, Chunk } from '../../shared/model/series.ts';
import { contains, type DayRange, dayRange, instantText, instantUs } from './days.ts';
import { MOST_EXACT_ROWS } from './drift/stored-bins.ts';
import { keptByDay } from './kept-by-day.ts';
import { type DayMaturity, labelMaturity, MATURE_SHARE } from './maturity/day-maturity.ts';
import { defaultMetric, metricNamed } from './metrics/catalogue.ts';
import type { OpenDataset } from './open-dataset.ts';
import { insideOf } from './restricted-rows.ts';
import { labelled, segmentPredicate } from './scope.ts';
import { alarmsOf } from './series/alarms.ts';
import { chunkDrift, referenceGroups } from './series/chunk-drift.ts';
import { chunkPlan, type PlannedChunk, rowsIn, type SeriesScope } from './series/chunk-plan.ts';
import { eachInTurn } from './series/each-in-turn.ts';
import { estimatedChunks } from './series/estimated-chunks.ts';
import { FEATURES_NOT_ASKED, featureChunks } from './series/feature-chunks.ts';
import { type Limits, limitsOf } from './series/limits.ts';
import { orderedMetrics, realisedChunks } from './series/realised-chunks.ts';

const LEVEL = 0.95;

/** Everything known about every chunk of the dataset: realised and estimated metrics, drift, maturity, alarms. */
export const series = (dataset: OpenDataset, request: SeriesRequest, work: Work): Promise<AccuracySeries> =>
  insideOf(dataset, request.within, work.signal, (rows) => chunked(rows, request, work));

async function chunked(dataset: OpenDataset, request: SeriesRequest, work: Work): Promise<AccuracySeries> {
  const database = dataset.database.withSignal(work.signal);
  const reference = dayRange(request.reference, 'reference');
  const asOfUs = request.asOf === undefined ? dataset.lastInstantUs : instantUs(request.asOf);
  const within = await segmentPredicate(dataset, request.within ?? {});
  const primary = metricNamed(dataset.spec.task, request.metric ?? defaultMetric(dataset.spec.task));
  const metrics = request.allMetrics === false ? [primary] : orderedMetrics(dataset, primary);
  const scope: SeriesScope = { reference, asOfUs, within, seed: request.seed };
  const step = steps(work);

  step('chunks');
  const maturity = labelMaturity(dataset, asOfUs, within).then(({ days }) => days);
  const [plan, known] = await Promise.all([chunkPlan(dataset, database, request.chunk, scope, maturity), maturity]);
  const days = new Map(known.map((day) => [day.day, day]));
  if (referenceGroups(plan, reference).length === 0) {
    const { from, to } = request.reference;
    throw new UserFault(
      `no predictions in the reference window (data covers ${dataset.firstDay}..${dataset.lastDay}): ${from}..${to}`,
    );
  }
  const stages = plan.chunks.map((chunk) => maturityOf(chunk, days));

  // What does not hang on the reference: the series of another one follows soon.
  const kept = within === 'TRUE' && plan.calendar && rowsIn(plan) > MOST_EXACT_ROWS && keptByDay(dataset, [reference]);

  step('metrics');
  const realising = realisedChunks(dataset, database, plan, { scope, metrics, level: LEVEL, kept, work });
  const drifting = chunkDrift(dataset, database, plan, scope);
  const moving = request.featureDrift === false ? FEATURES_NOT_ASKED : featureChunks(dataset, database, plan, scope);
  const [realised, drift, features] = await Promise.all([realising, drifting, moving]);
  const trusted = plan.chunks.map(({ period }, i) => period === 'reference' && stages[i]?.provisional === false);

  step('estimates');
  // Limits are drawn while the database counts what estimates are made of.
  const [estimated, moved] = await Promise.all([
    estimatedChunks(dataset, database, plan, drift.bins, {
      metrics,
      within,
      level: LEVEL,
      training: { labelled: labelled(dataset, asOfUs), days: matureDays(days, reference) },
      kept,
      realised,
      trusted,
    }),
    eachInTurn(plan.chunks, work, drift.chunk),
  ]);

  step('alarms');
  const limits = Object.fromEntries(
    metrics.map((metric) => [
      metric.name,
      limitsOf(
        metric,
        realised.filter((_, i) => trusted[i]).map((metrics) => metrics[metric.name] as Estimate),
      ),
    ]),
  );
  const chunks = await eachInTurn(plan.chunks, work, (planned, index): Chunk => {
    const chunk: Omit<Chunk, 'alarms'> = {
      from: planned.from,
      to: planned.to,
      n: planned.rows,
      labelled: planned.labelled,
      maturity: stages[index]?.maturity ?? null,
      provisional: stages[index]?.provisional ?? false,
      period: planned.period,
      realised: realised[index] ?? {},
      estimated: estimated.chunks[index] ?? {},
      predictionDrift: moved[index] as PredictionDrift,
      featureDrift: features.of(planned),
    };
    const alarms = alarmsOf(chunk, index, primary, limits[primary.name] as Limits, () => drift.alarmLimit(planned));
    return { ...chunk, alarms };
  });
  return {
    schema: 'driftbench/accuracy-series@1',
    dataset: { id: dataset.id, name: dataset.name, sha256: dataset.sha256 },
    asOf: instantText(asOfUs),
    seed: request.seed,
    chunk: request.chunk,
    chunks,
    limits,
    notes: [...plan.notes, ...estimated.notes, ...features.notes],
  };
}

function steps(work: Work): (name: string) => void {
  const names = ['chunks', 'metrics', 'estimates', 'alarms'];
  return (name) => work.progress({ step: name, done: names.indexOf(name), total: names.length, unit: 'steps' });
}

/** Maturity of a chunk: that of its days, weighted by rows; provisional as soon as one of its days is. */
function maturityOf(
  chunk: PlannedChunk,
  days: Map<number, DayMaturity>,
): { maturity: number | null; provisional: boolean } {
  let weighted = 0;
  let provisional = false;
  for (const { day, rows } of chunk.days) {
    const maturity = days.get(day)?.maturity ?? null;
    if (maturity === null) return { maturity: null, provisional: false };
    weighted += maturity * rows;
    provisional ||= maturity < MATURE_SHARE;
  }
  return { maturity: weighted / chunk.rows, provisional };
}

const matureDays = (days: Map<number, DayMaturity>, reference: DayRange): number[] =>
  [...days.values()]
    .filter(({ day, maturity }) => contains(reference, day) && (maturity ?? 1) >= MATURE_SHARE)
    .map(({ day }) => day);
