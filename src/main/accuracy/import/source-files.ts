import { basename, isAbsolute, matchesGlob, relative, resolve, sep } from 'node:path';
import { UserFault } from '../../../shared/errors.ts';
import type { LedgerNote } from '../../../shared/model/dataset.ts';
import { byBytes, type FoundFile, fileAt, kindOf, walkFiles } from '../../platform/files.ts';
import { countWords } from './count-words.ts';

export type SideName = 'predictions' | 'labels';

export interface SourceFile extends FoundFile {
  /** From the dataset file's folder, with `/` on every platform: how sentences name it. */
  relative: string;
  /** Hive partition values in its path, `dt=2026-03-01` as `['dt', '2026-03-01']`. */
  partitions: [string, string][];
}

export interface SourceListing {
  side: SideName;
  files: SourceFile[];
  /** The folder below which everything is read. */
  root: string;
  notes: LedgerNote[];
}

const isParquet = (path: string) => /\.(parquet|parq|pq)$/i.test(path);
const isPattern = (path: string) => /[*?[\]{}]/.test(path);

/** The files a `path` of the dataset file means: a file, a folder (recursive) or a glob. */
export async function listSource(
  side: SideName,
  declared: string,
  folder: string,
  signal: AbortSignal,
): Promise<SourceListing> {
  const absolute = isAbsolute(declared) ? declared : resolve(folder, declared);
  const kind = await kindOf(absolute);
  const named = (path: string) => relative(folder, path).split(sep).join('/') || basename(path);
  const asSource = (file: FoundFile): SourceFile => ({
    ...file,
    relative: named(file.path),
    partitions: partitionsOf(file.path),
  });
  if (kind === 'file') {
    return { side, files: [asSource(await fileAt(absolute))], root: resolve(absolute, '..'), notes: [] };
  }
  if (kind === 'absent' && !isPattern(declared))
    throw new UserFault(`${side} path not found, it is relative to the dataset file: ${declared}`);
  const root = kind === 'folder' ? absolute : patternRoot(absolute);
  if (kind === 'absent' && (await kindOf(root)) !== 'folder')
    throw new UserFault(`${side} path not found, it is relative to the dataset file: ${declared}`);
  const wanted = kind === 'folder' ? isParquet : (path: string) => matchesGlob(path, absolute);
  const walk = await walkFiles(root, wanted, signal);
  if (walk.dangling.length > 0) {
    throw new UserFault(
      `${countWords(walk.dangling.length, `link|links in ${side} leads|lead nowhere, restore the file|files or remove the link|links`)}, first: ${named(walk.dangling[0]!)}`,
    );
  }
  const files = walk.files.map(asSource).sort((a, b) => byBytes(a.relative, b.relative));
  if (files.length === 0) {
    const others = walk.ignored.length;
    throw new UserFault(
      `no Parquet files for ${side}, export them as Parquet or correct the path (${countWords(others, 'other file|files')} there): ${declared}`,
    );
  }
  const notes: LedgerNote[] = [];
  // A glob refuses files on purpose; a folder that holds something unread deserves a word.
  const skipped = kind === 'folder' ? walk.ignored : [];
  if (skipped.length > 0) {
    notes.push({
      code: 'ignored-files',
      file: named(skipped[0]!),
      count: skipped.length,
      text: `${countWords(skipped.length, `file|files in ${side} is|are hidden, marked or not Parquet and was|were not read`)}, first: ${named(skipped[0]!)}`,
    });
  }
  if (walk.repeated.length > 0) {
    notes.push({
      code: 'repeated-links',
      file: named(walk.repeated[0]!),
      count: walk.repeated.length,
      text: `${countWords(walk.repeated.length, `link|links in ${side} leads|lead to places already read and was|were not followed`)}, first: ${named(walk.repeated[0]!)}`,
    });
  }
  return { side, files, root, notes };
}

/** The longest leading folder without a wildcard. */
function patternRoot(pattern: string): string {
  const parts = pattern.split(sep);
  const wild = parts.findIndex(isPattern);
  return parts.slice(0, wild).join(sep) || sep;
}

/** `key=value` folders, values decoded as Hive writes them; the innermost of equal keys wins. */
function partitionsOf(path: string): [string, string][] {
  const found = new Map<string, string>();
  for (const part of path.split(sep).slice(0, -1)) {
    const match = /^([^=]+)=(.*)$/.exec(part);
    if (match) found.set(match[1]!, decoded(match[2]!));
  }
  return [...found];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A path as a DuckDB file list takes it: its wildcards mean themselves. */
export function literalPath(path: string): string {
  return path.replace(/[*?[]/g, (character) => `[${character}]`);
}
