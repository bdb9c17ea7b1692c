import type { PredictionDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import { contains, type DayRange } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { eitherWindow, inRange } from '../scope.ts';
import { binnedDeviation, binnedDistance } from './binned-distance.ts';
import { pooledBins } from './binned-values.ts';
import { classDistances, classesByDay, classWindow } from './class-drift.ts';
import { dailyBins } from './daily-bins.ts';
import { dayHistograms, histogramsOf } from './day-histograms.ts';
import { unknownDrift, valueLimits, withLimit } from './drift-limit.ts';
import { exactDistance } from './exact-distance.ts';
import { rowsByDay, within } from './rows-by-day.ts';
import type { BinnedColumn, BinnedScope } from './stored-bins.ts';
import { valueSources } from './value-source.ts';

export interface DriftRequest {
  reference: DayRange;
  current: DayRange;
  /** Predicate over the columns of `row`; absent: every row. */
  whereSql?: string;
  /** About how many rows that leaves in both windows, where known: very many are counted in the stored bins. */
  rows?: number;
  seed: number;
  signal?: AbortSignal;
}

/**
 * Distance between the predictions of two windows: exact Wasserstein-1 of the scores (predicted values for a regression), total
 * variation of the predicted classes without scores. The limit is the 99th percentile of what reference days alone would show
 * at the current window's own number of days and rows. A symptom, never proof of a loss in accuracy.
 */
export async function predictionDrift(dataset: OpenDataset, request: DriftRequest): Promise<PredictionDrift> {
  const database = request.signal ? dataset.database.withSignal(request.signal) : dataset.database;
  return dataset.hasScores || dataset.spec.task === 'regression'
    ? valueDrift(dataset, database, request)
    : classDrift(dataset, database, request);
}

async function valueDrift(dataset: OpenDataset, database: Database, request: DriftRequest): Promise<PredictionDrift> {
  const { reference, current, whereSql = 'TRUE', rows = 0, seed } = request;
  const scope = { days: eitherWindow(reference, current), rows: whereSql };
  const sources = await valueSources(dataset, rows);
  const both = sources.of('score', scope);
  if (both.binned) return binnedDrift(dataset, database, both.binned, request);
  const byDay = await rowsByDay(database, both.unordered);
  const old = within(byDay, reference);
  const now = within(byDay, current);
  const noun = nounOf(dataset);
  const method = 'wasserstein-exact@1';
  if (old.rows === 0) return unknownDrift(`no ${noun} in the reference window`, method, now.rows);
  if (now.rows === 0) return unknownDrift(`no ${noun} in the current window`, method, 0);
  const [exact, limits] = await Promise.all([
    exactDistance(database, both, reference, current, { reference: old.rows, current: now.rows }),
    valueLimits(dataset, { reference, rows: whereSql, binned: false, seed }, (all) =>
      dayHistograms(all, sources.of('score', { days: inRange(reference), rows: whereSql }), old.rows),
    ),
  ]);
  if (!exact) return unknownDrift(`no ${noun} in one of the windows`, method, now.rows);
  const limit = limits({ days: now.days, rows: now.rows });
  return withLimit(
    {
      distance: exact.wasserstein,
      deviation: exact.deviation,
      n: now.rows,
      method,
      bound: 0,
      constant: `the reference ${noun} are constant`,
    },
    limit,
  );
}

/** Very many rows: distance from stored bins with its bound, limit from the same bins by day. */
async function binnedDrift(
  dataset: OpenDataset,
  database: Database,
  source: BinnedColumn & BinnedScope,
  { reference, current, seed }: DriftRequest,
): Promise<PredictionDrift> {
  const noun = nounOf(dataset);
  const bins = await dailyBins(dataset, database, source);
  const days = [...(bins?.groups.keys() ?? [])];
  const inside = (range: DayRange): number[] => days.filter((day) => contains(range, day));
  const method = `wasserstein-${bins?.ends.length ?? 0}-bins@1`;
  const before = inside(reference);
  const now = inside(current);
  if (!bins || before.length === 0) return unknownDrift(`no ${noun} in the reference window`, method, 0);
  if (now.length === 0) return unknownDrift(`no ${noun} in the current window`, method, 0);
  const old = pooledBins(bins, before);
  const distance = binnedDistance(bins, old, pooledBins(bins, now));
  if (!distance) return unknownDrift(`no ${noun} in one of the windows`, method, 0);
  const limits = await valueLimits(dataset, { reference, rows: source.rows ?? 'TRUE', binned: true, seed }, () =>
    histogramsOf(bins, before),
  );
  const limit = limits({ days: now.length, rows: distance.currentRows });
  return withLimit(
    {
      distance: distance.wasserstein,
      deviation: binnedDeviation(old),
      n: distance.currentRows,
      method: distance.bound === 0 ? 'wasserstein-exact@1' : method,
      bound: distance.bound,
      constant: `the reference ${noun} are constant`,
    },
    limit,
  );
}

const nounOf = (dataset: OpenDataset): string => (dataset.spec.task === 'regression' ? 'predicted values' : 'scores');

async function classDrift(dataset: OpenDataset, database: Database, request: DriftRequest): Promise<PredictionDrift> {
  const { reference, current, whereSql = 'TRUE', seed } = request;
  const byDay = await classesByDay(dataset, database, `${eitherWindow(reference, current)} AND (${whereSql})`);
  return classDistances(classWindow(byDay, reference), seed)(classWindow(byDay, current));
}
