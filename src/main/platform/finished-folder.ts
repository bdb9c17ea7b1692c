import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';

/** A folder that exists only when it is complete: filled under another name, then renamed. */
export const finishedFolder = async (path: string, fill: (folder: string) => Promise<unknown>): Promise<string> => {
  if (existsSync(path)) return path;
  const partial = `${path}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  try {
    await fill(partial);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
  return path;
};
