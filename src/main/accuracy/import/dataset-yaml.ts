import { dirname, join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import type { z } from 'zod';
import { canonicalJson } from '../../../shared/canonical-json.ts';
import { UserFault } from '../../../shared/errors.ts';
import { DatasetFile } from '../../../shared/model/dataset.ts';
import { isCode, readText, writeAtomically } from '../../platform/files.ts';
import { sha256 } from '../../platform/hash.ts';

export interface LoadedDatasetFile {
  path: string;
  /** Paths inside the file are relative to this folder. */
  folder: string;
  spec: DatasetFile;
}

export async function readDatasetFile(yamlPath: string): Promise<LoadedDatasetFile> {
  const path = resolve(yamlPath);
  let text: string;
  try {
    text = await readText(path);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) throw new UserFault(`dataset file not found: ${yamlPath}`);
    if (isCode(error, 'EISDIR')) throw new UserFault(`expected a dataset.yaml, found a folder: ${yamlPath}`);
    if (isCode(error, 'EACCES', 'EPERM')) throw new UserFault(`dataset file is not readable: ${yamlPath}`);
    throw error;
  }
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 20 });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]!.replace(/:$/, '') : String(error);
    throw new UserFault(`${yamlPath} is not valid YAML: ${reason}`);
  }
  if (document === null || document === undefined) throw new UserFault(`dataset file is empty: ${yamlPath}`);
  const checked = DatasetFile.safeParse(document);
  if (!checked.success) throw new UserFault(`${yamlPath}: ${firstIssue(checked.error)}`);
  return { path, folder: dirname(path), spec: checked.data };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]!;
  const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  if (issue.code === 'unrecognized_keys') return `${where}unknown setting: ${issue.keys.join(', ')}`;
  return `${where}${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

/** The same text for the same meaning. */
export const canonicalSpec = (spec: DatasetFile): string => canonicalJson(spec);

/** Readable, safe as a file name, and different for different meanings. */
export function datasetId(spec: DatasetFile): string {
  const slug = spec.name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return `${slug || 'dataset'}-${sha256(canonicalSpec(spec)).slice(0, 8)}`;
}

/** Writes `dataset.yaml` beside the data, or into `fallbackFolder` with absolute paths when the data folder is read-only. */
export async function writeDatasetFile(spec: DatasetFile, folder: string, fallbackFolder: string): Promise<string> {
  const checked = DatasetFile.parse(spec);
  const beside = join(folder, 'dataset.yaml');
  try {
    await writeAtomically(beside, stringify(sortedForReading(checked)));
    return beside;
  } catch (error) {
    if (!isCode(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
  }
  const absolute: DatasetFile = {
    ...checked,
    predictions: { ...checked.predictions, path: resolve(folder, checked.predictions.path) },
    labels: { ...checked.labels, path: resolve(folder, checked.labels.path) },
  };
  const fallback = join(fallbackFolder, `${datasetId(absolute)}.dataset.yaml`);
  await writeAtomically(fallback, stringify(sortedForReading(absolute)));
  return fallback;
}

const order = [
  'name',
  'task',
  'timezone',
  'predictions',
  'labels',
  'positiveClass',
  'segments',
  'features',
  'keep',
] as const;

function sortedForReading(spec: DatasetFile): Record<string, unknown> {
  return Object.fromEntries(order.filter((key) => spec[key] !== undefined).map((key) => [key, spec[key]]));
}
