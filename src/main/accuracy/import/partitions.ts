import { UserFault } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import { quoteIdentifier } from '../../platform/sql.ts';
import { partitionSql } from './columns.ts';
import { countWords } from './count-words.ts';
import { readParquetSql, type SourceSchema } from './parquet-schema.ts';

/** A file that sits under `country=DE` and says country = FR is wrong in one of the two places. */
export async function checkPartitions(database: Database, schema: SourceSchema): Promise<void> {
  for (const group of schema.groups) {
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
