import { join } from 'node:path';
import { Cancelled, WorkbenchError } from '../../../shared/errors.ts';
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
   * Keep runs, no id twice: all of them are in the log afterwards, or none. One whose id is known is answered as it was recorded; if
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

interface Kept {
  run: ThroughputRun;
  /** Null for a run that was there already. */
  files: RunFiles | null;
}

/** Folders that are filled at once: what takes time is waiting for the disk. */
const together = 16;
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

  const keep = async (files: ParquetFiles, draft: ThroughputRun): Promise<Kept> => {
    const run = ThroughputRun.parse(draft);
    if (!idPattern.test(run.id)) throw new RangeError(`not the id of a run: ${run.id}`);
    const before = await known(files, run.id);
    if (before) return { run: before, files: null };
    let written: RunFiles = {};
    await durableFolder(folderOf(run.id), async (folder) => {
      written = await writeRun(files, folder, run);
    });
    return { run, files: written };
  };

  const recordAll = async (files: ParquetFiles, runs: readonly ThroughputRun[], signal: AbortSignal | undefined) => {
    await removeUnfinished(workspace.runs);
    const kept: Kept[] = [];
    for (let from = 0; from < runs.length; from += together) {
      if (signal?.aborted) throw new Cancelled();
      const some = runs.slice(from, from + together);
      const settled = await Promise.allSettled(some.map((run) => keep(files, run)));
      for (const one of settled) {
        if (one.status === 'rejected') throw one.reason;
        kept.push(one.value);
      }
    }
    const drafts = kept.flatMap(({ run, files: written }) =>
      written ? [{ kind: recordedKind, subject: run.id, body: { summary: summaryOf(run), files: written } }] : [],
    );
    if (drafts.length > 0) await synced(workspace.runs);
    log.appendAll(drafts);
    const again = kept.filter(({ files: written }) => written === null);
    return { runs: kept.map(({ run }) => run), known: again.map(({ run }) => run.id) };
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
