import { readdir, readFile } from 'node:fs/promises';
import { isCode } from './files.ts';

/** What a small file of the operating system says, or why it says nothing. */
export type SystemText = { text: string } | { reason: string };

const why = (path: string, error: unknown): string => {
  if (isCode(error, 'ENOENT', 'ENOTDIR')) return `no such file: ${path}`;
  if (isCode(error, 'EACCES', 'EPERM')) return `not readable without more rights: ${path}`;
  return `cannot be read (${error instanceof Error && 'code' in error ? error.code : 'unknown error'}): ${path}`;
};

export const readSystemTexts = async (paths: readonly string[]): Promise<Record<string, SystemText>> =>
  Object.fromEntries(
    await Promise.all(
      paths.map(async (path): Promise<[string, SystemText]> => {
        try {
          return [path, { text: await readFile(path, 'utf8') }];
        } catch (error) {
          return [path, { reason: why(path, error) }];
        }
      }),
    ),
  );

/** Names in a folder in order; none when it is not there or may not be looked into. */
export const listSystemNames = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
};

/** Nanoseconds on a clock that never jumps; on Linux the time since boot, which is the clock of the kernel's log. */
export const monotonicNs = (): number => Number(process.hrtime.bigint());
