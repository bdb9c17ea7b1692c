import { basename, dirname, join, resolve } from 'node:path';
import { Cancelled, UserFault } from '../../shared/errors.ts';
import { DatasetFile, type SourceProposal, type SourceTable } from '../../shared/model/dataset.ts';
import { type Database, openDatabase } from '../platform/duckdb.ts';
import { type FoundFile, fileAt, kindOf, readableFolders, walkFiles } from '../platform/files.ts';
import { readDatasetFile } from './import/dataset-yaml.ts';
import { listSource } from './import/source-files.ts';
import { shown } from './inspect/column-names.ts';
import { findTables } from './inspect/find-tables.ts';
import { guessColumns } from './inspect/guess-columns.ts';
import { guessInputs } from './inspect/guess-inputs.ts';
import { guessTables } from './inspect/guess-tables.ts';
import { guessPositive, guessScoreOf, guessTask } from './inspect/guess-task.ts';
import { type SampledTable, sampleTable } from './inspect/sample-columns.ts';

const isParquet = (path: string) => /\.(parquet|parq|pq)$/i.test(path);
const mostTables = 20;

/**
 * What a folder, a Parquet file or a `dataset.yaml` seems to hold: the tables, their columns with samples, and a guess
 * at what each column means. Only a bounded part of each table is read. Nothing is written.
 */
export async function inspectSource(path: string, options: { signal: AbortSignal }): Promise<SourceProposal> {
  const { signal } = options;
  try {
    return await inspect(resolve(path), signal);
  } catch (error) {
    if (signal.aborted) throw new Cancelled();
    throw error;
  }
}

const noneReadable = (files: FoundFile[]): string =>
  `no readable Parquet file (${files.length} damaged), export again, first: ${files[0]?.path ?? 'none found'}`;

interface Source {
  folder: string;
  files: FoundFile[];
  existing: string | null;
  declared: DatasetFile | null;
  remarks: string[];
}

async function inspect(path: string, signal: AbortSignal): Promise<SourceProposal> {
  const source = await openSource(path, signal);
  const { folder, files, existing, declared } = source;
  const database = await openDatabase({
    path: ':memory:',
    allowedDirectories: await readableFolders(
      [folder],
      files.map((file) => file.path),
    ),
    memoryLimit: '1GB',
    threads: 2,
  });
  try {
    const reading = database.withSignal(signal);
    const { tables, remarks } = await findTables(reading, folder, files);
    if (tables.length === 0) throw new UserFault(noneReadable(files));
    const kept = tables.sort((a, b) => b.rows - a.rows).slice(0, mostTables);
    const sampled: SampledTable[] = [];
    source.remarks.push(...remarks);
    for (const [index, table] of kept.entries()) {
      const sample = await sampleTable(reading, table, index, source.remarks);
      if (sample) sampled.push(sample);
    }
    if (sampled.length === 0) throw new UserFault(noneReadable(files));
    if (tables.length > kept.length) {
      source.remarks.push(`there are ${tables.length} tables, only the ${kept.length} largest were looked at`);
    }
    const guess = await guessDataset(reading, folder, sampled);
    return {
      folder,
      existing,
      tables: guess.ordered.map(shownTable),
      proposal: declared ?? guess.proposal,
      remarks: declared ? source.remarks : [...source.remarks, ...guess.remarks],
    };
  } finally {
    await database.close();
  }
}

async function openSource(path: string, signal: AbortSignal): Promise<Source> {
  const kind = await kindOf(path);
  if (kind === 'absent') throw new UserFault(`path not found: ${path}`);
  if (kind === 'file' && /\.ya?ml$/i.test(path)) {
    const { folder, spec } = await readDatasetFile(path);
    const sides = await Promise.all([
      listSource('predictions', spec.predictions.path, folder, signal),
      listSource('labels', spec.labels.path, folder, signal),
    ]);
    const files = new Map(sides.flatMap((side) => side.files.map((file) => [file.path, file])));
    const remarks = [`${basename(path)} says what the columns mean`];
    return { folder, files: [...files.values()], existing: path, declared: spec, remarks };
  }
  if (kind === 'file') {
    if (!isParquet(path)) throw new UserFault(`neither a folder, a Parquet file nor a dataset.yaml: ${path}`);
    return { folder: dirname(path), files: [await fileAt(path)], existing: null, declared: null, remarks: [] };
  }
  const walk = await walkFiles(path, isParquet, signal);
  if (walk.files.length === 0) {
    const others = walk.ignored.length;
    throw new UserFault(`no Parquet files here (${others} other ${others === 1 ? 'file' : 'files'}): ${path}`);
  }
  const beside = join(path, 'dataset.yaml');
  if ((await kindOf(beside)) !== 'file')
    return { folder: path, files: walk.files, existing: null, declared: null, remarks: [] };
  try {
    const { spec } = await readDatasetFile(beside);
    const remarks = ['dataset.yaml in this folder says what the columns mean'];
    return { folder: path, files: walk.files, existing: beside, declared: spec, remarks };
  } catch (error) {
    if (!(error instanceof UserFault)) throw error;
    const remarks = [`dataset.yaml in this folder was not used: ${shown(error.message)}`];
    return { folder: path, files: walk.files, existing: beside, declared: null, remarks };
  }
}

interface Guess {
  /** Predictions first, then labels, then the rest. */
  ordered: SampledTable[];
  proposal: DatasetFile | null;
  remarks: string[];
}

async function guessDataset(database: Database, folder: string, tables: SampledTable[]): Promise<Guess> {
  const { predictions, labels, remarks } = guessTables(tables);
  if (!predictions) return { ordered: tables, proposal: null, remarks };
  const rest = tables.filter((table) => table !== predictions && table !== labels);
  const ordered = [predictions, ...(labels && labels !== predictions ? [labels] : []), ...rest];
  const roles = await guessColumns(database, predictions, labels, remarks);
  const { id, labelId, time, value, label } = roles;
  if (!value) return { ordered, proposal: null, remarks };
  const task = guessTask(value, label, remarks);
  if (!task) return { ordered, proposal: null, remarks };
  const positiveClass = task === 'binary' ? guessPositive(value, label, remarks) : undefined;
  const scoreOf = await guessScoreOf(database, predictions, task, roles, positiveClass, remarks);
  const sameTable = labels === predictions ? [label, roles.labelTime] : [];
  const taken = [id, time, value, roles.score, roles.model, roles.provider, ...sameTable];
  const names = new Set(taken.flatMap((column) => (column ? [column.name] : [])));
  const inputs = guessInputs(predictions, names, remarks);
  if (!id || !time || !labels || !labelId || !label) return { ordered, proposal: null, remarks };
  const proposal = DatasetFile.parse({
    name: basename(folder) || 'dataset',
    task,
    timezone: 'UTC',
    predictions: {
      path: predictions.path,
      id: id.name,
      time: time.name,
      value: value.name,
      ...(scoreOf && roles.score ? { score: roles.score.name, scoreOf } : {}),
      ...(roles.model ? { modelVersion: roles.model.name } : {}),
      ...(roles.provider ? { providerVersion: roles.provider.name } : {}),
    },
    labels: {
      path: labels.path,
      id: labelId.name,
      value: label.name,
      ...(roles.labelTime ? { time: roles.labelTime.name } : {}),
    },
    ...(positiveClass !== undefined ? { positiveClass } : {}),
    ...inputs,
  });
  return { ordered, proposal, remarks };
}

function shownTable({ path, files, rows, bytes, columns }: SampledTable): SourceTable {
  return {
    path,
    files: files.length,
    rows,
    bytes,
    columns: columns.map(({ name, type, kind, samples, nullShare, distinct }) => ({
      name,
      type,
      kind,
      samples,
      nullShare,
      distinct,
    })),
  };
}
