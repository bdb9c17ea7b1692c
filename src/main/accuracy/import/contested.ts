import type { Database } from '../../platform/duckdb.ts';
import type { Coding } from './dictionaries.ts';
import type { ImportBuild } from './import-build.ts';
import { earlySql, type Sides } from './sides.ts';

/** What became of a label row; the numbers stand in the column `fate`. */
export const fates = { unlabelled: 0, matched: 1, early: 2, null: 3, infinite: 4, excluded: 5, orphan: 6 } as const;

export interface ContestedPredictions {
  nullKeys: number;
  /** `repeated_prediction(hash)` has them. */
  repeated: number;
  duplicates: number;
  conflicting: number;
}

/**
 * Creates the views `kept` and `wide_kept` (with features): one row per id. Ids that may repeat are found by hash (a superset, so equal hashes of
 * different ids do no harm) and only those are ranked.
 */
export async function keepPredictions(build: ImportBuild, sides: Sides): Promise<ContestedPredictions> {
  const { database } = build;
  const { repeated, nullKeys } = await repeatedHashes(build, sides, 'prediction');
  const present = nullKeys === 0 ? '' : 'WHERE key IS NOT NULL';
  if (repeated === 0) {
    await database.run(`CREATE VIEW kept AS SELECT * FROM prediction ${present}`);
    await database.run(`CREATE VIEW wide_kept AS SELECT * FROM wide_prediction ${present}`);
    return { nullKeys, repeated, duplicates: 0, conflicting: 0 };
  }
  const order = [
    'value',
    'score',
    ...sides.versions.map((_, index) => `v${index}`),
    ...sides.segments.map((_, index) => `s${index}`),
    ...sides.features.map((_, index) => `f${index}`),
    // Of rows that are equal it does not matter which is kept, but it is always the same one.
    'file',
  ].map((column) => `${column} NULLS LAST`);
  await database.run(
    `CREATE TABLE contested_prediction AS
     SELECT *, row_number() OVER (PARTITION BY key ORDER BY at_us NULLS LAST, ${order.join(', ')}) AS place
     FROM wide_prediction WHERE key IS NOT NULL AND hash(key) IN (SELECT hash FROM repeated_prediction)`,
  );
  const features = sides.features.map((_, index) => `f${index}`);
  for (const [view, source, left] of [
    ['kept', 'prediction', ['place', ...features]],
    ['wide_kept', 'wide_prediction', ['place']],
  ] as const) {
    await database.run(
      `CREATE VIEW ${view} AS
       SELECT p.* FROM ${source} p ANTI JOIN repeated_prediction ON hash(p.key) = repeated_prediction.hash ${present}
       UNION ALL SELECT * EXCLUDE (${left.join(', ')}) FROM contested_prediction WHERE place = 1`,
    );
  }
  const [counts] = await database.rows<{ duplicates: number }>(
    'SELECT count(*) AS duplicates FROM contested_prediction WHERE place > 1',
  );
  await database.run(
    `CREATE TABLE conflicting_prediction AS SELECT key FROM contested_prediction
     GROUP BY key HAVING count(DISTINCT {'value': value, 'score': score, 'at': at_us}) > 1`,
  );
  const [conflicts] = await database.rows<{ n: number }>('SELECT count(*) AS n FROM conflicting_prediction');
  return { nullKeys, repeated, duplicates: counts!.duplicates, conflicting: conflicts!.n };
}

export interface ContestedLabels {
  nullKeys: number;
  /** `repeated_label(hash)` has them. */
  repeated: number;
  /** Rows whose id may occur more than once; the rest are in `single_label`. */
  rows: number;
  byFate: Map<number, number>;
  superseded: number;
  conflicting: number;
}

/** Creates `usable_label(key, code, label_us, infinite, file, chosen)`: one row per id, by the rule `keep`. */
export async function keepLabels(build: ImportBuild, sides: Sides, coding: Coding): Promise<ContestedLabels> {
  const { database, spec } = build;
  const { repeated, nullKeys } = await repeatedHashes(build, sides, 'label');
  const present = nullKeys === 0 ? '' : 'WHERE key IS NOT NULL';
  const columns = `key, ${coding.label} AS code, label_us, infinite, file`;
  if (repeated === 0) {
    await database.run(`CREATE VIEW single_label AS SELECT ${columns} FROM label ${present}`);
    await database.run('CREATE VIEW usable_label AS SELECT *, FALSE AS chosen FROM single_label');
    return { nullKeys, repeated, rows: 0, byFate: new Map(), superseded: 0, conflicting: 0 };
  }
  await database.run(
    `CREATE VIEW single_label AS SELECT ${columns} FROM label ANTI JOIN repeated_label ON hash(label.key) = repeated_label.hash ${present}`,
  );
  await database.run(
    `CREATE TABLE contested_label AS
     SELECT l.key, l.code, l.label_us, l.file, CASE
         WHEN k.key IS NULL THEN ${fates.orphan} WHEN l.code IS NULL THEN ${fates.null} WHEN l.infinite THEN ${fates.infinite}
         WHEN k.at_us IS NULL THEN ${fates.excluded} WHEN ${earlySql(build, sides, 'l.label_us', 'k.at_us')} THEN ${fates.early}
         ELSE ${fates.matched} END AS fate
     FROM (SELECT key, at_us FROM kept) k
     RIGHT JOIN (SELECT ${columns} FROM label WHERE key IS NOT NULL AND hash(key) IN (SELECT hash FROM repeated_label)) l ON l.key = k.key`,
  );
  const direction = spec.keep === 'first' ? 'ASC' : 'DESC';
  await database.run(
    `CREATE TABLE chosen_label AS SELECT key, code, label_us, FALSE AS infinite, file, TRUE AS chosen FROM contested_label WHERE fate = ${fates.matched}
     QUALIFY row_number() OVER (PARTITION BY key ORDER BY label_us ${direction} NULLS LAST, code, file) = 1`,
  );
  await database.run(
    'CREATE VIEW usable_label AS SELECT *, FALSE AS chosen FROM single_label UNION ALL SELECT * FROM chosen_label',
  );
  await database.run(
    'CREATE TABLE conflicting_label AS SELECT key FROM contested_label WHERE code IS NOT NULL GROUP BY key HAVING count(DISTINCT code) > 1',
  );
  const [byFate, [chosen], [conflicts]] = await Promise.all([
    database.rows<{ fate: number; n: number }>('SELECT fate, count(*) AS n FROM contested_label GROUP BY fate'),
    database.rows<{ n: number }>('SELECT count(*) AS n FROM chosen_label'),
    database.rows<{ n: number }>('SELECT count(*) AS n FROM conflicting_label'),
  ]);
  const counts = new Map(byFate.map(({ fate, n }) => [fate, n]));
  const superseded = (counts.get(fates.matched) ?? 0) - chosen!.n;
  counts.delete(fates.matched);
  return {
    nullKeys,
    repeated,
    rows: byFate.reduce((sum, { n }) => sum + n, 0),
    byFate: counts,
    superseded,
    conflicting: conflicts!.n,
  };
}

/** Bits a set of whole-number ids may take for each of them, and in all. */
const BITS_PER_ID = 16;
const MOST_BITS = 500_000_000;

/** How many ids are missing when the others are whole numbers close together and each occurs once; null when that is not so, or not known. */
async function nullsAmongUnique(database: Database, view: 'prediction' | 'label'): Promise<number | null> {
  const [span] = await database.rows<{ rows: number; ids: number; low: string | null; high: string | null }>(
    `SELECT count(*) AS rows, count(key) AS ids, min(key)::VARCHAR AS low, max(key)::VARCHAR AS high FROM ${view}`,
  );
  if (!span || span.low === null || span.high === null) return null;
  const bits = BigInt(span.high) - BigInt(span.low) + 1n;
  if (bits > BigInt(Math.min(MOST_BITS, span.ids * BITS_PER_ID))) return null;
  const [set] = await database.rows<{ n: number }>(
    `SELECT bit_count(bitstring_agg(key, ${span.low}, ${span.high})) AS n FROM ${view}`,
  );
  return set?.n === span.ids ? span.rows - span.ids : null;
}

/**
 * Creates `repeated_<view>(hash)`. Rows without an id share the hash of NULL, so they are counted in the same scan; only
 * when that hash occurs are they counted exactly.
 */
async function repeatedHashes(
  build: ImportBuild,
  sides: Sides,
  view: 'prediction' | 'label',
): Promise<{ repeated: number; nullKeys: number }> {
  const { database } = build;
  const nullKeys = sides.keys.type === 'BIGINT' ? await nullsAmongUnique(database, view) : null;
  if (nullKeys !== null) return { repeated: 0, nullKeys };
  await database.run(
    `CREATE TABLE repeated_${view} AS SELECT hash(key) AS hash, count(*) AS n FROM ${view} GROUP BY 1
     HAVING count(*) > 1 OR hash(key) = hash(NULL)`,
  );
  const [found] = await database.rows<{ hashes: number; missing: number | null }>(
    `SELECT count(*) AS hashes, max(n) FILTER (hash = hash(NULL)) AS missing FROM repeated_${view}`,
  );
  const { hashes, missing } = found!;
  if (missing === null) return { repeated: hashes, nullKeys: 0 };
  const [row] = await database.rows<{ n: number }>(`SELECT count(*) AS n FROM ${view} WHERE key IS NULL`);
  if (row!.n === missing) {
    await database.run(`DELETE FROM repeated_${view} WHERE hash = hash(NULL)`);
    return { repeated: hashes - 1, nullKeys: row!.n };
  }
  return { repeated: hashes, nullKeys: row!.n };
}
