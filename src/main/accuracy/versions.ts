import type { VersionChange } from '../../shared/model/comparison.ts';
import type { Database } from '../platform/duckdb.ts';
import { dayText } from './days.ts';
import type { OpenDataset } from './open-dataset.ts';
import { remembered } from './remembered.ts';

/** Days on which the version that answers most of the day's predictions is another than the day before; read once for an open dataset. */
export const versionChanges = (dataset: OpenDataset, where = 'TRUE'): Promise<VersionChange[]> =>
  remembered(dataset, `versions where ${where}`, (database) => readChanges(dataset, database, where));

async function readChanges(dataset: OpenDataset, database: Database, where: string): Promise<VersionChange[]> {
  const changes = await Promise.all(
    dataset.versions.map(async (column, position) => {
      const names = await dataset.dictionary('version', position);
      const { day, code } = (await database.columns(
        `SELECT day, arg_max(code, (n, -code)) AS code FROM
           (SELECT day, v${position} AS code, count(*) AS n FROM row WHERE ${where} GROUP BY ALL)
         GROUP BY day ORDER BY day`,
      )) as Record<'day' | 'code', Float64Array>;
      const text = (i: number): string => names[code[i] as number] ?? '(missing)';
      return Array.from(day, (at, i) =>
        i > 0 && code[i] !== code[i - 1] ? [{ column, from: text(i - 1), to: text(i), at: dayText(at) }] : [],
      ).flat();
    }),
  );
  return changes
    .flat()
    .sort(
      (a, b) =>
        a.at.localeCompare(b.at, 'en') || dataset.versions.indexOf(a.column) - dataset.versions.indexOf(b.column),
    );
}
