import { UserFault, WorkbenchError } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import { readEnds } from '../../platform/files.ts';
import { quoteLiteral } from '../../platform/sql.ts';
import { literalPath, type SourceFile, type SourceListing } from './source-files.ts';

export type ColumnKind = 'integer' | 'float' | 'text' | 'boolean' | 'naive' | 'zoned' | 'date' | 'other';

export interface ParquetColumn {
  /** As written in the file. */
  name: string;
  /** As DuckDB calls it: different when names repeat or differ only in case. */
  sqlName: string;
  type: string;
  kind: ColumnKind;
}

/** Files of one side that share a schema, down to the order of columns. */
export interface SchemaGroup {
  files: SourceFile[];
  columns: ParquetColumn[];
}

export interface SourceSchema {
  listing: SourceListing;
  groups: SchemaGroup[];
  rows: number;
}

const magic = 'PAR1';

/** What can be told from the ends of a file, before DuckDB sees it. */
export async function checkEnds(file: SourceFile): Promise<void> {
  if (file.size === 0) throw new UserFault(`file is empty (0 bytes), export it again: ${file.relative}`);
  const { head, tail } = await readEnds(file.path, file.size, 8);
  if (head.toString('latin1', 0, 4) === 'PARE' || tail.toString('latin1', 4) === 'PARE') {
    throw new UserFault(`encrypted Parquet cannot be read, export it without encryption: ${file.relative}`);
  }
  if (head.toString('latin1', 0, 4) !== magic)
    throw new UserFault(`not a Parquet file, export it as Parquet or move it away: ${file.relative}`);
  if (file.size < 12 || tail.toString('latin1', 4) !== magic || tail.readUInt32LE(0) + 12 > file.size) {
    throw new UserFault(`Parquet file is truncated, copy or export it again: ${file.relative}`);
  }
}

export const fileListSql = (files: readonly SourceFile[]): string =>
  `[${files.map((file) => quoteLiteral(literalPath(file.path))).join(', ')}]`;

export const readParquetSql = (files: readonly SourceFile[]): string =>
  `read_parquet(${fileListSql(files)}, hive_partitioning = false, union_by_name = false)`;

export async function readSchema(database: Database, listing: SourceListing): Promise<SourceSchema> {
  const { files } = listing;
  const list = fileListSql(files);
  const footers = await orNameTheFile(files, () =>
    Promise.all([
      database.rows<{ file: string; rows: number }>(
        `SELECT file_name AS file, num_rows AS rows FROM parquet_file_metadata(${list})`,
      ),
      database.rows<{ file: string; signature: string }>(
        `SELECT file_name AS file, md5(string_agg(concat_ws(chr(31), name, type, num_children, converted_type, logical_type, duckdb_type, repetition_type), chr(30) ORDER BY column_id)) AS signature
         FROM parquet_schema(${list}) GROUP BY file_name`,
      ),
    ]),
  )((file) => database.rows(`SELECT num_rows FROM parquet_file_metadata(${fileListSql([file])})`));
  const [metadata, signatures] = footers;
  const signatureOf = new Map(signatures.map((row) => [row.file, row.signature]));
  const bySignature = new Map<string, SourceFile[]>();
  for (const file of files) {
    // A partition key counts as part of the schema: a column may be in the file here and in the path there.
    const key = `${signatureOf.get(file.path)} ${file.partitions.map(([name]) => name).join('/')}`;
    const group = bySignature.get(key);
    if (group) group.push(file);
    else bySignature.set(key, [file]);
  }
  const groups: SchemaGroup[] = [];
  for (const group of bySignature.values()) {
    groups.push({ files: group, columns: await readColumns(database, group[0]!) });
  }
  return { listing, groups, rows: metadata.reduce((sum, row) => sum + row.rows, 0) };
}

async function readColumns(database: Database, file: SourceFile): Promise<ParquetColumn[]> {
  const [described, tree] = await Promise.all([
    database.rows<{ column_name: string; column_type: string }>(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${readParquetSql([file])})`,
    ),
    database.rows<{ name: string; children: number | null }>(
      `SELECT name, num_children AS children FROM parquet_schema(${fileListSql([file])}) ORDER BY column_id`,
    ),
  ]);
  const names = topLevelNames(tree);
  return described.map(({ column_name, column_type }, index) => ({
    name: names[index] ?? column_name,
    sqlName: column_name,
    type: column_type,
    kind: kindOfType(column_type),
  }));
}

/** The schema is stored as a flattened tree, every node followed by its children. */
function topLevelNames(tree: { name: string; children: number | null }[]): string[] {
  const names: string[] = [];
  let position = 1;
  const skip = () => {
    const node = tree[position++]!;
    for (let child = 0; child < (node.children ?? 0); child += 1) skip();
  };
  while (position < tree.length) {
    names.push(tree[position]!.name);
    skip();
  }
  return names;
}

export function kindOfType(type: string): ColumnKind {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(\d+,0\))$/.test(type)) return 'integer';
  if (/^(FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/.test(type)) return 'float';
  if (/^(VARCHAR|UUID|JSON|ENUM\(.*\))$/s.test(type)) return 'text';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'DATE') return 'date';
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return 'naive';
  if (/^(TIMESTAMP WITH TIME ZONE|TIMESTAMPTZ)/.test(type)) return 'zoned';
  return 'other';
}

/** Runs a query over all files; when it fails, asks each file alone so that the sentence names the broken one. */
function orNameTheFile<T>(files: readonly SourceFile[], all: () => Promise<T>) {
  return async (one: (file: SourceFile) => Promise<unknown>): Promise<T> => {
    try {
      return await all();
    } catch (error) {
      if (error instanceof WorkbenchError) throw error;
      for (const file of files) {
        try {
          await one(file);
        } catch (failure) {
          throw new UserFault(`Parquet footer is damaged, export the file again: ${file.relative}`, {
            reason: failure instanceof Error ? failure.message : String(failure),
          });
        }
      }
      throw error;
    }
  };
}
