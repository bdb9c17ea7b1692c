import { UserFault, WorkbenchError } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import { isCode, kindOf } from '../../platform/files.ts';
import { readParquetSql, type SourceSchema } from './parquet-schema.ts';

export class NeedsMemory extends UserFault {}

/** Turns what DuckDB or the file system says into one sentence a person can act on. */
export async function asFault(error: unknown, database: Database | null, schemas: SourceSchema[]): Promise<unknown> {
  if (error instanceof WorkbenchError || !(error instanceof Error)) return error;
  if (isCode(error, 'ENOSPC') || /no space left|disk (is )?full/i.test(error.message)) {
    return new UserFault('the disk is full, free some space and import again', { reason: error.message });
  }
  if (isCode(error, 'EACCES', 'EPERM')) {
    return new UserFault(`file is not readable: ${(error as NodeJS.ErrnoException).path ?? error.message}`);
  }
  if (/Out of Memory Error/i.test(error.message)) {
    return new NeedsMemory('the import needs more memory than it may use, choose fewer features', {
      reason: error.message,
    });
  }
  if (!database || !('sql' in error)) return error;
  const broken = await findBrokenFile(database, schemas);
  if (!broken) return error;
  if ((await kindOf(broken.path)) === 'absent') {
    return new UserFault(`file vanished while it was read, import again: ${broken.relative}`);
  }
  if (/not valid UTF-?8/i.test(broken.reason)) {
    return new UserFault(`text in a Parquet file is not UTF-8, export it as UTF-8: ${broken.relative}`, {
      reason: broken.reason,
    });
  }
  return new UserFault(`Parquet file is damaged inside, copy or export it again: ${broken.relative}`, {
    reason: broken.reason,
  });
}

/** Reads every file alone until one fails: the query over all of them does not say which it was. */
async function findBrokenFile(database: Database, schemas: SourceSchema[]) {
  for (const schema of schemas) {
    for (const { files } of schema.groups) {
      for (const file of files) {
        try {
          await database.rows(
            `SELECT count(*) AS n FROM (SELECT hash(COLUMNS(*)) FROM ${readParquetSql([file])}) AS t WHERE t IS NOT NULL`,
          );
        } catch (failure) {
          if (failure instanceof WorkbenchError) throw failure;
          return {
            path: file.path,
            relative: file.relative,
            reason: failure instanceof Error ? failure.message : String(failure),
          };
        }
      }
    }
  }
  return null;
}
