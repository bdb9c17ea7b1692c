import type { Database } from '../../platform/duckdb.ts';
import { quoteLiteral } from '../../platform/sql.ts';
import type { BoundColumn } from './columns.ts';
import { type FormerImport, NotCarried, onlyFiles } from './former-import.ts';
import type { ImportBuild } from './import-build.ts';
import type { KeyPlan } from './keys.ts';
import { readParquetSql, type SourceSchema } from './parquet-schema.ts';
import { fileTagSql, idHashSql } from './row-origin.ts';

export interface ViewColumn {
  name: string;
  column: BoundColumn;
}

export interface RawSide {
  schema: SourceSchema;
  /** The id is called `key`. */
  columns: ViewColumn[];
}

/** Ids that are read again although nothing changed about them: they show in which form the unchanged files write their times. */
const PLAIN_IDS = 100;
/** Of the former rows; where more of them have to be made again, making all of them costs no more. */
const MOST_REMADE = 0.5;

/**
 * Creates `raw_prediction` and `raw_label` with the columns of the files as they stand and `source`, the path of the file: views of all rows or,
 * after a former import, tables of the rows it cannot answer for. Then `remade(id_hash, anew)` says whose these are and whose prediction
 * may have changed; `carried` is what stays of `cache.row` - ids with one prediction and at most one label, about which the ledger has
 * nothing to say, in files that did not change - and `carried_count(predicted, label, score, n)` how many rows that are, with the lowest score.
 */
export async function createRawRows(
  build: ImportBuild,
  keys: KeyPlan,
  predictions: RawSide,
  labels: RawSide,
): Promise<void> {
  const { database, former, spec } = build;
  if (!former) {
    await createRawView(database, 'raw_prediction', predictions);
    await createRawView(database, 'raw_label', labels);
    return;
  }
  const idHash = idHashSql(`CAST(key AS ${keys.type})`);
  await createRawView(database, 'every_prediction', predictions);
  await createRawView(database, 'every_label', labels);
  const inNews = (side: RawSide) =>
    rawSql({ ...side, schema: onlyFiles(side.schema, former.news[side.schema.listing.side]) });
  const gone = former.gone.predictions.length > 0;
  const parts = [
    ...some(inNews(predictions), (sql) => `SELECT ${idHash} AS id_hash, TRUE AS anew FROM (${sql})`),
    ...some(inNews(labels), (sql) => `SELECT ${idHash} AS id_hash, FALSE AS anew FROM (${sql})`),
    `SELECT id_hash, ${gone} AS anew FROM cache.odd_id`,
    `SELECT id_hash, TRUE AS anew FROM cache.row WHERE ${fromGone('prediction_file', former, predictions)}`,
    `SELECT id_hash, FALSE AS anew FROM cache.row WHERE ${fromGone('label_file', former, labels)}`,
    `(SELECT id_hash, FALSE AS anew FROM cache.row WHERE label IS NOT NULL LIMIT ${PLAIN_IDS})`,
  ];
  await database.run(
    `CREATE TABLE remade AS SELECT id_hash, bool_or(anew) AS anew FROM (${parts.join(' UNION ALL ')}) GROUP BY id_hash`,
  );
  const [size] = await database.rows<{ ids: number }>('SELECT count(*) AS ids FROM remade');
  if (size!.ids > former.meta.rows * MOST_REMADE) throw new NotCarried('most ids are to be made again');
  await database.run('CREATE VIEW carried AS SELECT * FROM cache.row ANTI JOIN remade USING (id_hash)');
  // Of a regression only whether there is a label.
  const groups =
    spec.task === 'regression' ? '0 AS predicted, if(label IS NULL, NULL, 0) AS label' : 'predicted, label';
  await database.run(
    `CREATE TABLE carried_count AS SELECT ${groups}, min(score) AS score, count(*) AS n FROM carried GROUP BY ALL`,
  );
  for (const side of ['prediction', 'label']) {
    await database.run(
      `CREATE TABLE raw_${side} AS SELECT * FROM every_${side} WHERE ${idHash} IN (SELECT id_hash FROM remade)`,
    );
  }
}

function fromGone(column: string, { gone }: FormerImport, { schema: { listing } }: RawSide): string {
  const tags = gone[listing.side].map((path) => fileTagSql(quoteLiteral(path), listing.root));
  return tags.length === 0 ? 'FALSE' : `${column} IN (${tags.join(', ')})`;
}

async function createRawView(database: Database, view: string, side: RawSide): Promise<void> {
  await database.run(`CREATE VIEW ${view} AS ${rawSql(side)}`);
}

/** Empty without files. */
function rawSql({ schema, columns }: RawSide): string {
  const parts = schema.groups.flatMap((group, index) => {
    if (group.files.length === 0) return [];
    const list = columns.map(({ name, column }) => `${column.expressions[index]} AS ${name}`).join(', ');
    return [`SELECT ${list}, filename AS source FROM ${readParquetSql(group.files)}`];
  });
  return parts.join(' UNION ALL ');
}

const some = (sql: string, part: (sql: string) => string): string[] => (sql === '' ? [] : [part(sql)]);
