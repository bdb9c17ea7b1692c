import type { Explanation, PartitionSplit, Segment } from '../../../shared/model/comparison.ts';
import type { PredictionDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import { type MeasuredRows, partitionRows, scopeTable } from '../measured-rows.ts';
import type { OpenDataset } from '../open-dataset.ts';
import type { RowValue } from '../row-value.ts';
import { meanOf } from '../segments/moments.ts';
import { readMoments } from '../segments/read-moments.ts';
import type { Dictionaries } from '../segments/table.ts';
import type { WeightedRows } from '../weighted-rows.ts';
import { dataFaults, EVERY_ROW, type Fault } from './faults.ts';
import { blockOf, FEWEST_DAYS, type GroupDays, readGroupDays } from './group-days.ts';
import { MOST_FEATURES, type Partition, partitionsOf } from './partitions.ts';
import { residualDrift } from './residual-drift.ts';
import { splitOf } from './split.ts';
import { wordFor } from './word.ts';

export interface ExplainInput {
  /** Which rows: all of the analysis, or one segment of it. */
  scope: Segment;
  scopeSql: string;
  fixed: readonly number[];
  /** Labelled rows inside the scope, at most. */
  labelledRows: number;
  value: RowValue;
  weighted: WeightedRows;
  /** Predicate of the labelled rows of both windows over the weighted rows, without the scope. */
  labelledSql: string;
  /** All rows of both windows inside the scope, labelled or not. */
  everyRow: { where: string; side: string };
  days: { reference: number; current: number };
  /** Awaited only when the word is found: it is read beside everything else. */
  drift: Promise<PredictionDrift>;
  dictionaries: Dictionaries;
  delta: number;
  level: number;
}

/** The shape of a change: data fault, mix, label, relation - or undetermined. Only called when there is a change to explain. */
export async function explain(dataset: OpenDataset, database: Database, input: ExplainInput): Promise<Explanation> {
  const { where, side } = input.everyRow;
  const seen = await scopeTable(database, where, Object.keys(input.scope).length > 0);
  try {
    const finding = dataFaults(dataset, database, { table: seen.table, where, side }, input.dictionaries);
    // Where a faulty feature may lie beyond those tried, the copy waits to know it.
    const first = dataset.features.length > MOST_FEATURES ? await finding : [];
    const features = new Set([
      ...dataset.features.slice(0, MOST_FEATURES).map(({ position }) => position),
      ...first.map(({ position }) => position),
    ]);
    const [scoped, faults] = await Promise.all([
      partitionRows(dataset, database, {
        weighted: input.weighted,
        table: seen.table,
        where: `${input.labelledSql} AND ${input.scopeSql}`,
        side,
        value: input.value,
        rows: input.labelledRows,
        columns: [
          ...dataset.segments.map((_, position) => `s${position}`),
          ...[...features].map((position) => `f${position}`),
        ],
      }),
      finding,
    ]);
    try {
      return await explainRows(dataset, database, input, scoped, faults);
    } finally {
      await scoped.release();
    }
  } finally {
    await seen.release();
  }
}

async function explainRows(
  dataset: OpenDataset,
  database: Database,
  input: ExplainInput,
  scoped: MeasuredRows,
  faults: readonly Fault[],
): Promise<Explanation> {
  const { delta, level } = input;
  const total = await change(database, scoped);
  const { partitions, labelFirst, leftOut } = await partitionsOf(dataset, database, scoped.source, input.fixed);
  const short = [...(input.days.reference < FEWEST_DAYS ? [0] : []), ...(input.days.current < FEWEST_DAYS ? [1] : [])];
  const groups = [...partitions, labelFirst].map(({ group }) => group);
  const read = await readGroupDays(database, scoped, groups, blockOf(short));
  const splits = [...partitions, labelFirst].map((partition, i) =>
    splitOf(partition.columns, read[i] as GroupDays, scoped.value, level),
  );
  const labelSplit = splits.pop() as PartitionSplit;
  const coinciding = await coincidingFaults(database, scoped, faults, total.value, delta);
  const drift = await input.drift;
  const verdict = wordFor({
    total: total.value,
    delta,
    coincidingFaults: coinciding.map(faultText),
    partitions: splits,
    labelFirst: labelSplit,
    driftExceeds: drift.exceeds,
    driftExplainedBy: drift.exceeds
      ? await explainsDrift(dataset, database, input, drift.threshold, partitions, splits)
      : null,
    leftOut,
  });
  return {
    ...verdict,
    scope: input.scope,
    partitions: splits,
    labelFirst: labelSplit,
    faults: (coinciding.length > 0 ? coinciding : faults).map(({ affected: _, position: __, ...fault }) => fault),
  };
}

const faultText = (fault: Fault): string => {
  const where = Object.entries(fault.segment).map(([column, value]) => `${column}=${value ?? '(missing)'}`);
  return `${fault.feature} ${fault.kind}${where.length > 0 ? ` in ${where.join(', ')}` : ''}`;
};

async function change(
  database: Database,
  rows: MeasuredRows,
  except = 'FALSE',
): Promise<{ value: number; rows: number }> {
  const [whole] = await readMoments(database, rows, [[]], except);
  if (!whole || !(whole.reference.weight > 0) || !(whole.current.weight > 0)) return { value: 0, rows: 0 };
  const value = (meanOf(whole.current) - meanOf(whole.reference)) * rows.value.scale;
  return { value, rows: whole.current.rows };
}

/** A fault coincides with the change when at most half of it is left without the rows the fault touches. */
async function coincidingFaults(
  database: Database,
  scoped: MeasuredRows,
  faults: readonly Fault[],
  total: number,
  delta: number,
): Promise<Fault[]> {
  const kept: Fault[] = [];
  for (const fault of faults) {
    // Where every row is touched there is no untouched part to compare with: the fault itself is the finding.
    const rest = fault.affected === EVERY_ROW ? null : await change(database, scoped, fault.affected);
    if (!rest || rest.rows === 0 || Math.abs(rest.value) <= Math.max(Math.abs(total), delta) / 2) kept.push(fault);
  }
  return kept;
}

async function explainsDrift(
  dataset: OpenDataset,
  database: Database,
  input: ExplainInput,
  threshold: number | null,
  partitions: readonly Partition[],
  splits: readonly PartitionSplit[],
): Promise<string[] | null> {
  for (const [i, partition] of partitions.entries()) {
    // Score bins explain the scores by themselves: that says nothing.
    if (!splits[i]?.admissible || partition.columns.includes('score') || partition.columns.includes('predicted value'))
      continue;
    const left = await residualDrift(dataset, database, input.everyRow, partition);
    if (left !== null && threshold !== null && left <= threshold) return partition.columns;
  }
  return null;
}
