import type { Database } from '../../platform/duckdb.ts';
import { NotCarried } from './former-import.ts';
import type { ImportBuild } from './import-build.ts';

/** Of the former rows; writing more of them again than this costs more than sorting all of them. */
const MOST_REWRITTEN = 0.5;

export interface Carried {
  /** Rows that stayed where and as they were. */
  rows: number;
  /** From this day on predictions are others than before; null: only labels are. */
  since: number | null;
  /** New predictions lie after all others, and none is gone. */
  appended: boolean;
}

/**
 * Makes `cache.row`, a copy of the former rows, hold `made` and `carried`, sorted as ever. A label that came or went is written into its row;
 * from the first prediction on that is new, gone or other, the rows are written once more, under their old numbers: readers take every
 * so-manieth, so these have no gaps.
 */
export async function writeRows({ database }: ImportBuild): Promise<Carried> {
  const columns = await rowColumns(database);
  const names = columns.map(({ name }) => name).join(', ');
  await database.run(
    `CREATE TABLE former_row AS SELECT r.rowid AS place, r.at_us, r.id_hash, ${ofLabel.map((name) => `r.${name}`).join(', ')}, k.anew
     FROM cache.row r JOIN remade k ON r.id_hash = k.id_hash`,
  );
  for (const table of ['former_row', 'made']) await assertDistinct(database, table);
  await database.run(
    `CREATE TABLE paired AS SELECT f.place, f.anew, m.at_us, m.id_hash, ${ofLabel.map((name) => `m.${name}`).join(', ')},
       ${differs(columns.filter(isOfLabel))} AS relabelled
     FROM former_row f JOIN made m ON f.at_us = m.at_us AND f.id_hash = m.id_hash`,
  );
  const { rows, first } = await firstRewritten(database, columns);
  if (rows - first > rows * MOST_REWRITTEN) throw new NotCarried('most rows would be written again');
  await database.run(
    `UPDATE cache.row SET ${set(columns.filter(isOfLabel))} FROM paired n WHERE row.rowid = n.place AND n.relabelled AND n.place < ${first}`,
  );
  await database.run(
    `CREATE TABLE tail AS SELECT ${names}, ${first} + row_number() OVER (ORDER BY at_us, id_hash) - 1 AS place FROM (
       SELECT ${names} FROM cache.row WHERE rowid >= ${first} AND id_hash NOT IN (SELECT id_hash FROM remade)
       UNION ALL SELECT ${names} FROM made m
         ANTI JOIN (SELECT at_us, id_hash FROM paired WHERE place < ${first}) p ON m.at_us = p.at_us AND m.id_hash = p.id_hash)`,
  );
  const [counts] = await database.rows<{ tail: number; since: number | null; made: number }>(
    `SELECT (SELECT count(*) FROM tail) AS tail, (SELECT count(*) FROM made) AS made,
       least((SELECT min(day) FROM cache.row WHERE rowid >= ${first}), (SELECT min(day) FROM tail)) AS since`,
  );
  const { tail, since, made } = counts!;
  await database.run(`UPDATE cache.row SET ${set(columns)} FROM tail n WHERE row.rowid = n.place`);
  await database.run(`INSERT INTO cache.row SELECT ${names} FROM tail WHERE place >= ${rows} ORDER BY place`);
  await database.run(`DELETE FROM cache.row WHERE rowid >= ${first + tail}`);
  return { rows: Math.max(0, first + tail - made), since, appended: first === rows };
}

interface RowColumn {
  name: string;
  type: string;
}

const ofLabel = ['label', 'label_us', 'lag', 'label_file'];
const isOfLabel = ({ name }: RowColumn): boolean => ofLabel.includes(name);

const set = (columns: readonly RowColumn[]): string => columns.map(({ name }) => `${name} = n.${name}`).join(', ');

/** Row `f` differs from row `m`; 0 and -0 are two values. */
const differs = (columns: readonly RowColumn[]): string =>
  columns
    .flatMap(({ name, type }) => [
      `f.${name} IS DISTINCT FROM m.${name}`,
      ...(type === 'DOUBLE' ? [`signbit(f.${name}) IS DISTINCT FROM signbit(m.${name})`] : []),
    ])
    .join(' OR ');

const rowColumns = (database: Database): Promise<RowColumn[]> =>
  database.rows(
    `SELECT column_name AS name, data_type AS type FROM duckdb_columns()
     WHERE database_name = 'cache' AND table_name = 'row' ORDER BY column_index`,
  );

/** Rows are told apart by instant and hash; two that share both lie in an order only the ids know. */
async function assertDistinct(database: Database, table: string): Promise<void> {
  const [twice] = await database.rows(
    `SELECT 1 AS found FROM ${table} GROUP BY at_us, id_hash HAVING count(*) > 1 LIMIT 1`,
  );
  if (twice) throw new NotCarried('two rows share instant and hash');
}

/** The number of former rows, and the first of them where a prediction is gone or other, or before which a new one belongs. */
async function firstRewritten(
  database: Database,
  columns: readonly RowColumn[],
): Promise<{ rows: number; first: number }> {
  const [anew] = await database.rows<{ n: number }>('SELECT count(*) AS n FROM paired WHERE anew');
  const values = columns.filter((column) => !isOfLabel(column));
  const other = `SELECT min(f.rowid) FROM cache.row f JOIN (
    SELECT made.*, place FROM made JOIN paired ON made.at_us = paired.at_us AND made.id_hash = paired.id_hash WHERE anew) m
    ON f.rowid = m.place WHERE ${differs(values)}`;
  const [found] = await database.rows<{ rows: number; first: number | null }>(
    `WITH fresh AS (SELECT m.at_us, m.id_hash FROM made m ANTI JOIN paired p ON m.at_us = p.at_us AND m.id_hash = p.id_hash
                    ORDER BY ALL LIMIT 1)
     SELECT (SELECT count(*) FROM cache.row) AS "rows", least(
       (SELECT min(place) FROM former_row WHERE place NOT IN (SELECT place FROM paired)),
       (${anew!.n > 0 ? other : 'NULL'}),
       (SELECT min(r.rowid) FROM cache.row r, fresh WHERE r.at_us > fresh.at_us OR (r.at_us = fresh.at_us AND r.id_hash > fresh.id_hash))
     ) AS first`,
  );
  return { rows: found!.rows, first: found!.first ?? found!.rows };
}
