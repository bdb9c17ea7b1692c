import type { Database } from '../platform/duckdb.ts';
import { quoteLiteral } from '../platform/sql.ts';
import type { OpenDataset } from './open-dataset.ts';
import { ORIGIN } from './restricted-rows.ts';
import type { RowValue } from './row-value.ts';
import { FULL_WEIGHT, type WeightedRows } from './weighted-rows.ts';

/** The labelled rows of both windows, ready to be grouped: columns day, side, w, x (null where the row value is), the segments, predicted, label, score. */
export interface MeasuredRows {
  /** SQL that can stand after FROM. */
  source: string;
  value: RowValue;
  /** Every row counts 1: sums of weights are counts. */
  counted: boolean;
}

/** A view: the row table is narrow enough that a dozen scans of it cost less than one copy. */
export function measuredRows(
  dataset: OpenDataset,
  input: { weighted: WeightedRows; where: string; side: string; value: RowValue },
): MeasuredRows {
  const segments = dataset.segments.map((_, position) => `s${position}`);
  return { source: `(${viewOf(dataset, { ...input, table: 'row', segments })})`, ...countedBy(input) };
}

const countedBy = ({ weighted, value }: { weighted: WeightedRows; value: RowValue }) => ({
  value,
  counted: weighted.weight === FULL_WEIGHT,
});

/** The rows of one segment, copied once: the explanation asks them many questions. Everything is read where it lies. */
export async function scopeTable(
  database: Database,
  where: string,
  part: boolean,
): Promise<{ table: string; release(): Promise<void> }> {
  if (!part) return { table: 'row', release: async () => {} };
  const table = `memory.main.scope_${++tables}`;
  // Without what nobody asks: where a row came from, and a number it has only in a copy.
  const wanted = `lambda c: c NOT IN (${[...ORIGIN, 'rowid'].map(quoteLiteral).join(', ')})`;
  await database.run(`CREATE TABLE ${table} AS SELECT COLUMNS(${wanted}) FROM row WHERE ${where}`);
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
): Promise<MeasuredRows & { release(): Promise<void> }> {
  const view = viewOf(dataset, { ...input, segments: [...input.columns, 'id'] });
  if (input.rows * input.columns.length > MOST_CELLS) {
    return { source: `(${view})`, ...countedBy(input), release: async () => {} };
  }
  const table = `memory.main.partitioned_${++tables}`;
  await database.run(`CREATE TABLE ${table} AS ${view}`);
  return { source: table, ...countedBy(input), release: () => database.run(`DROP TABLE IF EXISTS ${table}`) };
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
