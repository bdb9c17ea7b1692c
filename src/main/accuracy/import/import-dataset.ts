import { join } from 'node:path';
import { Cancelled, UserFault } from '../../../shared/errors.ts';
import type { DatasetSummary } from '../../../shared/model/dataset.ts';
import type { Work } from '../../../shared/model/progress.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Database } from '../../platform/duckdb.ts';
import { fileAt, kindOf, listNames, makeFolder, movePath, realPathOf, removePath } from '../../platform/files.ts';
import { acquireLock } from '../../platform/sqlite.ts';
import { type CacheMeta, cachePath, cacheVersion, writeMeta } from '../cache-format.ts';
import { cachedMeta } from '../open-dataset.ts';
import { type BuiltCache, buildCache, forWideTables } from './build-cache.ts';
import { datasetId, type LoadedDatasetFile, readDatasetFile } from './dataset-yaml.ts';
import { asFault, NeedsMemory } from './faults.ts';
import { formerImport } from './former-import.ts';
import { listSource, type SourceListing } from './source-files.ts';
import { datasetSha256, recordSources, sameContent } from './source-hashes.ts';

export { writeDatasetFile } from './dataset-yaml.ts';

export interface ImportOptions {
  cacheFolder: string;
  work: Work;
}

/** Brings the dataset a `dataset.yaml` describes into the cache; unchanged sources are not read again. */
export async function importDataset(yamlPath: string, { cacheFolder, work }: ImportOptions): Promise<DatasetSummary> {
  try {
    const loaded = await readDatasetFile(yamlPath);
    await makeFolder(cacheFolder, { recursive: true });
    const source = await realPathOf(loaded.path);
    const id = await freeId(cacheFolder, datasetId(loaded.spec), source);
    const onWait = () => work.progress({ step: 'waiting for another import', done: 0, total: null, unit: '' });
    const lock = await acquireLock(join(cacheFolder, `${id}.lock`), {
      clock: systemClock,
      signal: work.signal,
      onWait,
    });
    try {
      return summary(await underLock(cacheFolder, id, source, loaded, work));
    } finally {
      lock.release();
    }
  } catch (error) {
    if (work.signal.aborted) throw new Cancelled();
    throw await asFault(error, null, []);
  }
}

const summary = ({ id, spec, sha256, ledger }: CacheMeta): DatasetSummary => ({ id, name: spec.name, sha256, ledger });

/** The id of this dataset file, also when another folder holds one that reads the same. */
async function freeId(cacheFolder: string, id: string, source: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? id : `${id}-${number}`;
    const meta = await cachedMeta(cacheFolder, candidate);
    if (!meta || meta.source === source) return candidate;
  }
}

async function underLock(
  cacheFolder: string,
  id: string,
  source: string,
  { folder, spec }: LoadedDatasetFile,
  work: Work,
): Promise<CacheMeta> {
  await removeLeftovers(cacheFolder, id);
  work.progress({ step: 'listing files', done: 0, total: null, unit: 'files' });
  const predictions = await listSource('predictions', spec.predictions.path, folder, work.signal);
  const labels = await listSource('labels', spec.labels.path, folder, work.signal);
  const listings = [predictions, labels];
  const before = await cachedMeta(cacheFolder, id);
  if (before && sameByTime(before, listings)) return before;
  const stop = new AbortController();
  const recording = recordSources(listings, before?.sources ?? [], {
    ...work,
    signal: AbortSignal.any([work.signal, stop.signal]),
  });
  recording.catch(() => {});
  if (before && sameContent(before.sources, await recording)) return before;
  const former = before && formerImport(before, listings, await recording, folder);
  const scratch = join(cacheFolder, `${id}.importing`);
  const temporary = join(scratch, 'cache.duckdb');
  let meta: CacheMeta | undefined;
  try {
    await makeFolder(scratch, { recursive: true });
    const target = { path: temporary, scratch, spec, predictions, labels, work, former: null };
    const finish = async (database: Database, built: BuiltCache) => {
      const sources = await recording;
      await checkUnchanged(listings);
      const sha256 = datasetSha256(spec, sources);
      meta = { version: cacheVersion, id, source, importedAt: systemClock.now(), sha256, spec, sources, ...built };
      await writeMeta(database, meta);
    };
    const again = async () => {
      if (work.signal.aborted) throw new Cancelled();
      meta = undefined;
      await removePath(scratch);
      await makeFolder(scratch, { recursive: true });
    };
    try {
      if (former) await buildCache({ ...target, former: { ...former, path: cachePath(cacheFolder, id) } }, finish);
    } catch {
      // Whatever it was: reading everything either works or says what is wrong with the files.
      await again();
    }
    try {
      if (!meta) await buildCache(target, finish);
    } catch (error) {
      if (!(error instanceof NeedsMemory)) throw error;
      await again();
      await buildCache(target, finish, forWideTables);
    }
    if (work.signal.aborted) throw new Cancelled();
    await movePath(temporary, cachePath(cacheFolder, id));
    return meta!;
  } finally {
    stop.abort();
    await recording.catch(() => {});
    await removePath(scratch);
  }
}

function sameByTime(before: CacheMeta, listings: SourceListing[]): boolean {
  const known = new Map(before.sources.map((record) => [`${record.side} ${record.relative}`, record]));
  const files = listings.flatMap(({ side, files }) => files.map((file) => ({ side, ...file })));
  return (
    files.length === before.sources.length &&
    files.every((file) => {
      const record = known.get(`${file.side} ${file.relative}`);
      return record !== undefined && record.size === file.size && record.modifiedMs === file.modifiedMs;
    })
  );
}

/** A file that is still being written would give numbers nobody can reproduce. */
async function checkUnchanged(listings: SourceListing[]): Promise<void> {
  for (const file of listings.flatMap(({ files }) => files)) {
    const now = (await kindOf(file.path)) === 'file' ? await fileAt(file.path) : null;
    if (!now) throw new UserFault(`file vanished while it was read, import again: ${file.relative}`);
    if (now.size !== file.size || now.modifiedMs !== file.modifiedMs) {
      throw new UserFault(`file changed while it was read, import again when it is complete: ${file.relative}`);
    }
  }
}

/** What a process that died while importing left behind; the lock says nobody is at it now. */
async function removeLeftovers(cacheFolder: string, id: string): Promise<void> {
  for (const name of await listNames(cacheFolder)) {
    if (name.startsWith(`${id}.importing`)) await removePath(join(cacheFolder, name));
  }
}
