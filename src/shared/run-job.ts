import { Cancelled, WorkbenchError } from './errors.ts';
import type { JobState, JobTicket } from './model/job.ts';
import type { Progress } from './model/progress.ts';

/** The part of any client that following a job needs. */
export interface JobsClient {
  jobs: {
    watch(input: { jobId: string }, options?: { signal?: AbortSignal }): Promise<AsyncIterable<JobState>>;
    cancel(input: { jobId: string }): Promise<JobState>;
  };
}

export interface RunJobOptions {
  onProgress?: (progress: Progress) => void;
  /** Called once with the id, so that a reloaded window can follow the same job. */
  onStart?: (jobId: string) => void;
  /** Aborting cancels the job itself, not only the watching of it. */
  signal?: AbortSignal;
}

/** Follow a job that already runs until it ends; its faults are thrown as `WorkbenchError`. */
export const followJob = async <T>(client: JobsClient, jobId: string, options: RunJobOptions = {}): Promise<T> => {
  const { signal, onProgress } = options;
  const cancel = () => {
    client.jobs.cancel({ jobId }).catch(() => undefined);
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    for await (const state of await client.jobs.watch({ jobId })) {
      if (state.status === 'done') return JSON.parse(state.result ?? 'null') as T;
      if (state.status === 'cancelled') throw new Cancelled();
      if (state.status === 'failed') {
        const fault = state.error;
        throw new WorkbenchError(fault?.code ?? 'DEFECT', fault?.message ?? 'job failed', fault?.details);
      }
      if (state.progress) onProgress?.(state.progress);
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
  throw new WorkbenchError('UNAVAILABLE', `job ended without a result: ${jobId}`);
};

/** Start a job and follow it: `runJob(client, client.accuracy.compare(request), { onProgress, signal })`. */
export const runJob = async <T>(
  client: JobsClient,
  started: Promise<JobTicket<T>>,
  options: RunJobOptions = {},
): Promise<T> => {
  const { jobId } = await started;
  options.onStart?.(jobId);
  return followJob<T>(client, jobId, options);
};
