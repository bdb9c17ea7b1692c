import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder that exists only when it is complete: filled under another name, then renamed. */
export const finishedFolder = async (path: string, fill: (folder: string) => Promise<unknown>): Promise<string> => {
  if (existsSync(path)) return path;
  return fillAndRename(path, fill);
};

/**
 * The same, made anew where it was, its files on the disk before it has its name; its name is on the disk once its
 * parent is synced. Call it under a lock, because two at once would fill one folder.
 */
export const durableFolder = async (path: string, fill: (folder: string) => Promise<unknown>): Promise<string> => {
  await fillAndRename(path, async (folder) => {
    await fill(folder);
    for (const name of await readdir(folder)) await synced(join(folder, name));
    await synced(folder);
    await rm(path, { recursive: true, force: true });
  });
  return path;
};

const fillAndRename = async (path: string, fill: (folder: string) => Promise<unknown>): Promise<string> => {
  const partial = `${path}${partialEnding}`;
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

const partialEnding = '.partial';

/** Remove what a process that died had begun; call it under the lock of whoever fills folders there. */
export const removeUnfinished = async (parent: string): Promise<void> => {
  for (const name of await readdir(parent)) {
    if (name.endsWith(partialEnding)) await rm(join(parent, name), { recursive: true, force: true });
  }
};

/** What was created, renamed or written there is on the disk when this answers. Windows opens no folder as a file, and needs no such call for one. */
export const synced = async (path: string): Promise<void> => {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (process.platform === 'win32') return;
    throw error;
  }
  try {
    await file.sync();
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  } finally {
    await file.close();
  }
};
