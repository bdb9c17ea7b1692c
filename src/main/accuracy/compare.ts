import { Cancelled, UserFault } from '../../shared/errors.ts';
import type { AccuracyComparison, Explanation, Segment, VersionChange } from '../../shared/model/comparison.ts';
import type { FeatureDrift, PredictionDrift } from '../../shared/model/drift.ts';
import type { Work } from '../../shared/model/progress.ts';
import type { CompareRequest, SliceRequest } from '../../shared/model/request.ts';
import type { Database } from '../platform/duckdb.ts';
import { createRandom } from '../statistics/random.ts';
import { alarmsOf } from './conclusion/alarms.ts';
import { ruledOut } from './conclusion/ruled-out.ts';
import { missingFor, summaryOf } from './conclusion/summary.ts';
import { instantText } from './days.ts';
import { featureDrift } from './drift/feature-drift.ts';
import { predictionDrift } from './drift/prediction-drift.ts';
import { explain } from './explanation/explain.ts';
import { type DayMaturity, labelMaturity, paceReason, windowSummary } from './maturity/day-maturity.ts';
import type { LabelArrival } from './maturity/label-arrival.ts';
import { likeForLikeRows } from './maturity/like-for-like.ts';
import { type MeasuredRows, measuredRows } from './measured-rows.ts';
import { metricTable, toleranceFor } from './metric-table.ts';
import { defaultMetric, metricNamed } from './metrics/catalogue.ts';
import type { MetricDefinition } from './metrics/definition.ts';
import { readStatistics } from './metrics/read-statistics.ts';
import { emptyStatistics } from './metrics/statistics.ts';
import { onsetOf } from './onset.ts';
import type { OpenDataset } from './open-dataset.ts';
import { insideOf } from './restricted-rows.ts';
import { rowValue } from './row-value.ts';
import { inEither, labelled, type Scope, scopeOf, segmentPredicate, side } from './scope.ts';
import { reliabilityOf } from './scores/reliability.ts';
import { labelsByScoreOf, scoreDistributionOf } from './scores/score-distribution.ts';
import { type ScoreHistogram, scoreHistogram } from './scores/score-histogram.ts';
import { pruneSegments } from './segments/prune.ts';
import { readSegments, type SearchSettings, searchSegments } from './segments/search.ts';
import { segmentDictionaries, segmentTable } from './segments/table.ts';
import { versionChanges } from './versions.ts';
import { EVERY_ROW_FULLY, type WeightedRows } from './weighted-rows.ts';

const LEVEL = 0.95;
/** Segments are believed at this adjusted p: one search in a hundred may name a segment where nothing happened. */
const FAMILY_ALPHA = 0.01;

/** What changed between two windows, in which segments, of what kind, since when, and how sure that is. */
export const compare = (dataset: OpenDataset, request: SliceRequest, work: Work): Promise<AccuracyComparison> =>
  insideOf(dataset, request.within, work.signal, (rows) => comparison(rows, request, work));

async function comparison(dataset: OpenDataset, request: SliceRequest, work: Work): Promise<AccuracyComparison> {
  const database = dataset.database.withSignal(work.signal);
  const step = steps(work);
  const scope = await scopeOf(dataset, request);
  const metric = metricNamed(dataset.spec.task, request.metric ?? defaultMetric(dataset.spec.task));

  step('maturity');
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
  const provisional = windows.current.provisional || windows.reference.provisional;
  const weighted = provisional ? await likeForLikeRows(database, scope, ages, arrival.longestHours) : EVERY_ROW_FULLY;
  const where = `${inEither(scope)} AND ${labelled(dataset, scope.asOfUs)}`;
  const predictions = windows.reference.predictions + windows.current.predictions;
  const moving = background(dataset, database, scope, predictions, request, work);
  try {
    const value = await rowValue(dataset, database, metric.name);
    return await analyse(dataset, database, request, work, {
      scope,
      metric,
      days,
      windows,
      arrival,
      weighted,
      where,
      rows: measuredRows(dataset, { weighted, where, side: side(scope), value }),
      moving,
    });
  } finally {
    await weighted.release();
  }
}

interface Ground {
  scope: Scope;
  metric: MetricDefinition;
  days: DayMaturity[];
  windows: AccuracyComparison['windows'];
  arrival: LabelArrival;
  weighted: WeightedRows;
  /** Labelled rows of both windows, in SQL. */
  where: string;
  rows: MeasuredRows;
  moving: Promise<Moving>;
}

type Moving = [PredictionDrift, FeatureDrift[], VersionChange[], ScoreHistogram | null];

/** What needs no labels runs beside what does. */
function background(
  dataset: OpenDataset,
  database: Database,
  scope: Scope,
  /** Predictions in both windows. */
  rows: number,
  request: SliceRequest,
  work: Work,
): Promise<Moving> {
  const { reference, current, within: whereSql } = scope;
  const windows = { reference, current, whereSql, rows, signal: work.signal };
  const moving = Promise.all([
    predictionDrift(dataset, { ...windows, seed: request.seed }),
    request.featureDrift === false ? [] : featureDrift(dataset, windows),
    versionChanges(dataset, scope.within),
    scoreHistogram(dataset, database, scope),
  ]);
  // A failure is reported where the result is awaited, also when something else fails before.
  moving.catch(() => {});
  return moving;
}

async function analyse(
  dataset: OpenDataset,
  database: Database,
  request: CompareRequest,
  work: Work,
  { scope, metric, days, windows, arrival, weighted, where, rows, moving }: Ground,
): Promise<AccuracyComparison> {
  const step = steps(work);
  const fixed = Object.keys(request.within ?? {}).map((column) => dataset.segments.indexOf(column));
  const { value } = rows;

  step('metrics and drift');
  const [statistics, cells, [drift, featureTable, changes, histogram]] = await Promise.all([
    readStatistics(dataset, database, {
      where: 'predicted IS NOT NULL',
      group: 'side',
      source: rows.source,
      weight: 'w',
    }),
    readSegments(dataset, database, rows, request.depth, fixed),
    moving,
  ]);
  const nothing = emptyStatistics(dataset.classes.length);
  const metrics = metricTable(dataset, statistics.get(0) ?? nothing, statistics.get(1) ?? nothing, {
    primary: metric.name,
    delta: request.delta,
    level: LEVEL,
    random: createRandom(request.seed),
  });
  const reason =
    weighted === EVERY_ROW_FULLY
      ? undefined
      : paceReason(windows.current, (statistics.get(0)?.weight ?? 0) / windows.reference.predictions);
  if (reason) windows.current.reason = reason;
  const primary = metrics[metric.name] as AccuracyComparison['metrics'][string];
  const delta = toleranceFor(metric, primary.reference, request.delta);

  step('segments');
  const settings: SearchSettings = {
    minCell: request.minCell,
    depth: request.depth,
    delta: value.name === 'squared error' ? squaredTolerance(metrics, delta, metric.name) : delta,
    level: LEVEL,
    alpha: FAMILY_ALPHA,
  };
  const dictionaries = await segmentDictionaries(dataset);
  const wholeChange = rowValueChange(metrics, value.name);
  const search = await searchSegments(database, rows, settings, cells);
  const pruned = await pruneSegments(database, rows, settings, search.candidates, {
    change: wholeChange,
    regressed: primary.verdict === 'regression',
  });
  const segments = segmentTable(dataset, dictionaries, rows, settings, search.candidates, pruned, {
    reference: statistics.get(0)?.weight ?? 0,
    current: statistics.get(1)?.weight ?? 0,
  });

  step('explanation');
  const worst = pruned.lines[0];
  const regressed = primary.verdict === 'regression';
  const inside: Segment = regressed || !worst ? {} : (segments[0]?.segment ?? {});
  const insideSql = await segmentPredicate(dataset, inside);
  // One segment may carry most of a fall of the whole: its own rows show the beginning more sharply.
  const carried = Math.abs(segments[0]?.contribution ?? 0) >= Math.abs(wholeChange) / 2;
  const begun: Segment = worst && carried ? (segments[0]?.segment ?? {}) : inside;
  const explained = async (rows: OpenDataset): Promise<[Explanation, AccuracyComparison['onset']]> => {
    if (!regressed && !worst) return [nothingToExplain, null];
    const narrow = rows.database.withSignal(work.signal);
    const movingInside =
      regressed || !worst ? Promise.resolve(drift) : driftInside(rows, scope, insideSql, worst.moments, request, work);
    movingInside.catch(() => {});
    return Promise.all([
      explain(rows, narrow, {
        scope: inside,
        scopeSql: insideSql,
        fixed: [...fixed, ...(regressed ? [] : (worst?.columns ?? []))],
        labelledRows:
          regressed || !worst
            ? windows.reference.labelled + windows.current.labelled
            : worst.moments.reference.rows + worst.moments.current.rows,
        value,
        weighted,
        labelledSql: where,
        everyRow: { where: `${inEither(scope)} AND ${insideSql}`, side: side(scope) },
        days: { reference: windowDays(days, scope.reference), current: windowDays(days, scope.current) },
        drift: movingInside,
        dictionaries,
        delta,
        level: LEVEL,
      }),
      onsetOf(
        narrow,
        `${scope.within} AND ${await segmentPredicate(dataset, begun)} AND ${labelled(dataset, scope.asOfUs)}`,
        {
          from: Math.min(scope.reference.from, scope.current.from),
          to: Math.max(scope.reference.to, scope.current.to),
        },
        value,
        begun,
        LEVEL,
      ),
    ]);
  };
  const [explanation, onset] =
    Object.keys(inside).length > 0
      ? await insideOf(dataset, { ...request.within, ...inside }, work.signal, explained)
      : await explained(dataset);
  if (work.signal.aborted) throw new Cancelled();
  const verdict = worst ? 'regression' : primary.verdict;
  const draft = {
    schema: 'driftbench/accuracy-comparison@1' as const,
    dataset: { id: dataset.id, name: dataset.name, sha256: dataset.sha256 },
    asOf: instantText(scope.asOfUs),
    seed: request.seed,
    settings: {
      metric: metric.name,
      delta,
      minCell: request.minCell,
      depth: request.depth,
      level: LEVEL,
      familyAlpha: FAMILY_ALPHA,
    },
    windows,
    ledger: dataset.ledger,
    labelLatency: arrival.latency,
    metrics,
    predictionDrift: drift,
    featureDrift: featureTable,
    reliability: reliabilityOf(dataset, statistics.get(0), statistics.get(1), LEVEL),
    scoreDistribution: scoreDistributionOf(histogram),
    labelsByScore: labelsByScoreOf(histogram),
    segments,
    segmentSearch: {
      examined: search.examined,
      tested: search.tested,
      familySize: search.tested,
      notEnoughData: search.notEnoughData,
    },
    explanation,
    onset,
    versionChanges: changes,
    verdict,
  };
  const missing = verdict === 'inconclusive' ? missingFor(draft) : undefined;
  return {
    ...draft,
    summary: summaryOf(draft),
    ruledOut: ruledOut(draft),
    ...(missing ? { missing } : {}),
    alarms: alarmsOf(draft),
  };
}

const nothingToExplain: Explanation = {
  word: 'none',
  scope: {},
  partitions: [],
  labelFirst: null,
  faults: [],
  reason: 'no change beyond the tolerance to explain',
};

function steps(work: Work): (name: string) => void {
  const names = ['maturity', 'metrics and drift', 'segments', 'explanation'];
  return (name) => {
    if (work.signal.aborted) throw new Cancelled();
    work.progress({ step: name, done: names.indexOf(name), total: names.length, unit: 'steps' });
  };
}

const windowDays = (days: readonly { day: number }[], range: Scope['reference']): number =>
  days.filter(({ day }) => day >= range.from && day <= range.to).length;

const driftInside = (
  dataset: OpenDataset,
  scope: Scope,
  insideSql: string,
  moments: { reference: { rows: number }; current: { rows: number } },
  { seed }: CompareRequest,
  { signal }: Work,
) =>
  predictionDrift(dataset, {
    reference: scope.reference,
    current: scope.current,
    whereSql: `${scope.within} AND ${insideSql}`,
    rows: moments.reference.rows + moments.current.rows,
    seed,
    signal,
  });

/** The change of the whole in what segments are searched on, which need not be the primary metric; in its unit. */
function rowValueChange(metrics: AccuracyComparison['metrics'], value: string): number {
  if (value !== 'squared error') return metrics[value]?.change.value ?? 0;
  return (metrics.rmse?.current.value ?? 0) ** 2 - (metrics.rmse?.reference.value ?? 0) ** 2;
}

/** RMSE and R2 search segments on the squared error: the tolerance is carried over to first order. */
function squaredTolerance(metrics: AccuracyComparison['metrics'], delta: number, metric: string): number {
  const rmse = metrics.rmse?.reference.value ?? 0;
  const r2 = metrics.r2?.reference.value ?? 0;
  return metric === 'rmse' ? 2 * rmse * delta : (delta * rmse * rmse) / Math.max(1 - r2, Number.EPSILON);
}
