import { WorkbenchError } from '../../shared/errors.ts';
import { storedToken } from './session.ts';
import type { WorkbenchClient } from './workbench-client.ts';

export interface DroppedFile {
  /** Relative to what was dropped, with forward slashes: `predictions/dt=2026-03-01/part-0.parquet`. */
  path: string;
  file: File;
}

const readEntries = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

const collect = async (entry: FileSystemEntry, prefix: string, files: DroppedFile[]): Promise<void> => {
  const path = prefix + entry.name;
  if (entry.isFile) {
    files.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader answers in batches; an empty batch is the end.
  for (let batch = await readEntries(reader); batch.length > 0; batch = await readEntries(reader)) {
    for (const child of batch) await collect(child, `${path}/`, files);
  }
};

/** Every file below what was dropped. Call it inside the drop event: the items are gone afterwards. */
export const droppedFiles = async (transfer: DataTransfer): Promise<DroppedFile[]> => {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files: DroppedFile[] = [];
  for (const entry of entries) await collect(entry, '', files);
  return files;
};

export interface UploadOptions {
  onProgress?: (doneBytes: number, totalBytes: number) => void;
  signal?: AbortSignal;
}

/** Send the files to the server one after the other; answers the folder they lie in there. */
export const uploadFiles = async (
  client: WorkbenchClient,
  files: DroppedFile[],
  { onProgress, signal }: UploadOptions = {},
): Promise<string> => {
  const { uploadId } = await client.uploads.begin();
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  let done = 0;
  for (const { path, file } of files) {
    const target = path.split('/').map(encodeURIComponent).join('/');
    const response = await fetch(`/upload/${uploadId}/${target}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${storedToken() ?? ''}`, 'content-type': 'application/octet-stream' },
      body: file,
      credentials: 'omit',
      ...(signal ? { signal } : {}),
    });
    if (!response.ok) throw new WorkbenchError('BAD_INPUT', `upload refused: ${path}`, { status: response.status });
    done += file.size;
    onProgress?.(done, total);
  }
  return (await client.uploads.complete({ uploadId })).folder;
};
