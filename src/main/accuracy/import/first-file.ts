import type { Database } from '../../platform/duckdb.ts';
import type { SourceSchema } from './parquet-schema.ts';

/** Where a fault can name the file: a raw view, whose column `source` is the path of a row's file. */
export interface RawRows {
  database: Database;
  view: string;
  schema: SourceSchema;
}

/** The first file, by name, with a row of which this holds, as the user knows it. Reads the files again: for faults only. */
export async function firstFile({ database, view, schema }: RawRows, where: string): Promise<string> {
  const [row] = await database.rows<{ path: string | null }>(`SELECT min(source) AS path FROM ${view} WHERE ${where}`);
  const file = schema.listing.files.find(({ path }) => path === row?.path);
  return file?.relative ?? row?.path ?? 'unknown';
}
