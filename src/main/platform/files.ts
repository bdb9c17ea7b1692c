import { open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

export interface FoundFile {
  path: string;
  size: number;
  modifiedMs: number;
}

export interface FileWalk {
  files: FoundFile[];
  /** Hidden files, markers such as `_SUCCESS`, and whatever `wanted` refused. */
  ignored: string[];
  /** Links that lead to a folder or file already visited, or to a folder the whole walk lies in. */
  repeated: string[];
  /** Links to wanted files that are not there. */
  dangling: string[];
}

const isMarker = (name: string) => name.startsWith('.') || name.startsWith('_');

/** Every wanted file below a folder, in byte order of the path; a folder or file reached twice through links counts once. */
export async function walkFiles(
  root: string,
  wanted: (path: string) => boolean,
  signal?: AbortSignal,
): Promise<FileWalk> {
  const walk: FileWalk = { files: [], ignored: [], repeated: [], dangling: [] };
  const visited = new Set<string>();
  const top = await realpath(root);
  const visit = async (folder: string): Promise<void> => {
    signal?.throwIfAborted();
    const names = (await readdir(folder)).sort(byBytes);
    for (const name of names) {
      const path = join(folder, name);
      if (isMarker(name)) {
        walk.ignored.push(path);
        continue;
      }
      const real = await realPath(path);
      const found = real === null ? null : await stat(path);
      if (real === null && wanted(path)) {
        walk.dangling.push(path);
      } else if (real === null || found === null || (!found.isFile() && !found.isDirectory())) {
        walk.ignored.push(path);
      } else if (visited.has(real) || (found.isDirectory() && isInside(top, real))) {
        walk.repeated.push(path);
      } else if (found.isDirectory()) {
        visited.add(real);
        await visit(path);
      } else if (wanted(path)) {
        visited.add(real);
        walk.files.push({ path, size: found.size, modifiedMs: found.mtimeMs });
      } else {
        walk.ignored.push(path);
      }
    }
  };
  visited.add(top);
  await visit(root);
  return walk;
}

const isInside = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** Order that no locale changes. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

async function realPath(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    // A dangling link, or links that lead only to each other.
    if (isCode(error, 'ENOENT', 'ELOOP')) return null;
    throw error;
  }
}

export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

export type PathKind = 'file' | 'folder' | 'absent';

export async function kindOf(path: string): Promise<PathKind> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return 'absent';
    throw error;
  }
}

export async function fileAt(path: string): Promise<FoundFile> {
  const found = await stat(path);
  return { path, size: found.size, modifiedMs: found.mtimeMs };
}

/** The first and the last bytes of a file. */
export async function readEnds(path: string, size: number, count: number): Promise<{ head: Buffer; tail: Buffer }> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(Math.min(count, size));
    const tail = Buffer.alloc(Math.min(count, size));
    await file.read(head, 0, head.length, 0);
    await file.read(tail, 0, tail.length, Math.max(0, size - count));
    return { head, tail };
  } finally {
    await file.close();
  }
}

export const readBytes = (path: string): Promise<Uint8Array> => readFile(path);
export const readText = (path: string): Promise<string> => readFile(path, 'utf8');
export const writeText = (path: string, text: string): Promise<void> => writeFile(path, text, { flag: 'wx' });

/** Folders below which all files lie. DuckDB follows links before it asks whether it may read, so where links lead counts too. */
export async function readableFolders(roots: readonly string[], files: readonly string[]): Promise<string[]> {
  const folders = new Set(roots);
  const isBelow = (path: string): boolean => roots.some((root) => !relative(root, path).startsWith('..'));
  for (const file of files) {
    for (const path of [file, await realpath(file)]) if (!isBelow(path)) folders.add(dirname(path));
  }
  return [...folders];
}

/** Copies a file; aborting stops it and leaves a part behind. */
export async function copyContent(from: string, to: string, signal: AbortSignal): Promise<void> {
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'w');
    try {
      const part = Buffer.allocUnsafe(2 ** 23);
      for (;;) {
        signal.throwIfAborted();
        const { bytesRead } = await source.read(part, 0, part.length);
        if (bytesRead === 0) return;
        await target.writeFile(part.subarray(0, bytesRead));
      }
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The path appears complete or not at all. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

export const removePath = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
export {
  mkdir as makeFolder,
  readdir as listNames,
  realpath as realPathOf,
  rename as movePath,
} from 'node:fs/promises';
