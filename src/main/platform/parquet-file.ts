import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, VARCHAR } from '@duckdb/node-api';
import { quoteIdentifier, quoteLiteral } from './sql.ts';

type ColumnValue = number | string | null;

export interface ParquetColumn {
  name: string;
  type: 'DOUBLE' | 'VARCHAR';
  values: readonly ColumnValue[];
}

/** Small tables of numbers and texts as Parquet, bit for bit; nothing outside one folder is read or written. */
export interface ParquetFiles {
  write(path: string, columns: readonly ParquetColumn[]): Promise<void>;
  /** The named columns in the order in which their rows were written. */
  read(path: string, names: readonly string[]): Promise<Record<string, ColumnValue[]>>;
}

/** Rows of a chunk: DuckDB's own vector size. */
const chunkRows = 2048;

const types = { DOUBLE, VARCHAR };

const open = async (folder: string) => {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '512MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`SET allowed_directories = [${quoteLiteral(folder)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return { instance, connection };
};

/** One database in memory from the first table to the end of the call. A single thread keeps the order of rows. */
export const withParquetFiles = async <T>(folder: string, call: (files: ParquetFiles) => Promise<T>): Promise<T> => {
  let opened: ReturnType<typeof open> | undefined;
  const connect = async (): Promise<DuckDBConnection> => {
    opened ??= open(folder);
    return (await opened).connection;
  };
  // One table after the other: they share a connection.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <R>(step: () => Promise<R>): Promise<R> => {
    const mine = turn.then(step);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const write = async (path: string, columns: readonly ParquetColumn[]): Promise<void> => {
    const connection = await connect();
    const declared = columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type}`).join(', ');
    await connection.run(`CREATE OR REPLACE TABLE written (${declared})`);
    const appender = await connection.createAppender('written');
    const length = columns[0]?.values.length ?? 0;
    for (let from = 0; from < length; from += chunkRows) {
      const chunk = DuckDBDataChunk.create(columns.map(({ type }) => types[type]));
      chunk.setColumns(columns.map(({ values }) => values.slice(from, from + chunkRows)));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    await connection.run(`COPY written TO ${quoteLiteral(path)} (FORMAT parquet)`);
    await connection.run('DROP TABLE written');
  };
  const read = async (path: string, names: readonly string[]): Promise<Record<string, ColumnValue[]>> => {
    const selected = names.map(quoteIdentifier).join(', ');
    const result = await (await connect()).run(`SELECT ${selected} FROM read_parquet(${quoteLiteral(path)})`);
    const columns = names.map((): ColumnValue[] => []);
    for (const chunk of await result.fetchAllChunks()) {
      for (const [index, column] of columns.entries()) {
        for (const value of chunk.getColumnValues(index)) column.push(value as ColumnValue);
      }
    }
    return Object.fromEntries(names.map((name, index) => [name, columns[index]!]));
  };
  try {
    return await call({
      write: (path, columns) => inTurn(() => write(path, columns)),
      read: (path, names) => inTurn(() => read(path, names)),
    });
  } finally {
    if (opened) (await opened).instance.closeSync();
  }
};
