import { join } from 'node:path';
import { UserFault, WorkbenchError } from '../../shared/errors.ts';
import type { DatasetFile, RowLedger } from '../../shared/model/dataset.ts';
import { systemClock } from '../platform/clock.ts';
import { type Database, openDatabase } from '../platform/duckdb.ts';
import { fileAt, isCode, kindOf, listNames } from '../platform/files.ts';
import { type CachedFeature, type CacheMeta, cachePath, readMeta } from './cache-format.ts';

export interface OpenDataset {
  id: string;
  name: string;
  sha256: string;
  spec: DatasetFile;
  ledger: RowLedger;
  /** Class values by code; binary: negative, positive. */
  classes: string[];
  segments: string[];
  versions: string[];
  features: (Pick<CachedFeature, 'name' | 'kind' | 'position'> & Partial<CachedFeature>)[];
  firstDay: string;
  lastDay: string;
  /** The latest prediction or label the dataset knows of. */
  lastInstantUs: number;
  hasLabelTimes: boolean;
  hasScores: boolean;
  dictionary(role: 'class' | 'segment' | 'version' | 'feature', position: number): Promise<(string | null)[]>;
  database: Database;
  close(): Promise<void>;
}

export interface CachedDataset {
  id: string;
  name: string;
  sha256: string;
  importedAt: string;
  rows: number;
  /** The dataset file it came from. */
  source: string;
}

/** Another text whenever the cache file is another. */
export async function cacheStamp(cacheFolder: string, id: string): Promise<string> {
  const path = cachePath(cacheFolder, id);
  if ((await kindOf(path)) !== 'file') throw new WorkbenchError('NOT_FOUND', `unknown dataset: ${id}`);
  const { size, modifiedMs } = await fileAt(path);
  return `${size} ${modifiedMs}`;
}

export async function openDataset(cacheFolder: string, id: string): Promise<OpenDataset> {
  const path = cachePath(cacheFolder, id);
  if ((await kindOf(path)) !== 'file') throw new WorkbenchError('NOT_FOUND', `unknown dataset: ${id}`);
  const database = await openDatabase({
    path,
    readOnly: true,
    memoryLimit: '800MB',
    // DuckDB names its spill files alike in every database, so each has a folder of its own, made when first needed.
    temporaryDirectory: join(cacheFolder, `${id}.spill-${systemClock.newId()}`),
  });
  try {
    const meta = await readMeta(database);
    if (!meta) throw new UserFault(`cache was written by another version, import the dataset again: ${id}`);
    return described(meta, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Larger dictionaries are read again each time: what is kept of an open dataset stays small. */
const MOST_VALUES_KEPT = 10_000;

function described(meta: CacheMeta, database: Database): OpenDataset {
  const known = new Map<string, (string | null)[]>();
  const { id, sha256, spec, ledger, classes, segments, versions, features } = meta;
  return {
    id,
    name: spec.name,
    sha256,
    spec,
    ledger,
    classes,
    segments,
    versions,
    features,
    firstDay: meta.firstDay,
    lastDay: meta.lastDay,
    lastInstantUs: meta.lastInstantUs,
    hasLabelTimes: meta.hasLabelTimes,
    hasScores: meta.hasScores,
    dictionary: async (role, position) => {
      const key = `${role} ${position}`;
      const values = known.get(key);
      if (values) return values;
      const rows = await database.rows<{ value: string | null }>(
        'SELECT value FROM dictionary WHERE role = $role AND position = $position ORDER BY code',
        { role, position },
      );
      const read = rows.map(({ value }) => value);
      if (read.length <= MOST_VALUES_KEPT) known.set(key, read);
      return read;
    },
    database,
    close: () => database.close(),
  };
}

const remembered = new Map<string, { size: number; modifiedMs: number; meta: CacheMeta | null }>();

/** What a cache file says about itself; null when it is absent, damaged or of another version. */
export async function cachedMeta(cacheFolder: string, id: string): Promise<CacheMeta | null> {
  const path = cachePath(cacheFolder, id);
  if ((await kindOf(path)) !== 'file') return null;
  const { size, modifiedMs } = await fileAt(path);
  const known = remembered.get(path);
  if (known && known.size === size && known.modifiedMs === modifiedMs) return known.meta;
  const meta = await metaIn(path);
  remembered.set(path, { size, modifiedMs, meta });
  return meta;
}

async function metaIn(path: string): Promise<CacheMeta | null> {
  let database: Database | undefined;
  try {
    database = await openDatabase({ path, readOnly: true, threads: 1 });
    return await readMeta(database);
  } catch {
    return null;
  } finally {
    await database?.close();
  }
}

export async function listDatasets(cacheFolder: string): Promise<CachedDataset[]> {
  let names: string[];
  try {
    names = await listNames(cacheFolder);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw error;
  }
  const found: CachedDataset[] = [];
  for (const name of names.filter((entry) => entry.endsWith('.duckdb')).sort()) {
    const meta = await cachedMeta(cacheFolder, name.slice(0, -'.duckdb'.length));
    if (!meta) continue;
    const { id, sha256, importedAt, rows, source, spec } = meta;
    found.push({ id, name: spec.name, sha256, importedAt, rows, source });
  }
  return found;
}
