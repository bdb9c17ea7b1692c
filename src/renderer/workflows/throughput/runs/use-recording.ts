import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { RecordedRuns } from '../../../../shared/contract.ts';
import type { JobTicket } from '../../../../shared/model/job.ts';
import { type JobRun, useJob } from '../../../client/use-job.ts';
import { useRunsChanged } from '../run-list.ts';

export type Recorded = z.infer<typeof RecordedRuns>;

export interface RecordingJob {
  run: JobRun<Recorded>;
  /** It was stopped by the person: what had been measured by then is kept. */
  stopped: boolean;
  start(title: string, begin: () => Promise<JobTicket<Recorded>>): void;
  dismiss(): void;
}

/** A job that records runs: the list is read again however it ends, because a cancelled one keeps what it measured. */
export const useRecording = (): RecordingJob => {
  const changed = useRunsChanged();
  const { run, start, reset } = useJob<Recorded>();
  const [stopped, setStopped] = useState(false);
  const before = useRef(run.status);
  useEffect(() => {
    const ended = before.current === 'running' && run.status !== 'running';
    if (ended) changed();
    if (ended && run.status === 'idle') setStopped(true);
    before.current = run.status;
  }, [run.status, changed]);
  return {
    run,
    stopped,
    start: (title, begin) => {
      setStopped(false);
      void start(title, begin);
    },
    dismiss: () => {
      setStopped(false);
      reset();
    },
  };
};
