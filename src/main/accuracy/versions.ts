import type { VersionChange } from '../../shared/model/comparison.ts';
import type { Database } from '../platform/duckdb.ts';
import { dayText } from './days.ts';
import type { OpenDataset } from './open-dataset.ts';
import { remembered } from './remembered.ts';

/** Days on which the version that answers most of the day's predictions is another than the day before; read once for an open dataset. */
export const versionChanges = (dataset: OpenDataset, where = 'TRUE'): Promise<VersionChange[]> =>
  remembered(dataset, 'versions', (database) => readChanges(dataset, database, where), where);

async function readChanges(dataset: OpenDataset, database: Database, where: string): Promise<VersionChange[]> {
  if (dataset.versions.length === 0) return [];
  const columns = dataset.versions.map((_, position) => `v${position}`);
  const most = columns.map(
    (column, position) =>
      `SELECT ${position} AS position, day, arg_max(code, (n, -code)) AS code
       FROM (SELECT day, ${column} AS code, sum(n) AS n FROM seen GROUP BY ALL) GROUP BY day`,
  );
  const [lines, names] = await Promise.all([
    database.columns(
      `WITH seen AS MATERIALIZED (SELECT day, ${columns.join(', ')}, count(*) AS n FROM row WHERE ${where} GROUP BY ALL)
       ${most.join(' UNION ALL ')} ORDER BY position, day`,
    ) as Promise<Record<'position' | 'day' | 'code', Float64Array>>,
    Promise.all(dataset.versions.map((_, position) => dataset.dictionary('version', position))),
  ]);
  const { position, day, code } = lines;
  const changes: VersionChange[] = [];
  for (let i = 1; i < day.length; i++) {
    const of = position[i] as number;
    if (of !== position[i - 1] || code[i] === code[i - 1]) continue;
    const text = (line: number): string => names[of]?.[code[line] as number] ?? '(missing)';
    changes.push({
      column: dataset.versions[of] as string,
      from: text(i - 1),
      to: text(i),
      at: dayText(day[i] as number),
    });
  }
  return changes.sort(
    (a, b) => a.at.localeCompare(b.at, 'en') || dataset.versions.indexOf(a.column) - dataset.versions.indexOf(b.column),
  );
}
