import type { Database } from '../platform/duckdb.ts';
import type { OpenDataset } from './open-dataset.ts';
import type { RowValue } from './row-value.ts';
import { FULL_WEIGHT, type WeightedRows } from './weighted-rows.ts';

/** The labelled rows of both windows, ready to be grouped: columns day, side, w, x (null where the row value is), the segments, predicted, label, score. */
export interface MeasuredRows {
  /** SQL that can stand after FROM. */
  source: string;
  value: RowValue;
  /** Every row counts 1: sums of weights are counts. */
  counted: boolean;
  release(): Promise<void>;
}

/** Above this many rows the copy would cost more memory than the repeated scans cost time. */
const MOST_COPIED = 25_000_000;

/** A narrow copy in memory, read a dozen times, or, for very many rows, the same columns as a view over the weighted rows. */
export async function measuredRows(
  dataset: OpenDataset,
  database: Database,
  input: { weighted: WeightedRows; where: string; side: string; value: RowValue; rows: number },
): Promise<MeasuredRows> {
  const { weighted, value } = input;
  const view = viewOf(dataset, { ...input, table: 'row', segments: dataset.segments.map((_, i) => `s${i}`) });
  const counted = weighted.weight === FULL_WEIGHT;
  if (input.rows > MOST_COPIED) return { source: `(${view})`, value, counted, release: async () => {} };
  const table = `memory.main.measured_${++tables}`;
  await database.run(`CREATE TABLE ${table} AS ${view}`);
  return { source: table, value, counted, release: () => database.run(`DROP TABLE IF EXISTS ${table}`) };
}

/** The rows of one segment, copied once: the explanation asks them many questions. Everything is read where it lies. */
export async function scopeTable(
  database: Database,
  where: string,
  part: boolean,
): Promise<{ table: string; release(): Promise<void> }> {
  if (!part) return { table: 'row', release: async () => {} };
  const table = `memory.main.scope_${++tables}`;
  await database.run(`CREATE TABLE ${table} AS SELECT * FROM row WHERE ${where}`);
  return { table, release: () => database.run(`DROP TABLE IF EXISTS ${table}`) };
}

/** Makes table names different; their order has no meaning. */
let tables = 0;

/** Columns of a copy times rows above which the explanation reads from the source instead. */
const MOST_CELLS = 80_000_000;

/** The rows the explanation cuts in a dozen ways: those of `where` with every column a partition may use, copied when they are few. */
export async function partitionRows(
  dataset: OpenDataset,
  database: Database,
  input: {
    weighted: WeightedRows;
    /** `row`, or a copy of the rows of one scope. */
    table: string;
    where: string;
    side: string;
    value: RowValue;
    rows: number;
    columns: string[];
  },
): Promise<MeasuredRows> {
  const { weighted, value, columns } = input;
  const view = viewOf(dataset, { ...input, segments: [...columns, 'id'] });
  const counted = weighted.weight === FULL_WEIGHT;
  if (input.rows * columns.length > MOST_CELLS) {
    return { source: `(${view})`, value, counted, release: async () => {} };
  }
  const table = `memory.main.partitioned_${++tables}`;
  await database.run(`CREATE TABLE ${table} AS ${view}`);
  return { source: table, value, counted, release: () => database.run(`DROP TABLE IF EXISTS ${table}`) };
}

function viewOf(
  dataset: OpenDataset,
  input: { weighted: WeightedRows; table: string; where: string; side: string; value: RowValue; segments: string[] },
): string {
  const { weighted, where, side, value } = input;
  const weight = weighted.weight === FULL_WEIGHT ? '1' : `(${weighted.weight})::DOUBLE`;
  const columns = [
    'day',
    `(${side})::TINYINT AS side`,
    `${weight} AS w`,
    value.proportion ? `(${value.sql})::TINYINT AS x` : `(${value.sql})::DOUBLE AS x`,
    'predicted',
    'label',
    ...(dataset.hasScores ? ['score'] : []),
    ...input.segments,
  ];
  return `SELECT ${columns.join(', ')} FROM ${weighted.over(input.table)} WHERE ${where}`;
}
