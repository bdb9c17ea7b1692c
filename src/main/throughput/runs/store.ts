import { join } from 'node:path';
import { WorkbenchError } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/model/throughput-comparison.ts';
import { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import type { Clock } from '../../platform/clock.ts';
import { durableFolder, removeUnfinished, synced } from '../../platform/finished-folder.ts';
import { type ParquetFiles, withParquetFiles } from '../../platform/parquet-file.ts';
import { acquireLock } from '../../platform/sqlite.ts';
import type { Workspace } from '../../platform/workspace.ts';
import { readDocument, readRun, runFault, writeRun } from './run-files.ts';
import { pinBaseline, type RunFiles, type RunLog, recordedFiles, recordedKind, summaries } from './run-log.ts';
import { summaryOf } from './summary.ts';

/** The runs of a workspace: a folder each, complete and on the disk before the log names it. */
export interface RunStore {
  /**
   * Keep runs: all of them are in the log afterwards, or none. One whose id is known is answered as it was recorded; if
   * its files have been damaged since, it is recorded again.
   */
  record(runs: readonly ThroughputRun[], signal?: AbortSignal): Promise<{ runs: ThroughputRun[]; known: string[] }>;
  /** Throws `NOT_FOUND`, or one sentence where the files of the run are missing or damaged. */
  get(id: string): Promise<ThroughputRun>;
  /** The same without samples and readings: for what looks at many runs. */
  document(id: string): Promise<ThroughputRun>;
  /** Latest first. */
  list(): RunSummary[];
  pin(id: string, baseline: boolean): RunSummary;
}

interface StoreOptions {
  workspace: Pick<Workspace, 'runs' | 'locks'>;
  log: RunLog;
  clock: Clock;
}

const idPattern = /^run-[0-9a-f]{16}$/;

export const createRunStore = ({ workspace, log, clock }: StoreOptions): RunStore => {
  const folderOf = (id: string): string => join(workspace.runs, id);

  const filesOf = (id: string): RunFiles => {
    const recorded = recordedFiles(log, id);
    if (!recorded) throw new WorkbenchError('NOT_FOUND', `unknown run: ${id}`);
    return recorded;
  };

  const known = async (files: ParquetFiles, id: string): Promise<ThroughputRun | null> => {
    const recorded = recordedFiles(log, id);
    if (!recorded || (await runFault(folderOf(id), id, recorded))) return null;
    return readRun(files, folderOf(id), { id, recorded });
  };

  const recordAll = async (files: ParquetFiles, runs: readonly ThroughputRun[], signal: AbortSignal | undefined) => {
    await removeUnfinished(workspace.runs);
    const drafts: Parameters<RunLog['appendAll']>[0][number][] = [];
    const kept: ThroughputRun[] = [];
    const repeated: string[] = [];
    for (const draft of runs) {
      if (signal?.aborted) throw new WorkbenchError('CANCELLED', 'cancelled');
      const run = ThroughputRun.parse(draft);
      if (!idPattern.test(run.id)) throw new RangeError(`not the id of a run: ${run.id}`);
      const before = await known(files, run.id);
      if (before) repeated.push(run.id);
      else {
        let written = {};
        await durableFolder(folderOf(run.id), async (folder) => {
          written = await writeRun(files, folder, run);
        });
        drafts.push({ kind: recordedKind, subject: run.id, body: { summary: summaryOf(run), files: written } });
      }
      kept.push(before ?? run);
    }
    if (drafts.length > 0) await synced(workspace.runs);
    log.appendAll(drafts);
    return { runs: kept, known: repeated };
  };

  return {
    record: async (runs, signal) => {
      const lock = await acquireLock(join(workspace.locks, 'runs.lock'), { clock, signal });
      try {
        return await withParquetFiles(workspace.runs, (files) => recordAll(files, runs, signal));
      } finally {
        lock.release();
      }
    },
    document: async (id) => readDocument(folderOf(id), { id, recorded: filesOf(id) }),
    get: async (id) => {
      const recorded = filesOf(id);
      return withParquetFiles(workspace.runs, (files) => readRun(files, folderOf(id), { id, recorded }));
    },
    list: () => summaries(log),
    pin: (id, baseline) => pinBaseline(log, id, baseline),
  };
};
