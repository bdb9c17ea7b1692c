import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UserFault } from '../../shared/errors.ts';
import type { BrowsedFiles, FolderListing } from '../../shared/model/browse.ts';

const shown = 2000;

type Kind = FolderListing['entries'][number]['kind'];

const resultFile = /\.(json|jsonl|ndjson|csv|tsv|txt|log|out|sql)$/i;

const kindOf = (name: string, files: BrowsedFiles): Kind | null => {
  if (files === 'results') return resultFile.test(name) ? 'result' : null;
  if (/\.(parquet|pq)$/i.test(name)) return 'parquet';
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  return null;
};

const byKindAndName = (a: { kind: Kind; name: string }, b: { kind: Kind; name: string }): number =>
  Number(a.kind !== 'folder') - Number(b.kind !== 'folder') || (a.name < b.name ? -1 : 1);

/** What a path picker shows of a folder; the home folder when none is named. */
export const browse = async (path = homedir(), files: BrowsedFiles = 'dataset'): Promise<FolderListing> => {
  const folder = resolve(path);
  const found = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new UserFault(`folder cannot be read: ${folder}`);
  });
  const entries: FolderListing['entries'] = [];
  for (const entry of found) {
    if (entry.name.startsWith('.')) continue;
    const full = join(folder, entry.name);
    const target = entry.isSymbolicLink() ? await stat(full).catch(() => null) : entry;
    if (target?.isDirectory()) entries.push({ name: entry.name, path: full, kind: 'folder', bytes: null });
    const kind = target?.isFile() ? kindOf(entry.name, files) : null;
    if (kind) entries.push({ name: entry.name, path: full, kind, bytes: null });
  }
  entries.sort(byKindAndName);
  const kept = entries.slice(0, shown);
  for (const entry of kept) if (entry.kind !== 'folder') entry.bytes = (await stat(entry.path)).size;
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    entries: kept,
    omitted: entries.length - kept.length,
  };
};

/** Size of a file in bytes, or null when it is not there. */
export const fileBytes = async (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  );
