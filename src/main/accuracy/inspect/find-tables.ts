import { dirname, matchesGlob, relative, sep } from 'node:path';
import { Cancelled } from '../../../shared/errors.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { FoundFile } from '../../platform/files.ts';
import { checkEnds, fileListSql } from '../import/parquet-schema.ts';
import type { SourceFile } from '../import/source-files.ts';
import { shown } from './column-names.ts';

/** Files that look like parts of one table. */
export interface FoundTable {
  /** As a `dataset.yaml` would name it: a folder, a file or a glob, relative to the inspected folder. */
  path: string;
  files: SourceFile[];
  rows: number;
  bytes: number;
  /** Columns inside the files, over all of them. */
  names: string[];
}

interface Footer {
  file: string;
  rows: number;
  names: string[];
}

interface Readable {
  file: SourceFile;
  names: string[];
  rows: number;
}

/** Files whose columns overlap at least this much (Jaccard) belong to one table. */
const sameTable = 0.6;

export async function findTables(
  database: Database,
  folder: string,
  found: FoundFile[],
): Promise<{ tables: FoundTable[]; remarks: string[] }> {
  const files = found.map((file) => asSource(folder, file));
  const { readable, remarks } = await readFooters(database, files);
  const clusters: Readable[][] = [];
  for (const group of byNames(readable)) {
    const home = clusters.find((cluster) => overlap(cluster[0]!.names, group[0]!.names) >= sameTable);
    if (home) home.push(...group);
    else clusters.push([...group]);
  }
  const tables = clusters.map((cluster) => {
    const members = cluster.map(({ file }) => file);
    return {
      path: pathOf(
        members,
        readable.map((one) => one.file),
      ),
      files: members,
      rows: cluster.reduce((sum, { rows }) => sum + rows, 0),
      bytes: members.reduce((sum, { size }) => sum + size, 0),
      names: [...new Set(cluster.flatMap(({ names }) => names))],
    };
  });
  return { tables, remarks };
}

function asSource(folder: string, file: FoundFile): SourceFile {
  const partitions = file.path
    .split(sep)
    .slice(0, -1)
    .flatMap((part): [string, string][] => {
      const at = part.indexOf('=');
      return at > 0 ? [[part.slice(0, at), part.slice(at + 1)]] : [];
    });
  return { ...file, relative: relative(folder, file.path).split(sep).join('/'), partitions };
}

/** Biggest groups first, so that a table is known by its usual columns and not by an odd file's. */
function byNames(readable: Readable[]): Readable[][] {
  const groups = new Map<string, Readable[]>();
  for (const one of readable) {
    const key = JSON.stringify(one.names);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

function overlap(a: string[], b: string[]): number {
  const other = new Set(b);
  const common = a.filter((name) => other.has(name)).length;
  return common / (a.length + b.length - common || 1);
}

async function readFooters(
  database: Database,
  files: SourceFile[],
): Promise<{ readable: Readable[]; remarks: string[] }> {
  const broken: SourceFile[] = [];
  const whole: SourceFile[] = [];
  for (const file of files) {
    try {
      await checkEnds(file);
      whole.push(file);
    } catch {
      broken.push(file);
    }
  }
  let footers: Footer[] = [];
  try {
    footers = whole.length > 0 ? await footersOf(database, whole) : [];
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    for (const file of whole) {
      try {
        footers.push(...(await footersOf(database, [file])));
      } catch (failure) {
        if (failure instanceof Cancelled) throw failure;
        broken.push(file);
      }
    }
  }
  const byPath = new Map(footers.map((footer) => [footer.file, footer]));
  const readable = whole.flatMap((file) => {
    const footer = byPath.get(file.path);
    return footer ? [{ file, names: footer.names, rows: footer.rows }] : [];
  });
  const remarks =
    broken.length > 0
      ? [
          `${broken.length} of ${files.length} files cannot be read as Parquet and were left out, first: ${shown(broken[0]!.relative)}`,
        ]
      : [];
  return { readable, remarks };
}

async function footersOf(database: Database, files: SourceFile[]): Promise<Footer[]> {
  const list = fileListSql(files);
  const [counts, columns] = await Promise.all([
    database.rows<{ file: string; rows: number }>(
      `SELECT file_name AS file, num_rows AS rows FROM parquet_file_metadata(${list})`,
    ),
    // Only leaves have no children; a nested column is known by its first leaf's path, which is enough to tell tables apart.
    database.rows<{ file: string; names: string }>(
      `SELECT file_name AS file, to_json(list(name ORDER BY column_id)) AS names
       FROM parquet_schema(${list}) WHERE coalesce(num_children, 0) = 0 GROUP BY file_name`,
    ),
  ]);
  const rowsOf = new Map(counts.map(({ file, rows }) => [file, rows]));
  return columns.map(({ file, names }) => ({
    file,
    rows: rowsOf.get(file) ?? 0,
    names: JSON.parse(names) as string[],
  }));
}

/** The shortest way to name exactly these files: their own folder, the one file, a pattern, or all of them by name. */
function pathOf(members: SourceFile[], all: SourceFile[]): string {
  const relatives = members.map((file) => file.relative);
  if (relatives.length === 1) {
    const [only] = relatives as [string];
    const folder = stripPartitions(dirname(only));
    // A partition folder with one file will have more tomorrow.
    return folder !== dirname(only) && isOnlyIn(folder, members, all) ? folder : only;
  }
  const folder = commonFolder(relatives.map((path) => stripPartitions(dirname(path))));
  if (isOnlyIn(folder, members, all)) return folder;
  const pattern = globOf(folder, relatives);
  const matched = all.filter((file) => matchesGlob(file.relative, pattern)).length;
  if (matched === members.length) return pattern;
  return relatives.length <= 50 ? `{${relatives.join(',')}}` : folder;
}

function isOnlyIn(folder: string, members: SourceFile[], all: SourceFile[]): boolean {
  const below = folder === '.' ? all : all.filter((file) => file.relative.startsWith(`${folder}/`));
  return below.length === members.length;
}

/** `predictions/dt=2026-03-01` and `predictions/2026/03/01` belong to `predictions`. */
function stripPartitions(folder: string): string {
  const parts = folder.split('/');
  while (parts.length > 0 && /=|^\d{1,4}$|^\d{4}-\d{2}(-\d{2})?$|^\d{6,8}$/.test(parts.at(-1)!)) parts.pop();
  return parts.join('/') || '.';
}

function commonFolder(folders: string[]): string {
  const split = folders.map((folder) => (folder === '.' ? [] : folder.split('/')));
  const shared: string[] = [];
  for (const [index, part] of split[0]!.entries()) {
    if (!split.every((parts) => parts[index] === part)) break;
    shared.push(part);
  }
  return shared.join('/') || '.';
}

/** `*_predictions.parquet`, `predictions_*.parquet`: the common beginning and end of the names in one folder. */
function globOf(folder: string, relatives: string[]): string {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const names = relatives.map((path) => path.slice(prefix.length));
  if (names.some((name) => name.includes('/'))) return `${prefix}**/${commonEdge(names.map(baseOf))}`;
  return `${prefix}${commonEdge(names)}`;
}

const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function commonEdge(names: string[]): string {
  const shortest = Math.min(...names.map((name) => name.length));
  let head = 0;
  while (head < shortest && names.every((name) => name[head] === names[0]![head])) head += 1;
  let tail = 0;
  while (tail < shortest - head && names.every((name) => name.at(-1 - tail) === names[0]!.at(-1 - tail))) tail += 1;
  return `${names[0]!.slice(0, head)}*${tail > 0 ? names[0]!.slice(-tail) : ''}`;
}
