import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserFault, WorkbenchError } from '../../shared/errors.ts';

export interface UploadFolder {
  begin(): Promise<string>;
  /** Stream one file to the disk; a broken transfer leaves nothing. */
  receive(uploadId: string, path: string, source: Readable): Promise<void>;
  complete(uploadId: string): Promise<{ folder: string; files: number; bytes: number }>;
}

const idPattern = /^[0-9a-f-]{36}$/;
const maxDepth = 32;

/** The parts of a relative path that stays inside its folder on every platform; throws otherwise. */
export const safeParts = (path: string): string[] => {
  const parts = path.split('/');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  const unsafe = /[\\:<>"|?*\u0000-\u001f]|[. ]$/;
  const bad = parts.find(
    (part) => part === '' || part === '.' || part === '..' || part.length > 255 || unsafe.test(part),
  );
  if (bad !== undefined || parts.length > maxDepth) {
    throw new UserFault(`file name cannot be uploaded, rename it: ${path.slice(0, 300)}`);
  }
  return parts;
};

export const uploadFolder = (root: string, newId: () => string): UploadFolder => {
  const known = (uploadId: string): string => {
    if (!idPattern.test(uploadId)) throw new WorkbenchError('NOT_FOUND', 'unknown upload');
    return join(root, uploadId);
  };
  const begun = async (uploadId: string): Promise<string> => {
    const folder = known(uploadId);
    const found = await stat(folder).catch(() => null);
    if (!found?.isDirectory()) throw new WorkbenchError('NOT_FOUND', `unknown upload: ${uploadId}`);
    return folder;
  };
  return {
    begin: async () => {
      const uploadId = newId();
      await mkdir(join(root, uploadId), { recursive: true });
      return uploadId;
    },
    receive: async (uploadId, path, source) => {
      const target = join(await begun(uploadId), ...safeParts(path));
      await mkdir(dirname(target), { recursive: true });
      try {
        // 'wx': a second file of the same name is a mistake of the sender, and a link could lead elsewhere.
        await pipeline(source, createWriteStream(target, { flags: 'wx' }));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EEXIST') throw new UserFault(`file was sent twice: ${path}`);
        await rm(target, { force: true });
        if (code === 'ENOSPC') throw new WorkbenchError('UNAVAILABLE', 'no space left on the disk of the workspace');
        throw error;
      }
    },
    complete: async (uploadId) => {
      const folder = await begun(uploadId);
      let files = 0;
      let bytes = 0;
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        files += 1;
        bytes += (await stat(join(entry.parentPath, entry.name))).size;
      }
      if (files === 0) throw new UserFault('nothing was uploaded: drop a folder with Parquet files');
      // One dropped folder keeps its own name, which a dataset made of it takes over.
      const [only, ...others] = await readdir(folder, { withFileTypes: true });
      return { folder: only?.isDirectory() && others.length === 0 ? join(folder, only.name) : folder, files, bytes };
    },
  };
};
