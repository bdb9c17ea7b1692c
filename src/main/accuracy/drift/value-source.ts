import { WorkbenchError } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';

/** `score` is the score, or the predicted value of a regression; a number is a feature's position. */
export type ValueColumn = 'score' | number;

/** Two FROM clauses over the same non-null finite values with their `day`: ascending by `value`, and in any order. */
export interface ValueSource {
  ascending: string;
  unordered: string;
}

export interface ValueScope {
  /** Predicate over `day` alone. */
  days: string;
  /** Predicate over the columns of `row`; `TRUE` for every row. */
  rows: string;
}

export interface ValueSources {
  of(column: ValueColumn, scope: ValueScope): ValueSource;
}

/**
 * Values in ascending order are read from the tables the import sorted, so that windows over them stream; a restriction to some
 * rows, or a column that was not sorted (more than 64 numeric features), costs a sort.
 */
export async function valueSources(dataset: OpenDataset, database: Database): Promise<ValueSources> {
  const tables = await database.rows<{ name: string }>(
    `SELECT table_name AS name FROM duckdb_tables() WHERE starts_with(table_name, 'sorted_')`,
  );
  const sorted = new Set(tables.map(({ name }) => name));
  return {
    of(column, { days, rows }) {
      const table = column === 'score' ? 'sorted_score' : `sorted_f${column}`;
      if (rows === 'TRUE' && sorted.has(table)) {
        const from = `(SELECT value, day FROM ${table} WHERE ${days})`;
        return { ascending: from, unordered: from };
      }
      const name = column !== 'score' ? `f${column}` : dataset.spec.task === 'regression' ? 'predicted' : 'score';
      const from = `SELECT ${name}::DOUBLE AS value, day FROM row WHERE ${name} IS NOT NULL AND (${days}) AND (${rows})`;
      return { ascending: `(${from} ORDER BY value)`, unordered: `(${from})` };
    },
  };
}

/** Streaming passes are wrong on unsorted input: refuse to answer rather than answer wrongly. */
export function assertAscending(smallestGap: number): void {
  if (smallestGap < 0) throw new WorkbenchError('DEFECT', 'cached values are not sorted; import the dataset again');
}

/** A double as SQL reads it back bit for bit; a plain literal with a point would be a decimal. */
export const doubleLiteral = (value: number): string => `'${value}'::DOUBLE`;
