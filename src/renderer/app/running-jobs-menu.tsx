import { Button, Popover } from '@mantine/core';
import { useClient } from '../client/use-connection.ts';
import { useRunningJobs } from '../client/use-job.ts';
import { ProgressView } from '../ui/progress-view.tsx';
import classes from './running-jobs-menu.module.css';

/** Long work stays in sight on every page and can be stopped from there. */
export const RunningJobsMenu = () => {
  const client = useClient();
  const jobs = Object.values(useRunningJobs((state) => state.jobs));
  if (jobs.length === 0) return null;
  return (
    <Popover position="bottom-end" shadow="md" width={380}>
      <Popover.Target>
        <Button variant="light" leftSection={<span className={classes.pulse} />}>
          {jobs.length} running
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.list}>
        {jobs.map((job) => (
          <ProgressView
            key={job.jobId}
            title={job.title}
            progress={job.progress}
            startedAt={job.startedAt}
            onCancel={() => void client.jobs.cancel({ jobId: job.jobId }).catch(() => undefined)}
          />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
};
