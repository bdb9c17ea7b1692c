import { Cancelled } from '../../shared/errors.ts';
import type { AccuracyComparison, Segment, VersionChange } from '../../shared/model/comparison.ts';
import type { FeatureDrift, PredictionDrift } from '../../shared/model/drift.ts';
import type { Work } from '../../shared/model/progress.ts';
import type { SliceRequest } from '../../shared/model/request.ts';
import type { Database } from '../platform/duckdb.ts';
import { createRandom } from '../statistics/random.ts';
import { type ComparedRows, comparedRows } from './compared-rows.ts';
import { alarmsOf } from './conclusion/alarms.ts';
import { ruledOut } from './conclusion/ruled-out.ts';
import { missingFor, summaryOf } from './conclusion/summary.ts';
import { instantText } from './days.ts';
import { featureDrift } from './drift/feature-drift.ts';
import { predictionDrift } from './drift/prediction-drift.ts';
import { explainChange, notExplained } from './explanation/explain-change.ts';
import { paceReason } from './maturity/day-maturity.ts';
import { type MeasuredRows, measuredRows } from './measured-rows.ts';
import { metricTable, toleranceFor } from './metric-table.ts';
import { readStatistics } from './metrics/read-statistics.ts';
import { emptyStatistics, type GroupStatistics } from './metrics/statistics.ts';
import type { OpenDataset } from './open-dataset.ts';
import { insideOf } from './restricted-rows.ts';
import { type Scope, side } from './scope.ts';
import { reliabilityOf } from './scores/reliability.ts';
import { labelsByScoreOf, scoreDistributionOf } from './scores/score-distribution.ts';
import { type ScoreHistogram, scoreHistogram } from './scores/score-histogram.ts';
import { pruneSegments } from './segments/prune.ts';
import { readSegments, type SearchSettings, type SegmentCells, searchSegments } from './segments/search.ts';
import { segmentDictionaries, segmentTable } from './segments/table.ts';
import { versionChanges } from './versions.ts';
import { EVERY_ROW_FULLY } from './weighted-rows.ts';

const LEVEL = 0.95;
/** Segments are believed at this adjusted p: one search in a hundred may name a segment where nothing happened. */
const FAMILY_ALPHA = 0.01;

/** What changed between two windows, in which segments, of what kind, since when, and how sure that is. */
export const compare = (dataset: OpenDataset, request: SliceRequest, work: Work): Promise<AccuracyComparison> =>
  insideOf(dataset, request.within, work.signal, (rows) => comparison(rows, request, work));

async function comparison(dataset: OpenDataset, request: SliceRequest, work: Work): Promise<AccuracyComparison> {
  steps(work)('maturity');
  const rows = await comparedRows(dataset, request, work.signal);
  try {
    return await analyse(dataset, request, work, rows);
  } finally {
    await rows.weighted.release();
  }
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
  request: SliceRequest,
  work: Work,
  compared: ComparedRows,
): Promise<AccuracyComparison> {
  const { scope, metric, windows, arrival, weighted, where, value } = compared;
  const database = dataset.database.withSignal(work.signal);
  const rows = measuredRows(dataset, { weighted, where, side: side(scope), value });
  const predictions = windows.reference.predictions + windows.current.predictions;
  const moving = background(dataset, database, scope, predictions, request, work);
  const step = steps(work);
  const fixed = Object.keys(request.within ?? {}).map((column) => dataset.segments.indexOf(column));

  step('metrics and drift');
  const nothing = emptyStatistics(dataset.classes.length);
  // Intervals are computed while the segments are still being read.
  const measured = readStatistics(dataset, database, {
    where: 'predicted IS NOT NULL',
    group: 'side',
    source: rows.source,
    weight: 'w',
  }).then((statistics) => ({
    statistics,
    metrics: metricTable(dataset, statistics.get(0) ?? nothing, statistics.get(1) ?? nothing, {
      primary: metric.name,
      delta: request.delta,
      level: LEVEL,
      random: createRandom(request.seed),
    }),
  }));
  const [{ statistics, metrics }, cells, [drift, featureTable, changes, histogram]] = await Promise.all([
    measured,
    request.segments === false ? null : readSegments(dataset, database, rows, request.depth, fixed),
    moving,
  ]);
  const reason =
    weighted === EVERY_ROW_FULLY
      ? undefined
      : paceReason(windows.current, (statistics.get(0)?.weight ?? 0) / windows.reference.predictions);
  if (reason) windows.current.reason = reason;
  const primary = metrics[metric.name] as AccuracyComparison['metrics'][string];
  const delta = toleranceFor(metric, primary.reference, request.delta);

  const found = cells
    ? await searched(dataset, request, work, compared, { rows, cells, fixed, statistics, metrics, delta, drift })
    : NOT_SEARCHED;
  if (work.signal.aborted) throw new Cancelled();
  const { harmed, ...findings } = found;
  const verdict = harmed ? 'regression' : primary.verdict;
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
    ...findings,
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

interface Findings extends Pick<AccuracyComparison, 'segments' | 'segmentSearch' | 'explanation' | 'onset'> {
  /** Some segment is believed to have become worse. */
  harmed: boolean;
}

const NOT_SEARCHED: Findings = {
  segments: [],
  segmentSearch: { examined: 0, tested: 0, familySize: 0, notEnoughData: 0 },
  harmed: false,
  ...notExplained('not asked for: segments were not searched'),
};

/** In which segments, of what kind and since when. */
async function searched(
  dataset: OpenDataset,
  request: SliceRequest,
  work: Work,
  compared: ComparedRows,
  measured: {
    rows: MeasuredRows;
    cells: SegmentCells;
    fixed: number[];
    statistics: Map<number, GroupStatistics>;
    metrics: AccuracyComparison['metrics'];
    delta: number;
    drift: PredictionDrift;
  },
): Promise<Findings> {
  const { metric, windows, value } = compared;
  const { rows, cells, fixed, statistics, metrics, delta, drift } = measured;
  const database = dataset.database.withSignal(work.signal);
  const step = steps(work);

  step('segments');
  const regressed = metrics[metric.name]?.verdict === 'regression';
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
  const pruned = await pruneSegments(database, rows, settings, search.candidates, { change: wholeChange, regressed });
  const segments = segmentTable(dataset, dictionaries, rows, settings, search.candidates, pruned, {
    reference: statistics.get(0)?.weight ?? 0,
    current: statistics.get(1)?.weight ?? 0,
  });

  const { examined, tested, notEnoughData } = search;
  const worst = pruned.lines[0];
  const found = {
    segments,
    segmentSearch: { examined, tested, familySize: tested, notEnoughData },
    harmed: worst !== undefined,
  };
  if (request.explanation === false) return { ...found, ...notExplained('not asked for') };

  step('explanation');
  const inside: Segment = regressed || !worst ? {} : (segments[0]?.segment ?? {});
  // One segment may carry most of a fall of the whole: its own rows show the beginning more sharply.
  const carried = Math.abs(segments[0]?.contribution ?? 0) >= Math.abs(wholeChange) / 2;
  const narrow = !regressed && worst ? worst : null;
  const explained =
    regressed || worst
      ? await explainChange(dataset, request, compared, {
          inside,
          begun: worst && carried ? (segments[0]?.segment ?? {}) : inside,
          fixed: [...fixed, ...(narrow?.columns ?? [])],
          labelledRows: narrow
            ? narrow.moments.reference.rows + narrow.moments.current.rows
            : windows.reference.labelled + windows.current.labelled,
          dictionaries,
          delta,
          drift,
          level: LEVEL,
          signal: work.signal,
        })
      : notExplained('no change beyond the tolerance to explain');
  return { ...found, ...explained };
}

function steps(work: Work): (name: string) => void {
  const names = ['maturity', 'metrics and drift', 'segments', 'explanation'];
  return (name) => {
    if (work.signal.aborted) throw new Cancelled();
    work.progress({ step: name, done: names.indexOf(name), total: names.length, unit: 'steps' });
  };
}

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
