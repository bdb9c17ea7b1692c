import { storeBins } from '../drift/store-bins.ts';
import { type BinnedColumn, MOST_EXACT_ROWS, SCORE_POSITION } from '../drift/stored-bins.ts';
import type { ImportBuild } from './import-build.ts';
import type { Sides } from './sides.ts';
import type { Carried } from './write-rows.ts';

/** Readers sort for themselves when there are more numeric features than this. */
const mostArrangedFeatures = 64;

/**
 * Scores and numeric features once more, arranged so that distances between distributions are quick: ascending, or, of very many
 * rows, binned by day; then days before the first other prediction keep their bins.
 */
export async function arrangeValues(build: ImportBuild, sides: Sides, carried: Carried | null): Promise<void> {
  const { database, spec, former } = build;
  const columns: BinnedColumn[] = sides.features.flatMap(({ kind }, position) =>
    kind === 'numeric' ? [{ position, sql: `f${position}` }] : [],
  );
  if (columns.length > mostArrangedFeatures) columns.length = 0;
  if (spec.task === 'regression') columns.push({ position: SCORE_POSITION, sql: 'predicted' });
  else if (sides.hasScores) columns.push({ position: SCORE_POSITION, sql: 'score' });
  const [line] = await database.rows<{ rows: number }>('SELECT count(*) AS rows FROM cache.row');
  const { rows } = line!;
  if (carried?.since === null) return;
  if (former && carried && former.meta.rows > MOST_EXACT_ROWS && rows > MOST_EXACT_ROWS) {
    return storeBins(database, 'cache.', columns, rows, {
      ...carried,
      rows: former.meta.rows,
      since: carried.since,
    });
  }
  await dropArranged(build);
  if (rows > MOST_EXACT_ROWS) return storeBins(database, 'cache.', columns, rows);
  for (const { position, sql } of columns) {
    const name = position === SCORE_POSITION ? 'sorted_score' : `sorted_f${position}`;
    await database.run(
      `CREATE TABLE cache.${name} AS SELECT ${sql} AS value, day FROM cache.row WHERE ${sql} IS NOT NULL ORDER BY value, day`,
    );
  }
}

/** What the former import arranged. */
async function dropArranged({ database, former }: ImportBuild): Promise<void> {
  if (!former) return;
  const tables = await database.rows<{ name: string }>(
    `SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'cache'
       AND (starts_with(table_name, 'sorted_') OR starts_with(table_name, 'value_'))`,
  );
  for (const { name } of tables) await database.run(`DROP TABLE cache.${name}`);
}
