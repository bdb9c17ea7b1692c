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
