import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hoursBetween } from '../../../src/main/accuracy/days.ts';
import { storeBins } from '../../../src/main/accuracy/drift/store-bins.ts';
import { SCORE_POSITION } from '../../../src/main/accuracy/drift/stored-bins.ts';
import type { OpenDataset } from '../../../src/main/accuracy/open-dataset.ts';
import { openDatabase } from '../../../src/main/platform/duckdb.ts';
import type { Task } from '../../../src/shared/model/dataset.ts';

export interface SmallCache {
  dataset: OpenDataset;
  close(): Promise<void>;
}

export interface SmallCacheShape {
  /** SELECT giving the columns of `row`; it is stored ordered by (at_us). */
  rows: string;
  task?: Task;
  classes?: string[];
  segments?: { name: string; values: (string | null)[] }[];
  features?: { name: string; kind: 'numeric' | 'categorical'; values?: (string | null)[] }[];
  hasScores?: boolean;
  hasLabelTimes?: boolean;
  /** Whether score and numeric features have sorted tables; absent: yes. */
  sorted?: boolean;
  /** Bins per day instead, as an import of very many rows leaves them. */
  binned?: boolean;
}

/** A cache file with the tables an import leaves behind, filled by one SELECT. */
export async function smallCache(shape: SmallCacheShape): Promise<SmallCache> {
  const folder = await mkdtemp(join(tmpdir(), 'driftbench-cache-'));
  const path = join(folder, 'small.duckdb');
  const { rows, task = 'binary', classes = ['0', '1'], segments = [], features = [] } = shape;
  const hasScores = shape.hasScores ?? task !== 'regression';
  const writing = await openDatabase({ path });
  const lag = shape.hasLabelTimes ? `${hoursBetween('at_us', 'label_us')}::INTEGER` : 'NULL::INTEGER';
  const origin = '0::UBIGINT AS id_hash, 0::USMALLINT AS prediction_file, 0::USMALLINT AS label_file';
  await writing.run(`CREATE TABLE row AS SELECT *, ${lag} AS lag, ${origin} FROM (${rows}) ORDER BY at_us`);
  if (shape.binned) {
    const numeric = features.flatMap(({ kind }, k) => (kind === 'numeric' ? [{ position: k, sql: `f${k}` }] : []));
    const score = task === 'regression' ? 'predicted' : 'score';
    const [line] = await writing.rows<{ n: number }>('SELECT count(*) AS n FROM row');
    await storeBins(writing, '', [{ position: SCORE_POSITION, sql: score }, ...numeric], line?.n ?? 0);
  } else if (shape.sorted !== false) {
    const sorted = (name: string, column: string) =>
      writing.run(
        `CREATE TABLE ${name} AS SELECT ${column}::DOUBLE AS value, day FROM row WHERE ${column} IS NOT NULL ORDER BY value`,
      );
    if (task === 'regression') await sorted('sorted_score', 'predicted');
    else if (hasScores) await sorted('sorted_score', 'score');
    for (const [k, { kind }] of features.entries()) if (kind === 'numeric') await sorted(`sorted_f${k}`, `f${k}`);
  }
  const [span] = await writing.rows<{ first: number; last: number; instant: number }>(
    `SELECT min(day) AS first, max(day) AS last, ${shape.hasLabelTimes ? 'greatest(max(at_us), max(label_us))' : 'max(at_us)'} AS instant FROM row`,
  );
  await writing.close();
  const database = await openDatabase({ path, readOnly: true, threads: 2 });
  const day = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
  const dataset: OpenDataset = {
    id: 'small-00000000',
    name: 'small',
    sha256: '0'.repeat(64),
    spec: {
      name: 'small',
      task,
      timezone: 'UTC',
      predictions: { path: 'predictions', id: 'id', time: 'at', value: 'predicted' },
      labels: { path: 'labels', id: 'id', value: 'label' },
      segments: segments.map(({ name }) => name),
      keep: 'first',
    },
    ledger: {
      predictionRows: 0,
      distinctPredictions: 0,
      duplicatePredictions: 0,
      conflictingDuplicates: 0,
      labelRows: 0,
      matchedLabels: 0,
      orphanLabels: 0,
      earlyLabels: 0,
      conflictingLabels: 0,
      nullKeys: 0,
      badScores: { null: 0, nan: 0, infinite: 0, outOfRange: 0 },
      joined: 0,
      examples: {},
      notes: [],
    },
    classes: task === 'regression' ? [] : classes,
    segments: segments.map(({ name }) => name),
    versions: [],
    features: features.map(({ name, kind }, position) => ({ name, kind, position })),
    firstDay: day(span?.first ?? 0),
    lastDay: day(span?.last ?? 0),
    lastInstantUs: span?.instant ?? 0,
    hasLabelTimes: shape.hasLabelTimes ?? false,
    hasScores,
    dictionary: async (role, position) =>
      role === 'segment' ? (segments[position]?.values ?? []) : (features[position]?.values ?? []),
    database,
    close: () => database.close(),
  };
  return {
    dataset,
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** VALUES rows of (value, day) as SQL, doubles kept bit for bit. */
export const valueRows = (parts: { values: readonly (number | null)[]; day: number }[]): string =>
  parts
    .flatMap(({ values, day }) =>
      values.map((value) => `(${value === null ? 'NULL' : `'${value}'`}::DOUBLE, ${day}::INTEGER)`),
    )
    .join(', ');
