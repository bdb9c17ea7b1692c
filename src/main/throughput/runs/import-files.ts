import { basename } from 'node:path';
import { UserFault } from '../../../shared/errors.ts';
import type { Work } from '../../../shared/model/progress.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { fileAt, kindOf, readText } from '../../platform/files.ts';
import { parse } from '../adapters/registry.ts';

/** Larger than any result file seen; a file is read whole. */
const mostBytes = 512 * 2 ** 20;

export const textOfResultFile = async (path: string): Promise<string> => {
  const kind = await kindOf(path);
  if (kind === 'absent') throw new UserFault(`result file not found: ${path}`, { file: path });
  if (kind === 'folder') throw new UserFault(`expected a result file, found a folder: ${path}`, { file: path });
  const { size } = await fileAt(path);
  if (size > mostBytes) {
    const limit = `${mostBytes / 2 ** 20} MiB`;
    throw new UserFault(`result file of ${size} bytes is larger than ${limit}, split it: ${path}`, { file: path });
  }
  try {
    return await readText(path);
  } catch {
    throw new UserFault(`result file cannot be read: ${path}`, { file: path });
  }
};

/** The runs of result files, read before anything is kept: a file that cannot be read refuses them all. */
export const readResultFiles = async (
  files: readonly string[],
  format: string,
  work: Work,
): Promise<{ runs: ThroughputRun[]; remarks: string[] }> => {
  const runs: ThroughputRun[] = [];
  const remarks: string[] = [];
  for (const [index, path] of files.entries()) {
    work.signal.throwIfAborted();
    work.progress({ step: `read ${basename(path)}`, done: index, total: files.length, unit: 'files' });
    const found = parse(await textOfResultFile(path), path, format);
    runs.push(...found.runs);
    remarks.push(...found.remarks.map((remark) => `${basename(path)}: ${remark}`));
  }
  const distinct = new Map(runs.map((run) => [run.id, run]));
  if (distinct.size < runs.length) {
    remarks.push(`named twice and kept once, ${runs.length - distinct.size} of ${runs.length} runs`);
  }
  return { runs: [...distinct.values()], remarks };
};
