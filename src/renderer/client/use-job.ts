import { useCallback, useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import type { WorkbenchError } from '../../shared/errors.ts';
import { toWorkbenchError } from '../../shared/fault.ts';
import type { JobTicket } from '../../shared/model/job.ts';
import type { Progress } from '../../shared/model/progress.ts';
import { followJob } from '../../shared/run-job.ts';
import { useClient } from './use-connection.ts';

export interface RunningJob {
  jobId: string;
  title: string;
  startedAt: number;
  progress: Progress | null;
}

/** A job that ended while nobody looked at its page. */
export interface JobEnd {
  title: string;
  fault: WorkbenchError | null;
}

interface RunningJobs {
  jobs: Record<string, RunningJob>;
  /** The latest end that has to be told. */
  ended: JobEnd | null;
  tell(end: JobEnd): void;
  put(job: RunningJob): void;
  remove(jobId: string): void;
}

/** The jobs this window started or found running; the header shows them wherever one is. */
export const useRunningJobs = create<RunningJobs>((set) => ({
  jobs: {},
  ended: null,
  tell: (ended) => set({ ended }),
  put: (job) => set((state) => ({ jobs: { ...state.jobs, [job.jobId]: job } })),
  remove: (jobId) =>
    set((state) => {
      const { [jobId]: _ended, ...jobs } = state.jobs;
      return { jobs };
    }),
}));

export type JobRun<T> =
  | { status: 'idle' }
  | { status: 'running'; title: string; startedAt: number; progress: Progress | null; cancel: () => void }
  | { status: 'failed'; error: WorkbenchError }
  | { status: 'done'; result: T };

/** Starts a job and tells how it stands. Leaving the page leaves the job running, as the header shows. */
export const useJob = <T>(onDone?: (result: T) => void) => {
  const client = useClient();
  const [run, setRun] = useState<JobRun<T>>({ status: 'idle' });
  const onScreen = useRef(true);
  const finish = useRef(onDone);
  finish.current = onDone;
  useEffect(() => {
    onScreen.current = true;
    return () => {
      onScreen.current = false;
    };
  }, []);

  const start = useCallback(
    async (title: string, begin: () => Promise<JobTicket<T>>) => {
      const stop = new AbortController();
      const startedAt = Date.now();
      const show = (next: JobRun<T>) => {
        if (onScreen.current) setRun(next);
      };
      const running = (progress: Progress | null): JobRun<T> => ({
        status: 'running',
        title,
        startedAt,
        progress,
        cancel: () => stop.abort(),
      });
      show(running(null));
      let jobId: string | null = null;
      try {
        ({ jobId } = await begin());
        const id = jobId;
        const { put } = useRunningJobs.getState();
        put({ jobId: id, title, startedAt, progress: null });
        const result = await followJob<T>(client, id, {
          signal: stop.signal,
          onProgress: (progress) => {
            put({ jobId: id, title, startedAt, progress });
            show(running(progress));
          },
        });
        show({ status: 'done', result });
        if (onScreen.current) finish.current?.(result);
        else useRunningJobs.getState().tell({ title, fault: null });
      } catch (error) {
        const fault = toWorkbenchError(error);
        if (!onScreen.current && fault.code !== 'CANCELLED') useRunningJobs.getState().tell({ title, fault });
        show(fault.code === 'CANCELLED' ? { status: 'idle' } : { status: 'failed', error: fault });
      } finally {
        if (jobId) useRunningJobs.getState().remove(jobId);
      }
    },
    [client],
  );

  const reset = useCallback(() => setRun({ status: 'idle' }), []);
  return { run, start, reset };
};
