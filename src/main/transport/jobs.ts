import type { ZodType } from 'zod';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { Cancelled, WorkbenchError } from '../../shared/errors.ts';
import { faultOf } from '../../shared/fault.ts';
import type { JobState, JobTicket } from '../../shared/model/job.ts';
import type { Work } from '../../shared/model/progress.ts';
import type { Clock } from '../platform/clock.ts';

export interface JobDraft<T> {
  kind: string;
  title: string;
  /** What was asked for: asking again while it runs joins the running job, as a reloaded window does. */
  input: unknown;
  /** The result has to satisfy it: a `NaN` or a missing field ends the job as a defect, never as a silent number. */
  result: ZodType<T>;
  run(work: Work): Promise<T>;
}

export interface Jobs {
  start<T>(draft: JobDraft<T>): JobTicket<T>;
  /** The state now and after each change, until the job has ended; a later watcher starts from the state it finds. */
  watch(jobId: string, signal?: AbortSignal): AsyncGenerator<JobState>;
  cancel(jobId: string): JobState;
  list(): JobState[];
  /** Cancel everything and wait until it has stopped. */
  close(): Promise<void>;
}

interface Entry {
  key: string;
  state: JobState;
  abort: AbortController;
  /** Aborted when the job has ended, so that its last state is told at once. */
  over: AbortController;
  ended: Promise<void>;
  changed: Set<() => void>;
}

/** Ended jobs whose result a reloaded window can still read. */
const kept = 20;
/** Progress is shown to a person: more often than this only costs. */
const paceMs = 50;

export const createJobs = (clock: Clock, onDefect: (error: unknown) => void = () => undefined): Jobs => {
  const entries = new Map<string, Entry>();

  const find = (jobId: string): Entry => {
    const entry = entries.get(jobId);
    if (!entry) throw new WorkbenchError('NOT_FOUND', `unknown job: ${jobId}`);
    return entry;
  };

  const update = (entry: Entry, change: Partial<JobState>) => {
    if (entry.state.status !== 'running') return;
    entry.state = { ...entry.state, ...change };
    if (entry.state.status !== 'running') entry.over.abort();
    for (const wake of entry.changed) wake();
  };

  const forgetOldest = () => {
    const ended = [...entries.values()].filter(({ state }) => state.status !== 'running');
    for (const { state } of ended.slice(0, Math.max(0, ended.length - kept))) entries.delete(state.jobId);
  };

  const execute = async <T>(entry: Entry, draft: JobDraft<T>): Promise<void> => {
    try {
      const { signal } = entry.abort;
      const found = await draft.run({ signal, progress: (progress) => update(entry, { progress }) });
      if (signal.aborted) throw new Cancelled();
      update(entry, { status: 'done', result: JSON.stringify(draft.result.parse(found)) });
    } catch (error) {
      const fault = entry.abort.signal.aborted ? faultOf(new Cancelled()) : faultOf(error);
      if (fault.code === 'DEFECT') onDefect(error);
      update(entry, fault.code === 'CANCELLED' ? { status: 'cancelled' } : { status: 'failed', error: fault });
    }
    forgetOldest();
  };

  async function* watch(jobId: string, signal?: AbortSignal): AsyncGenerator<JobState> {
    const entry = find(jobId);
    for (;;) {
      const seen = entry.state;
      yield seen;
      if (seen.status !== 'running' || signal?.aborted) return;
      await clock.sleep(paceMs, signal ? AbortSignal.any([signal, entry.over.signal]) : entry.over.signal);
      if (entry.state === seen && !signal?.aborted) {
        await new Promise<void>((resolve) => {
          const wake = () => {
            entry.changed.delete(wake);
            signal?.removeEventListener('abort', wake);
            resolve();
          };
          entry.changed.add(wake);
          signal?.addEventListener('abort', wake, { once: true });
        });
      }
      if (signal?.aborted) return;
    }
  }

  return {
    start: <T>(draft: JobDraft<T>): JobTicket<T> => {
      const key = `${draft.kind} ${canonicalJson(draft.input)}`;
      const same = [...entries.values()].find(
        (entry) => entry.key === key && entry.state.status === 'running' && !entry.abort.signal.aborted,
      );
      if (same) return { jobId: same.state.jobId };
      const jobId = clock.newId();
      const state: JobState = {
        jobId,
        kind: draft.kind,
        title: draft.title,
        startedAt: clock.now(),
        status: 'running',
        progress: null,
      };
      const [abort, over] = [new AbortController(), new AbortController()];
      const entry: Entry = { key, state, abort, over, ended: Promise.resolve(), changed: new Set() };
      entries.set(jobId, entry);
      entry.ended = execute(entry, draft);
      return { jobId };
    },
    watch,
    cancel: (jobId) => {
      const entry = find(jobId);
      entry.abort.abort();
      return entry.state;
    },
    list: () => [...entries.values()].map(({ state: { result: _result, ...state } }) => state),
    close: async () => {
      const running = [...entries.values()];
      for (const { abort } of running) abort.abort();
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
};
