import { resolve } from 'node:path';
import { UserFault } from '../../shared/errors.ts';
import { isCode, kindOf, writeAtomically } from './files.ts';

/** Writes a file where a person asked for it, whole or not at all; returns its absolute path. */
export const saveFile = async (asked: string, text: string): Promise<string> => {
  const path = resolve(asked);
  if ((await kindOf(path)) === 'folder') throw new UserFault(`expected a file, found a folder, add a name: ${asked}`);
  try {
    await writeAtomically(path, text);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) throw new UserFault(`folder not found, create it first: ${asked}`);
    if (isCode(error, 'EACCES', 'EPERM', 'EROFS')) throw new UserFault(`file cannot be written there: ${asked}`);
    throw error;
  }
  return path;
};
