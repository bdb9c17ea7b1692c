import { Cancelled } from '../../../shared/errors.ts';
import type { SourceColumn } from '../../../shared/model/dataset.ts';
import type { Database } from '../../platform/duckdb.ts';
import { quoteIdentifier } from '../../platform/sql.ts';
import { fileListSql, kindOfType, readParquetSql } from '../import/parquet-schema.ts';
import type { SourceFile } from '../import/source-files.ts';
import { shown } from './column-names.ts';
import type { FoundTable } from './find-tables.ts';

/** A column as shown, and what guessing needs besides. */
export interface SampledColumn extends SourceColumn {
  /** From the folder names, not from the files. */
  partition: boolean;
  /** Rows of the sample that are not null. */
  filled: number;
  low: number | null;
  high: number | null;
  /** Every filled value is a whole number. */
  whole: boolean;
  /** Share of filled texts that read as an instant. */
  instants: number;
  /** All values, when there are at most `listedValues`. */
  values: string[] | null;
}

export interface SampledTable extends FoundTable {
  columns: SampledColumn[];
  /** Name of the temporary table that holds the sample. */
  sample: string;
  sampledRows: number;
}

const filesSampled = 12;
const cellsSampled = 600_000;
const rowsSampled = { least: 200, most: 20_000 };
const columnsAtOnce = 60;
const listedValues = 200;
const shownSamples = 5;

/** Reads a bounded part of some files spread over the table: it never depends on how big the table is. */
export async function sampleTable(
  database: Database,
  table: FoundTable,
  index: number,
  remarks: string[],
): Promise<SampledTable | null> {
  const files = spread(table.files, filesSampled);
  const wanted = Math.floor(cellsSampled / Math.max(1, table.names.length));
  const rows = Math.min(rowsSampled.most, Math.max(rowsSampled.least, wanted));
  const each = Math.ceil(rows / files.length);
  const sample = `sample_${index}`;
  if (!(await fillSample(database, sample, files, each, remarks))) return null;
  const described = await database.rows<{ column_name: string; column_type: string }>(
    `SELECT column_name, column_type FROM (DESCRIBE ${sample})`,
  );
  const columns: SampledColumn[] = [];
  for (let from = 0; from < described.length; from += columnsAtOnce) {
    columns.push(...(await readColumns(database, sample, described.slice(from, from + columnsAtOnce))));
  }
  const [count] = await database.rows<{ n: number }>(`SELECT count(*) AS n FROM ${sample}`);
  const inFiles = new Set(columns.map((column) => column.name));
  const partitions = partitionColumns(table).filter((column) => !inFiles.has(column.name));
  return { ...table, sample, sampledRows: count!.n, columns: [...columns, ...partitions] };
}

/** Data pages may be damaged behind an intact footer: such files are named and the others used. */
async function fillSample(
  database: Database,
  sample: string,
  files: SourceFile[],
  each: number,
  remarks: string[],
): Promise<boolean> {
  const part = (file: SourceFile) => `(SELECT * FROM ${readParquetSql([file])} LIMIT ${each})`;
  const fill = (from: SourceFile[]) =>
    database.run(`CREATE OR REPLACE TABLE ${sample} AS ${from.map(part).join(' UNION ALL BY NAME ')}`);
  try {
    await fill(files);
    return true;
  } catch (error) {
    if (error instanceof Cancelled) throw error;
  }
  const whole: SourceFile[] = [];
  for (const file of files) {
    try {
      await fill([file]);
      whole.push(file);
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      remarks.push(`a file is damaged inside and was left out of the sample: ${shown(file.relative)}`);
    }
  }
  if (whole.length === 0) return false;
  try {
    await fill(whole);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    remarks.push(`files disagree about the type of a column, only the first was sampled: ${shown(whole[0]!.relative)}`);
    await fill(whole.slice(0, 1));
  }
  return true;
}

function spread<T>(items: T[], most: number): T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, k) => items[Math.round((k * (items.length - 1)) / (most - 1))]!);
}

async function readColumns(
  database: Database,
  sample: string,
  described: { column_name: string; column_type: string }[],
): Promise<SampledColumn[]> {
  const expressions = described.flatMap(({ column_name, column_type }, k) => {
    const column = quoteIdentifier(column_name);
    const kind = kindOfType(column_type);
    const text = kind === 'other' ? `left(${column}::VARCHAR, 80)` : `${column}::VARCHAR`;
    const numeric = kind === 'integer' || kind === 'float';
    const number = `CASE WHEN isfinite(${column}::DOUBLE) THEN ${column}::DOUBLE END`;
    return [
      `count(${column}) AS filled${k}`,
      // Distinct values of a collected list: a DISTINCT aggregate costs a hash table of its own for each of 2 000 columns.
      `list_distinct(list(${kind === 'text' || kind === 'other' ? `left(${text}, 80)` : column})) AS list${k}`,
      `${numeric ? `min(${number})` : 'NULL'} AS low${k}`,
      `${numeric ? `max(${number})` : 'NULL'} AS high${k}`,
      `${numeric ? `coalesce(bool_and(${number} = floor(${number})), false)` : 'false'} AS whole${k}`,
      `${kind === 'text' ? `coalesce(avg((TRY_CAST(${text} AS TIMESTAMP WITH TIME ZONE) IS NOT NULL)::INTEGER) FILTER (WHERE ${column} IS NOT NULL), 0)` : '0'} AS instants${k}`,
    ];
  });
  const lists = described.map(
    (_, k) =>
      `coalesce(len(list${k}), 0) AS distinct${k}, to_json(list_slice(list_sort(list${k}), 1, ${listedValues + 1})::VARCHAR[]) AS values${k}`,
  );
  const names = described.map((_, k) => `list${k}`).join(', ');
  const [row] = await database.rows(
    `SELECT * EXCLUDE (${names}), ${lists.join(', ')}
     FROM (SELECT count(*) AS n, ${expressions.join(', ')} FROM ${sample})`,
  );
  const of = (name: string) => row![name] ?? null;
  const n = Number(of('n'));
  return described.map(({ column_name, column_type }, k) => {
    const filled = Number(of(`filled${k}`));
    const values = (JSON.parse(String(of(`values${k}`) ?? '[]')) ?? []) as string[];
    const all = values.length <= listedValues;
    return {
      name: column_name,
      type: column_type,
      kind: shownKind(column_type),
      samples: spread(values, shownSamples),
      nullShare: n > 0 ? 1 - filled / n : null,
      distinct: Number(of(`distinct${k}`)),
      partition: false,
      filled,
      low: of(`low${k}`) as number | null,
      high: of(`high${k}`) as number | null,
      whole: of(`whole${k}`) === true,
      instants: Number(of(`instants${k}`)),
      values: all ? values : null,
    };
  });
}

function shownKind(type: string): SourceColumn['kind'] {
  const kind = kindOfType(type);
  if (kind === 'float') return 'number';
  return kind === 'naive' || kind === 'zoned' || kind === 'date' ? 'time' : kind;
}

function partitionColumns(table: FoundTable): SampledColumn[] {
  const values = new Map<string, Set<string>>();
  for (const file of table.files) {
    for (const [name, value] of file.partitions) values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  return [...values].map(([name, found]) => {
    const all = [...found].sort();
    const dates = all.filter((value) => /^\d{4}-\d{2}-\d{2}/.test(value)).length;
    return {
      name,
      type: 'VARCHAR',
      kind: 'text',
      samples: spread(all, shownSamples),
      nullShare: 0,
      distinct: all.length,
      partition: true,
      filled: table.rows,
      low: null,
      high: null,
      whole: all.every((value) => /^\d+$/.test(value)),
      instants: dates / all.length,
      values: all.length <= listedValues ? all : null,
    };
  });
}

/** Predictions beyond this many rows are not searched for a handful of ids. */
const searchedRows = 10_000_000;

/** Share of some sampled label ids that occur among the predictions; null when there are too many to look through. */
export async function sharedKeys(
  database: Database,
  labels: SampledTable,
  labelId: string,
  predictions: SampledTable,
  predictionId: string,
): Promise<number | null> {
  if (predictions.rows > searchedRows) return null;
  try {
    return await shareFound(database, labels, labelId, predictions, predictionId);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    // Files that cannot be read together are the import's to explain.
    return null;
  }
}

async function shareFound(
  database: Database,
  labels: SampledTable,
  labelId: string,
  predictions: SampledTable,
  predictionId: string,
): Promise<number | null> {
  const id = quoteIdentifier(predictionId);
  const [row] = await database.rows<{ share: number | null }>(
    `SELECT avg((k IN (SELECT ${id}::VARCHAR FROM ${readByNameSql(predictions)}))::INTEGER) AS share
     FROM (SELECT ${quoteIdentifier(labelId)}::VARCHAR AS k FROM ${labels.sample}
       WHERE k IS NOT NULL ORDER BY hash(k) LIMIT 400)`,
  );
  return row?.share ?? null;
}

const readByNameSql = (table: FoundTable) =>
  `read_parquet(${fileListSql(table.files)}, hive_partitioning = false, union_by_name = true)`;

/** Mean score per predicted value, to see what the score is a probability of. */
export async function scoreByValue(
  database: Database,
  table: SampledTable,
  value: string,
  score: string,
): Promise<Map<string, number>> {
  const rows = await database.rows<{ value: string; score: number }>(
    `SELECT ${quoteIdentifier(value)}::VARCHAR AS value, avg(${quoteIdentifier(score)}::DOUBLE) AS score
     FROM ${table.sample} WHERE ${quoteIdentifier(value)} IS NOT NULL
       AND isfinite(${quoteIdentifier(score)}::DOUBLE) GROUP BY 1 LIMIT 50`,
  );
  return new Map(rows.map((row) => [row.value, row.score]));
}
