import { WorkbenchError } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { EVERY_ROW_FULLY } from '../weighted-rows.ts';
import { type BinnedColumn, type BinnedScope, SCORE_POSITION, storedPositions } from './stored-bins.ts';

/** `score` is the score, or the predicted value of a regression; a number is a feature's position. */
export type ValueColumn = 'score' | number;

/** Two FROM clauses over the same non-null finite values with their `day` and `grp`: ascending by `value`, and in any order. */
export interface ValueSource {
  ascending: string;
  unordered: string;
  /** Ascending, and cheap where it can be: without groups that only the rows know (`grp` may then be the day). */
  ranked: string;
  /** `ascending` is a stored table: reading it in order costs no sort. */
  stored: boolean;
  /** How the same values are had in bins, when the import made some because the rows are many. */
  binned?: BinnedColumn & BinnedScope;
  /** Whose stored bins end at values of this source, though not grouped as this source is. */
  placed?: BinnedColumn;
}

export interface ValueScope {
  /** Predicate over `day` alone. */
  days: string;
  /** Predicate over the columns of `row`; `TRUE` for every row. */
  rows: string;
  /** Integer expression over `row` by which values are to be counted, as column `grp`; absent: `grp` is the day. */
  group?: string;
}

/** Restricted rows above which counting them in stored bins beats sorting them, which gives the exact distance. */
const MOST_SORTED_ROWS = 50_000;

export interface ValueSources {
  of(column: ValueColumn, scope: ValueScope): ValueSource;
}

/**
 * Values in ascending order are read from the tables the import sorted, so that windows over them stream; a restriction to some
 * rows, or a column that was not sorted (more than 64 numeric features), costs a sort. Of very many rows the import keeps bins.
 * @param restricted rows that a restriction leaves, where known.
 */
export async function valueSources(dataset: OpenDataset, restricted = 0): Promise<ValueSources> {
  const manyRows = restricted > MOST_SORTED_ROWS;
  const { sorted, binned } = await remembered(dataset, 'arranged', readArranged);
  return {
    of(column, { days, rows, group }) {
      const table = column === 'score' ? 'sorted_score' : `sorted_f${column}`;
      const stored = `(SELECT value, day, day AS grp FROM ${table} WHERE ${days})`;
      const known = rows === 'TRUE' && sorted.has(table);
      if (known && group === undefined) return { ascending: stored, unordered: stored, ranked: stored, stored: true };
      const name = column !== 'score' ? `f${column}` : dataset.spec.task === 'regression' ? 'predicted' : 'score';
      const from = `SELECT ${name}::DOUBLE AS value, day, (${group ?? 'day'})::INTEGER AS grp FROM ${EVERY_ROW_FULLY.over('row')} WHERE ${name} IS NOT NULL AND (${days}) AND (${rows})`;
      // Equal values in the order of their days and groups: which of them ends a bin must not hang on the threads that read them.
      const ascending = `(${from} ORDER BY value, day, grp)`;
      const position = column === 'score' ? SCORE_POSITION : column;
      const every = rows === 'TRUE';
      const inBins = (every || manyRows) && group === undefined && binned.has(position);
      return {
        ascending,
        unordered: `(${from})`,
        ranked: known ? stored : ascending,
        stored: false,
        ...(inBins ? { binned: { position, sql: name, days, ...(every ? {} : { rows }) } } : {}),
        ...(every && days === 'TRUE' && binned.has(position) ? { placed: { position, sql: name } } : {}),
      };
    },
  };
}

interface Arranged {
  sorted: Set<string>;
  binned: Set<number>;
}

async function readArranged(database: Database): Promise<Arranged> {
  const tables = await database.rows<{ name: string }>(
    `SELECT table_name AS name FROM duckdb_tables() WHERE starts_with(table_name, 'sorted_')`,
  );
  return { sorted: new Set(tables.map(({ name }) => name)), binned: await storedPositions(database) };
}

/** Streaming passes are wrong on unsorted input: refuse to answer rather than answer wrongly. */
export function assertAscending(smallestGap: number): void {
  if (smallestGap < 0) throw new WorkbenchError('DEFECT', 'cached values are not sorted; import the dataset again');
}
