import { Cancelled } from '../../../shared/errors.ts';
import type { DatasetFile, LedgerNote } from '../../../shared/model/dataset.ts';
import type { Work } from '../../../shared/model/progress.ts';
import { type Database, openDatabase } from '../../platform/duckdb.ts';
import { copyContent, readableFolders } from '../../platform/files.ts';
import { quoteLiteral } from '../../platform/sql.ts';
import type { CacheMeta } from '../cache-format.ts';
import { arrangeValues } from './arrange-values.ts';
import { keepLabels, keepPredictions } from './contested.ts';
import { createDictionaries } from './dictionaries.ts';
import { asFault } from './faults.ts';
import { engineVersion } from './former-cache.ts';
import { type FormerImport, onlyFiles } from './former-import.ts';
import type { ImportBuild } from './import-build.ts';
import { checkTimezone } from './instants.ts';
import { drawLedger } from './ledger.ts';
import { materialiseRows } from './materialise.ts';
import { keepOddIds } from './odd-ids.ts';
import { checkEnds, readSchema, type SourceSchema } from './parquet-schema.ts';
import { checkPartitions } from './partitions.ts';
import { measureQuality } from './quality.ts';
import { createSides } from './sides.ts';
import type { SourceListing } from './source-files.ts';
import { readSpan } from './span.ts';
import { writeRows } from './write-rows.ts';

/** What the tables say of the data, without where they came from. */
export type BuiltCache = Omit<CacheMeta, 'version' | 'id' | 'source' | 'importedAt' | 'sha256' | 'spec' | 'sources'>;

export interface BuildTarget {
  /** The DuckDB file to create. */
  path: string;
  /** A folder for spills, removed by the caller. */
  scratch: string;
  spec: DatasetFile;
  predictions: SourceListing;
  labels: SourceListing;
  work: Work;
  /** What to start from, and its cache. */
  former: (FormerImport & { path: string }) | null;
}

/** Enough for a few million rows without touching the disk; beyond it DuckDB spills into the scratch folder. */
const usual: Effort = { memoryLimit: '700MB' };
/** Thousands of columns: a thread holds an open block of each of them, which is nothing that can be spilled. */
export const forWideTables: Effort = { memoryLimit: '2GB', threads: 1 };

interface Effort {
  memoryLimit: string;
  threads?: number;
}

/** Creates the tables of the cache; `finish` runs while the database is still open for writing. */
export async function buildCache(
  target: BuildTarget,
  finish: (database: Database, built: BuiltCache) => Promise<void>,
  effort = usual,
): Promise<void> {
  const { spec, predictions, labels, work, path, scratch, former } = target;
  const listings = [predictions, labels];
  for (const file of listings.flatMap(({ side, files }) => former?.news[side] ?? files)) {
    if (work.signal.aborted) throw new Cancelled();
    await checkEnds(file);
  }
  if (former) await copyContent(former.path, path, work.signal);
  const open = await openDatabase({
    path: ':memory:',
    allowedDirectories: await readableFolders(
      [...listings.map(({ root }) => root), scratch],
      listings.flatMap(({ files }) => files.map((file) => file.path)),
    ),
    ...effort,
    temporaryDirectory: scratch,
    settings: {
      preserve_insertion_order: false,
      parquet_metadata_cache: true,
      // Joins are written with the narrow side second; estimates over Parquet would hash the wide one.
      disabled_optimizers: 'build_side_probe_side',
    },
  });
  const database = open.withSignal(work.signal);
  const schemas: SourceSchema[] = [];
  try {
    await database.run(`ATTACH ${quoteLiteral(path)} AS cache`);
    const files = predictions.files.length + labels.files.length;
    work.progress({ step: 'reading schemas', done: 0, total: files, unit: 'files' });
    await checkTimezone(database, spec.timezone);
    for (const listing of listings) {
      const schema = await readSchema(database, listing);
      schemas.push(schema);
      await checkPartitions(database, former ? onlyFiles(schema, former.news[listing.side]) : schema);
    }
    work.progress({ step: 'reading schemas', done: files, total: files, unit: 'files' });
    const notes = [...predictions.notes, ...labels.notes];
    const built = await fill({ database, spec, notes, former }, schemas[0]!, schemas[1]!, work);
    await finish(database, built);
    await database.run('CHECKPOINT cache');
    await database.run('DETACH cache');
  } catch (error) {
    throw await asFault(error, work.signal.aborted ? null : database, schemas);
  } finally {
    await open.close();
  }
}

async function fill(
  build: ImportBuild,
  predictions: SourceSchema,
  labels: SourceSchema,
  work: Work,
): Promise<BuiltCache> {
  const { database, notes, former } = build;
  const rows = predictions.rows + labels.rows;
  const step = (name: string, done: number) => work.progress({ step: name, done, total: rows, unit: 'rows' });
  step('reading columns', 0);
  const engine = await engineVersion(build);
  const sides = await createSides(build, predictions, labels);
  step('collecting values', 0);
  const coding = await createDictionaries(build, sides);
  step('looking for repeated ids', 0);
  const contestedPredictions = await keepPredictions(build, sides);
  const quality = await measureQuality(build, sides);
  const contestedLabels = await keepLabels(build, sides, coding);
  step('joining predictions and labels', 0);
  await materialiseRows(build, sides, coding, quality);
  step('joining predictions and labels', rows);
  const ledger = await drawLedger(build, sides, { contestedPredictions, contestedLabels, quality });
  const few = await keepOddIds(build, sides, { contestedPredictions, contestedLabels, quality, ledger });
  let carried = null;
  if (former) {
    work.progress({ step: 'carrying over unchanged rows', done: 0, total: former.meta.rows, unit: 'rows' });
    carried = await writeRows(build);
    work.progress({ step: 'carrying over unchanged rows', done: carried.rows, total: former.meta.rows, unit: 'rows' });
  } else {
    await database.run('ALTER TABLE cache.row DROP COLUMN fate');
  }
  step('arranging values', rows);
  await arrangeValues(build, sides, carried);
  return {
    ledger: { ...ledger, notes: sortedNotes(notes) },
    classes: coding.classes,
    segments: sides.segments.map(({ name }) => name),
    versions: sides.versions.map(({ name }) => name),
    features: sides.features.map(({ column, kind }, position) => ({
      name: column.name,
      kind,
      position,
      type: column.type,
      identifierLike: coding.identifierLike.has(position),
    })),
    ...(await readSpan(build)),
    hasLabelTimes: sides.hasLabelTimes,
    hasScores: sides.hasScores,
    basis:
      few && coding.oneSpelling && sides.shape !== null
        ? { engine, shape: sides.shape, foreignDays: sides.foreignDays }
        : null,
  };
}

/** Queries overlap, so notes arrive in any order; the ledger is the same bytes every time. */
function sortedNotes(notes: LedgerNote[]): LedgerNote[] {
  const key = (note: LedgerNote) => JSON.stringify([note.code, note.column ?? '', note.file ?? '', note.text]);
  return [...notes].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
