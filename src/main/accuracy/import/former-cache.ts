import type { Database } from '../../platform/duckdb.ts';
import { NotCarried } from './former-import.ts';
import type { ImportBuild } from './import-build.ts';

/** Of the space in use, and at least this many blocks: a file with more of it unused is written anew. */
const MOST_UNUSED = 0.4;
const FEW_BLOCKS = 100;

/** The version of DuckDB, if it can go on with the former cache. */
export async function engineVersion({ database, former }: ImportBuild): Promise<string> {
  const [found] = await database.rows<{ engine: string; used: number; free: number }>(
    `SELECT version() AS engine, used_blocks AS used, free_blocks AS free FROM pragma_database_size() WHERE database_name = 'cache'`,
  );
  const { engine, used, free } = found!;
  if (!former) return engine;
  if (former.basis.engine !== engine) throw new NotCarried('ids hash in another way');
  if (free > Math.max(FEW_BLOCKS, used * MOST_UNUSED)) throw new NotCarried('the file is mostly unused');
  await assertNoGaps(database, former.meta.rows);
  return engine;
}

/** Rows that an import deletes keep their numbers after the last one, so that nothing can be appended by the next. */
async function assertNoGaps(database: Database, rows: number): Promise<void> {
  const [size] = await database.rows<{ rows: number }>(
    `SELECT estimated_size AS "rows" FROM duckdb_tables() WHERE database_name = 'cache' AND table_name = 'row'`,
  );
  if (size!.rows !== rows) throw new NotCarried('the last rows were deleted');
}
