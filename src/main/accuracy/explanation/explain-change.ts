import type { AccuracyComparison, Segment } from '../../../shared/model/comparison.ts';
import type { PredictionDrift } from '../../../shared/model/drift.ts';
import type { CompareRequest } from '../../../shared/model/request.ts';
import type { ComparedRows } from '../compared-rows.ts';
import { contains, type DayRange } from '../days.ts';
import { predictionDrift } from '../drift/prediction-drift.ts';
import type { DayMaturity } from '../maturity/day-maturity.ts';
import { onsetOf } from '../onset.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { insideOf } from '../restricted-rows.ts';
import { inEither, labelled, segmentPredicate, side } from '../scope.ts';
import type { Dictionaries } from '../segments/table.ts';
import { explain } from './explain.ts';

/** A change that a comparison found, and where it is explained. */
export interface FoundChange {
  /** Among all rows compared, or inside the worst segment. */
  inside: Segment;
  /** Whose beginning is looked for. */
  begun: Segment;
  /** Positions of the segment columns that are constant there. */
  fixed: number[];
  /** Labelled rows there, at most. */
  labelledRows: number;
  dictionaries: Dictionaries;
  delta: number;
  /** Of the predictions of all rows compared. */
  drift: PredictionDrift;
  level: number;
  signal: AbortSignal;
}

export type Explained = Pick<AccuracyComparison, 'explanation' | 'onset'>;

export function notExplained(reason: string): Explained {
  return {
    explanation: { word: 'none', scope: {}, partitions: [], labelFirst: null, faults: [], reason },
    onset: null,
  };
}

/** Of what kind the change is and since when: a narrow segment is copied first, as many questions follow. */
export function explainChange(
  dataset: OpenDataset,
  request: CompareRequest,
  rows: ComparedRows,
  change: FoundChange,
): Promise<Explained> {
  const explained = (narrow: OpenDataset) => explainInside(narrow, request, rows, change);
  return Object.keys(change.inside).length > 0
    ? insideOf(dataset, { ...request.within, ...change.inside }, change.signal, explained)
    : explained(dataset);
}

async function explainInside(
  dataset: OpenDataset,
  { seed }: CompareRequest,
  { scope, value, days, weighted, where }: ComparedRows,
  { inside, begun, fixed, labelledRows, dictionaries, delta, drift, level, signal }: FoundChange,
): Promise<Explained> {
  const database = dataset.database.withSignal(signal);
  const { reference, current, within } = scope;
  const insideSql = await segmentPredicate(dataset, inside);
  const movingInside =
    Object.keys(inside).length > 0
      ? predictionDrift(dataset, {
          reference,
          current,
          whereSql: `${within} AND ${insideSql}`,
          rows: labelledRows,
          seed,
          signal,
        })
      : Promise.resolve(drift);
  movingInside.catch(() => {});
  const [explanation, onset] = await Promise.all([
    explain(dataset, database, {
      scope: inside,
      scopeSql: insideSql,
      fixed,
      labelledRows,
      value,
      weighted,
      labelledSql: where,
      everyRow: { where: `${inEither(scope)} AND ${insideSql}`, side: side(scope) },
      days: { reference: windowDays(days, reference), current: windowDays(days, current) },
      drift: movingInside,
      dictionaries,
      delta,
      level,
    }),
    onsetOf(
      database,
      `${within} AND ${await segmentPredicate(dataset, begun)} AND ${labelled(dataset, scope.asOfUs)}`,
      { from: Math.min(reference.from, current.from), to: Math.max(reference.to, current.to) },
      value,
      begun,
      level,
    ),
  ]);
  return { explanation, onset };
}

const windowDays = (days: readonly DayMaturity[], range: DayRange): number =>
  days.filter(({ day }) => contains(range, day)).length;
