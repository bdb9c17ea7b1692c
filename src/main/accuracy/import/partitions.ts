import { UserFault } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import { quoteIdentifier } from '../../platform/sql.ts';
import { type BoundColumn, partitionSql } from './columns.ts';
import { countWords } from './count-words.ts';
import { onlyFiles } from './former-import.ts';
import type { ImportBuild } from './import-build.ts';
import { dayOfSql, type InstantPlan } from './instants.ts';
import { readParquetSql, type SourceSchema } from './parquet-schema.ts';

/** A file that sits under `country=DE` and says country = FR is wrong in one of the two places. */
export async function checkPartitions(database: Database, schema: SourceSchema): Promise<void> {
  for (const group of schema.groups.filter(({ files }) => files.length > 0)) {
    for (const [key] of group.files[0]!.partitions) {
      const column = group.columns.find(({ name }) => name === key);
      if (!column || column.kind === 'other') continue;
      const value = quoteIdentifier(column.sqlName);
      const path = partitionSql(key);
      const differs =
        column.kind === 'naive' || column.kind === 'zoned'
          ? // A day in the path and an instant in the file agree when the instant lies on that day.
            `CAST(${value} AS VARCHAR) IS DISTINCT FROM ${path} AND CAST(CAST(${value} AS DATE) AS VARCHAR) IS DISTINCT FROM ${path}`
          : `CAST(${value} AS VARCHAR) IS DISTINCT FROM ${path} AND TRY_CAST(${path} AS ${column.type}) IS DISTINCT FROM ${value}`;
      const rows = await database.rows<{ file: string; n: number; inside: string | null }>(
        `SELECT filename AS file, count(*) AS n, min(CAST(${value} AS VARCHAR)) AS inside
         FROM ${readParquetSql(group.files)} WHERE ${differs} GROUP BY filename ORDER BY filename`,
      );
      if (rows.length === 0) continue;
      const total = rows.reduce((sum, row) => sum + row.n, 0);
      const first = group.files.find((file) => file.path === rows[0]!.file) ?? group.files[0]!;
      throw new UserFault(
        `the folder says ${key}=${first.partitions.find(([name]) => name === key)![1]} but ${countWords(total, 'row|rows')} in ${countWords(rows.length, `${schema.listing.side} file|files`)} ${total === 1 ? 'holds' : 'hold'} another value (${rows[0]!.inside}), first: ${first.relative}`,
        { column: key, count: total },
      );
    }
  }
}

const isDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value);

/**
 * Exports lie in folders by day. Where most rows of a side agree with their folder, the ones that do not are counted:
 * a part written twice or into the wrong folder shows here and nowhere else. Says whether there are any.
 */
export async function noteForeignDays(
  build: ImportBuild,
  schema: SourceSchema,
  time: BoundColumn,
  plan: InstantPlan,
): Promise<boolean> {
  const { side } = schema.listing;
  if (build.former && !build.former.basis.foreignDays[side]) {
    const found = await countForeignDays(build, onlyFiles(schema, build.former.news[side]), time, plan);
    if (found.every(({ foreign }) => foreign === 0)) return false;
  }
  const found = await countForeignDays(build, schema, time, plan);
  for (const { key, rows, foreign, files } of found) {
    if (foreign === 0 || foreign * 2 > rows) continue;
    const first = files.sort()[0]!;
    build.notes.push({
      code: 'foreign-days',
      column: time.name,
      file: first,
      count: foreign,
      text: countWords(
        foreign,
        `row|rows in ${countWords(files.length, 'file|files')} of ${side} lies|lie in a {} folder of another day than {}, first: {}`,
        key,
        time.name,
        first,
      ),
    });
  }
  return found.some(({ foreign }) => foreign > 0);
}

interface ForeignDays {
  key: string;
  rows: number;
  foreign: number;
  files: string[];
}

async function countForeignDays(
  { database, spec }: ImportBuild,
  schema: SourceSchema,
  time: BoundColumn,
  plan: InstantPlan,
): Promise<ForeignDays[]> {
  const all: ForeignDays[] = [];
  for (const key of new Set(
    schema.groups.flatMap(({ files }) =>
      files.slice(0, 1).flatMap(({ partitions }) => partitions.map(([name]) => name)),
    ),
  )) {
    const found: ForeignDays = { key, rows: 0, foreign: 0, files: [] };
    for (const [index, group] of schema.groups.entries()) {
      if (!group.files.some(({ partitions }) => partitions.some(([name, value]) => name === key && isDay(value))))
        continue;
      const rows = await database.rows<{ file: string; n: number; foreign: number }>(
        `SELECT filename AS file, count(*) AS n,
           count(*) FILTER (${dayOfSql(plan.microseconds, spec.timezone)} <> day) AS foreign
         FROM (SELECT filename, ${time.expressions[index]} AS moment, TRY_CAST(${partitionSql(key)} AS DATE) - DATE '1970-01-01' AS day
               FROM ${readParquetSql(group.files)}) WHERE day IS NOT NULL GROUP BY filename`,
      );
      for (const row of rows) {
        found.rows += row.n;
        found.foreign += row.foreign;
        if (row.foreign > 0) found.files.push(group.files.find(({ path }) => path === row.file)?.relative ?? row.file);
      }
    }
    all.push(found);
  }
  return all;
}
