import { DuckDBDecimalValue, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';

export type Cell = number | string | boolean | null;

const exact = BigInt(Number.MAX_SAFE_INTEGER);

function fromBigint(value: bigint): number {
  if (value > exact || value < -exact) throw new RangeError(`integer beyond 2^53: ${value}`);
  return Number(value);
}

/** A DuckDB value as JSON would hold it; instants and other structures must be cast in the query. */
export function asCell(value: DuckDBValue): Cell {
  switch (typeof value) {
    case 'bigint':
      return fromBigint(value);
    case 'number':
    case 'string':
    case 'boolean':
      return value;
  }
  if (value === null) return null;
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue) return value.items.map(asCell) as unknown as Cell;
  throw new TypeError(`cast this value in the query: ${value?.constructor?.name}`);
}

/** A value for a column of doubles: beyond 2^53 the nearest one, as instants of the year 9999 in microseconds are. */
export function asNumber(value: DuckDBValue): number {
  if (typeof value === 'bigint') return Number(value);
  const cell = asCell(value);
  if (cell === null) return Number.NaN;
  if (typeof cell === 'string') throw new TypeError(`not a number: ${cell}`);
  return Number(cell);
}
