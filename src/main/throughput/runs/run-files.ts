import { join } from 'node:path';
import { UserFault } from '../../../shared/errors.ts';
import { RunPhaseName, type RunReading, type RunSample, ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { kindOf, readText, writeText } from '../../platform/files.ts';
import { sha256File } from '../../platform/hash.ts';
import type { ParquetFiles } from '../../platform/parquet-file.ts';
import type { RunFiles } from './run-log.ts';

const names = { document: 'run.json', samples: 'samples.parquet', readings: 'readings.parquet' };

const sampleColumns = ['start_ns', 'duration_ns', 'items', 'device_ns', 'phase', 'excluded'] as const;
const readingColumns = ['t_ns', 'name', 'value', 'reason'] as const;

const writeSamples = (files: ParquetFiles, path: string, samples: readonly RunSample[]): Promise<void> =>
  files.write(path, [
    { name: 'start_ns', type: 'DOUBLE', values: samples.map(({ startNs }) => startNs) },
    { name: 'duration_ns', type: 'DOUBLE', values: samples.map(({ durationNs }) => durationNs) },
    { name: 'items', type: 'DOUBLE', values: samples.map(({ items }) => items) },
    { name: 'device_ns', type: 'DOUBLE', values: samples.map(({ deviceNs }) => deviceNs) },
    { name: 'phase', type: 'VARCHAR', values: samples.map(({ phase }) => phase) },
    { name: 'excluded', type: 'VARCHAR', values: samples.map(({ excluded }) => excluded) },
  ]);

const writeReadings = (files: ParquetFiles, path: string, readings: readonly RunReading[]): Promise<void> =>
  files.write(path, [
    { name: 't_ns', type: 'DOUBLE', values: readings.map(({ tNs }) => tNs) },
    { name: 'name', type: 'VARCHAR', values: readings.map(({ name }) => name) },
    { name: 'value', type: 'DOUBLE', values: readings.map(({ value }) => value) },
    { name: 'reason', type: 'VARCHAR', values: readings.map(({ reason }) => reason ?? null) },
  ]);

const readSamples = async (files: ParquetFiles, path: string): Promise<RunSample[]> => {
  const columns = await files.read(path, sampleColumns);
  return columns.duration_ns!.map((durationNs, row) => ({
    startNs: columns.start_ns![row] as number | null,
    durationNs: durationNs as number,
    items: columns.items![row] as number,
    deviceNs: columns.device_ns![row] as number | null,
    phase: RunPhaseName.parse(columns.phase![row]),
    excluded: columns.excluded![row] as string | null,
  }));
};

const readReadings = async (files: ParquetFiles, path: string): Promise<RunReading[]> => {
  const columns = await files.read(path, readingColumns);
  return columns.name!.map((name, row) => {
    const reason = columns.reason![row] as string | null;
    return {
      tNs: columns.t_ns![row] as number | null,
      name: name as string,
      value: columns.value![row] as number | null,
      ...(reason === null ? {} : { reason }),
    };
  });
};

/** Fill the folder of a run; answers the SHA-256 of each file in it. */
export const writeRun = async (files: ParquetFiles, folder: string, run: ThroughputRun): Promise<RunFiles> => {
  const { samples, readings, ...document } = run;
  const written = [names.document];
  await writeText(join(folder, names.document), `${JSON.stringify(document, null, 1)}\n`);
  if (samples.length > 0) {
    await writeSamples(files, join(folder, names.samples), samples);
    written.push(names.samples);
  }
  if (readings.length > 0) {
    await writeReadings(files, join(folder, names.readings), readings);
    written.push(names.readings);
  }
  const hashes: RunFiles = {};
  for (const name of written) hashes[name] = await sha256File(join(folder, name));
  return hashes;
};

const damaged = (sentence: string, id: string, name: string): UserFault =>
  new UserFault(`${sentence}, measure or import it again: runs/${id}/${name}`, { run: id, file: name });

/** What is wrong with the files of a run, or null when they are those that were recorded. */
export const runFault = async (folder: string, id: string, recorded: RunFiles): Promise<UserFault | null> => {
  for (const [name, sha256] of Object.entries(recorded)) {
    const path = join(folder, name);
    if ((await kindOf(path)) !== 'file') return damaged('a file of this run is missing', id, name);
    if ((await sha256File(path)) !== sha256) {
      return damaged('a file of this run is not what was recorded', id, name);
    }
  }
  return null;
};

/** A run without its samples and readings: its numbers, stack and settings, from one small file. */
export const readDocument = async (
  folder: string,
  { id, recorded }: { id: string; recorded: RunFiles },
): Promise<ThroughputRun> => {
  const fault = await runFault(folder, id, { [names.document]: recorded[names.document] ?? '' });
  if (fault) throw fault;
  return parsed(await readText(join(folder, names.document)), { samples: [], readings: [] }, id);
};

const parsed = (text: string, rest: object, id: string): ThroughputRun => {
  const run = ThroughputRun.safeParse({ ...(JSON.parse(text) as object), ...rest });
  if (!run.success) throw new UserFault(`this run was recorded by another version of driftbench, update it: ${id}`);
  return run.data;
};

/** The run as it was recorded; a folder that is damaged or incomplete is a `UserFault`. */
export const readRun = async (
  files: ParquetFiles,
  folder: string,
  { id, recorded }: { id: string; recorded: RunFiles },
): Promise<ThroughputRun> => {
  const fault = await runFault(folder, id, recorded);
  if (fault) throw fault;
  const at = (name: string) => join(folder, name);
  const samples = names.samples in recorded ? await readSamples(files, at(names.samples)) : [];
  const readings = names.readings in recorded ? await readReadings(files, at(names.readings)) : [];
  return parsed(await readText(join(folder, names.document)), { samples, readings }, id);
};
