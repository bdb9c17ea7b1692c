import { resolve } from 'node:path';
import { UserFault } from '../../shared/errors.ts';
import { isCode, kindOf, writeAtomically } from '../platform/files.ts';

export interface ReportOptions {
  format: string;
  out: string;
}

export type ReportFormat = 'html' | 'json';

const planned = ['pdf', 'bundle'];

/** What is asked for, where this version can write it. */
export const reportFormat = ({ format }: ReportOptions): ReportFormat => {
  if (format === 'html' || format === 'json') return format;
  if (planned.includes(format)) {
    throw new UserFault(`--format is not available in this version, use html or json: ${format}`);
  }
  throw new UserFault(`--format takes html or json: ${format}`);
};

/** The file appears whole or not at all; the absolute path is returned. */
export const writeReport = async (out: string, text: string): Promise<string> => {
  const path = resolve(out);
  if ((await kindOf(path)) === 'folder') throw new UserFault(`--out names a folder, add a file name: ${out}`);
  try {
    await writeAtomically(path, text);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) throw new UserFault(`--out lies in a folder that does not exist: ${out}`);
    if (isCode(error, 'EACCES', 'EPERM', 'EROFS')) throw new UserFault(`--out cannot be written there: ${out}`);
    throw error;
  }
  return path;
};
