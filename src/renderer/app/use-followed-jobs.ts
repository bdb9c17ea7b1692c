import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { toWorkbenchError } from '../../shared/fault.ts';
import { followJob } from '../../shared/run-job.ts';
import { useClient } from '../client/use-connection.ts';
import { type JobEnd, useRunningJobs } from '../client/use-job.ts';

/** Stays until it is closed: whoever started the work may have looked elsewhere for an hour. */
const tellPerson = ({ title, fault }: JobEnd): void => {
  notifications.show({
    title: fault ? `Failed: ${title}` : 'Done',
    message: fault ? fault.message : title,
    autoClose: false,
    ...(fault ? { color: 'red' } : {}),
  });
};

/** A reload of the window loses no work: jobs that still run are found and followed to their end. */
export const useFollowedJobs = (): void => {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    let gone = false;
    const follow = async () => {
      const { put, remove, tell } = useRunningJobs.getState();
      const found = await client.jobs.list({});
      for (const state of found) {
        if (gone || state.status !== 'running' || useRunningJobs.getState().jobs[state.jobId]) continue;
        const job = { jobId: state.jobId, title: state.title, startedAt: Date.parse(state.startedAt) };
        put({ ...job, progress: state.progress });
        followJob(client, state.jobId, { onProgress: (progress) => put({ ...job, progress }) })
          .then(
            () => tell({ title: state.title, fault: null }),
            (error: unknown) => {
              const fault = toWorkbenchError(error);
              if (fault.code !== 'CANCELLED') tell({ title: state.title, fault });
            },
          )
          .finally(() => remove(state.jobId));
      }
    };
    follow().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [client]);

  useEffect(
    () =>
      useRunningJobs.subscribe((state, before) => {
        if (!state.ended || state.ended === before.ended) return;
        tellPerson(state.ended);
        void queries.invalidateQueries();
      }),
    [queries],
  );
};
