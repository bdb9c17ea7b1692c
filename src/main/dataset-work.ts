import { join } from 'node:path';
import { WorkbenchError } from '../shared/errors.ts';
import type { DatasetFile, DatasetSummary } from '../shared/model/dataset.ts';
import type { DatasetDetail } from '../shared/model/dataset-detail.ts';
import type { Work } from '../shared/model/progress.ts';
import type { RecentDataset } from '../shared/model/recent.ts';
import { instantText } from './accuracy/days.ts';
import type { OpenDataset } from './accuracy/open-dataset.ts';
import { createHeldDatasets } from './held-datasets.ts';
import type { Log } from './investigations/log.ts';
import { fileBytes } from './platform/browse.ts';
import type { Clock } from './platform/clock.ts';
import { acquireLock } from './platform/sqlite.ts';
import type { Workspace } from './platform/workspace.ts';

export type ImportSource = { path: string } | { spec: DatasetFile; folder: string };

/** Datasets of a workspace: brought in under a lock between processes, kept open between calls that follow each other. */
export interface DatasetWork {
  import(source: ImportSource, work: Work): Promise<DatasetSummary>;
  openSample(name: string, seed: number, work: Work): Promise<DatasetSummary>;
  use<T>(id: string, call: (dataset: OpenDataset) => Promise<T>): Promise<T>;
  list(): Promise<RecentDataset[]>;
  detail(id: string): Promise<DatasetDetail>;
  close(): Promise<void>;
}

const idPattern = /^[a-z0-9][a-z0-9._-]*$/i;

export const createDatasetWork = (workspace: Workspace, clock: Clock, log: Log): DatasetWork => {
  const locked = async <T>(work: Work, call: () => Promise<T>): Promise<T> => {
    const onWait = () => work.progress({ step: 'waiting for another import', done: 0, total: null, unit: '' });
    const lock = await acquireLock(join(workspace.locks, 'import.lock'), { clock, signal: work.signal, onWait });
    try {
      // Not every system replaces a file that is open.
      await held.letGo();
      return await call();
    } finally {
      lock.release();
    }
  };

  const held = createHeldDatasets({
    stamp: async (id) => (await import('./accuracy/open-dataset.ts')).cacheStamp(workspace.cache, id),
    open: async (id) => (await import('./accuracy/open-dataset.ts')).openDataset(workspace.cache, id),
    clock,
  });

  const noteImport = (summary: DatasetSummary, source: string) => {
    const { id, name, sha256, ledger } = summary;
    // Importing again what has not changed is not an event.
    if (log.latest(id, 'dataset-imported')?.body.sha256 === sha256) return;
    const { examples: _examples, notes: _notes, ...counts } = ledger;
    log.append({ kind: 'dataset-imported', subject: id, body: { name, sha256, source, ledger: counts } });
  };

  const importFile = async (path: string, work: Work): Promise<DatasetSummary> => {
    const { importDataset } = await import('./accuracy/import/import-dataset.ts');
    const summary = await importDataset(path, { cacheFolder: workspace.cache, work });
    noteImport(summary, path);
    return summary;
  };

  const fileOf = async (source: ImportSource): Promise<string> => {
    if ('path' in source) return source.path;
    const { writeDatasetFile } = await import('./accuracy/import/import-dataset.ts');
    return writeDatasetFile(source.spec, source.folder, workspace.datasets);
  };

  const use: DatasetWork['use'] = async (id, call) => {
    if (!idPattern.test(id)) throw new WorkbenchError('BAD_INPUT', `unknown dataset: ${id}`);
    return held.use(id, call);
  };

  return {
    import: (source, work) => locked(work, async () => importFile(await fileOf(source), work)),
    openSample: (name, seed, work) =>
      locked(work, async () => {
        const { sampleNames, writeSample } = await import('./accuracy/samples/write-sample.ts');
        if (!sampleNames.includes(name)) throw new WorkbenchError('BAD_INPUT', `unknown sample: ${name}`);
        const { finishedFolder } = await import('./platform/finished-folder.ts');
        const folder = await finishedFolder(join(workspace.samples, `${name}-${seed}`), (target) =>
          writeSample(name, target, { seed, work }),
        );
        return importFile(join(folder, 'dataset.yaml'), work);
      }),
    use,
    close: () => held.close(),
    list: async () => {
      const { listDatasets } = await import('./accuracy/open-dataset.ts');
      return listDatasets(workspace.cache);
    },
    detail: (id) =>
      use(id, async (dataset) => ({
        summary: { id: dataset.id, name: dataset.name, sha256: dataset.sha256, ledger: dataset.ledger },
        spec: dataset.spec,
        classes: dataset.classes,
        segments: dataset.segments,
        versions: dataset.versions,
        features: dataset.features.map(({ name, kind }) => ({ name, kind })),
        firstDay: dataset.firstDay,
        lastDay: dataset.lastDay,
        lastInstant: instantText(dataset.lastInstantUs),
        hasLabelTimes: dataset.hasLabelTimes,
        hasScores: dataset.hasScores,
        sizes: {
          predictions: dataset.ledger.distinctPredictions,
          labelled: dataset.ledger.joined,
          cacheBytes: await fileBytes(join(workspace.cache, `${id}.duckdb`)),
        },
      })),
  };
};
