import type { DatasetFile, LedgerNote } from '../../../shared/model/dataset.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { FormerImport } from './former-import.ts';

/** What every step of an import works with. */
export interface ImportBuild {
  /** In memory, with the cache file attached as `cache`. */
  database: Database;
  spec: DatasetFile;
  /** What was tolerated so far; steps add to it. */
  notes: LedgerNote[];
  /** The import whose rows stay as they are where no changed file speaks of them; then `cache` is a copy of its cache. */
  former: FormerImport | null;
}
