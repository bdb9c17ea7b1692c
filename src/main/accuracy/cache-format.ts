import { join } from 'node:path';
import { z } from 'zod';
import { DatasetFile, RowLedger } from '../../shared/model/dataset.ts';
import type { Database } from '../platform/duckdb.ts';

/** Raised whenever the tables change their meaning; older caches are rebuilt. */
export const cacheVersion = 6;

export const SourceRecord = z.object({
  side: z.enum(['predictions', 'labels']),
  relative: z.string(),
  size: z.number(),
  modifiedMs: z.number(),
  sha256: z.string(),
});
export type SourceRecord = z.infer<typeof SourceRecord>;

export const CachedFeature = z.object({
  name: z.string(),
  kind: z.enum(['numeric', 'categorical']),
  /** `f<position>` in the table `row`. */
  position: z.number(),
  /** The type in the files. */
  type: z.string(),
  /** Too many different values to be categories: code 0 is present, 1 missing. */
  identifierLike: z.boolean(),
});
export type CachedFeature = z.infer<typeof CachedFeature>;

/** What the next import needs to know of this one to carry its rows over. */
export const CarryBasis = z.object({
  /** The hashes of ids are those of this version of DuckDB. */
  engine: z.string(),
  /** Digest of the columns as they were read: names, types, forms of time. */
  shape: z.string(),
  /** Whether rows lay in folders of another day. */
  foreignDays: z.object({ predictions: z.boolean(), labels: z.boolean() }),
});
export type CarryBasis = z.infer<typeof CarryBasis>;

export const CacheMeta = z.object({
  version: z.literal(cacheVersion),
  id: z.string(),
  /** The dataset file this came from. */
  source: z.string(),
  importedAt: z.string(),
  sha256: z.string(),
  spec: DatasetFile,
  ledger: RowLedger,
  classes: z.array(z.string()),
  segments: z.array(z.string()),
  versions: z.array(z.string()),
  features: z.array(CachedFeature),
  rows: z.number(),
  firstDay: z.string(),
  lastDay: z.string(),
  lastInstantUs: z.number(),
  hasLabelTimes: z.boolean(),
  hasScores: z.boolean(),
  sources: z.array(SourceRecord),
  /** Null when a changed file means reading all of them again. */
  basis: CarryBasis.nullable(),
});
export type CacheMeta = z.infer<typeof CacheMeta>;

export const cachePath = (cacheFolder: string, id: string): string => join(cacheFolder, `${id}.duckdb`);

export async function writeMeta(database: Database, meta: CacheMeta): Promise<void> {
  await database.run('CREATE OR REPLACE TABLE cache.meta(value VARCHAR)');
  await database.run('INSERT INTO cache.meta VALUES ($value)', { value: JSON.stringify(CacheMeta.parse(meta)) });
}

/** Null when the cache was written by another version of the program. */
export async function readMeta(database: Database): Promise<CacheMeta | null> {
  const [row] = await database.rows<{ value: string }>('SELECT value FROM meta');
  const parsed = CacheMeta.safeParse(JSON.parse(row?.value ?? 'null'));
  return parsed.success ? parsed.data : null;
}
