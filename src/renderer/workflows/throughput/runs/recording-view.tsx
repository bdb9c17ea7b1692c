import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { counted } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import classes from './add-panel.module.css';
import type { RecordingJob } from './use-recording.ts';
import type { Sides } from './use-sides.ts';

/** How the recording stands, and what came of it. */
export const RecordingView = ({ job, sides }: { job: RecordingJob; sides: Sides }) => {
  const navigate = useNavigate();
  const { run } = job;
  if (run.status === 'running')
    return (
      <ProgressView
        title={run.title}
        progress={run.progress}
        startedAt={run.startedAt}
        onCancel={run.cancel}
        cancelNote="What was measured by then is kept."
      />
    );
  if (run.status === 'failed')
    return (
      <ErrorState
        title="The runs could not be recorded"
        error={run.error}
        actions={
          <Button variant="default" onClick={job.dismiss}>
            Close
          </Button>
        }
      />
    );
  const dismiss = (
    <Button variant="subtle" size="compact-xs" onClick={job.dismiss}>
      Close
    </Button>
  );
  if (job.stopped)
    return (
      <div className={classes.notice} role="status">
        <Icon name="cross" /> Stopped. Runs that were measured by then are in the list.
        {dismiss}
      </div>
    );
  if (run.status !== 'done') return null;
  const { runs, remarks } = run.result;
  const ids = runs.map(({ id }) => id);
  return (
    <div className={classes.notice} role="status">
      <Icon name="check" /> <b>{counted(runs.length, 'run')} recorded</b>
      {runs[0] ? (
        <>
          {runs.length === 1 ? (
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => void navigate({ to: '/throughput/runs/$run', params: { run: runs[0]!.id } })}
            >
              Open it
            </Button>
          ) : null}
          <Button variant="default" size="compact-xs" onClick={() => sides.choose(ids, 'candidate')}>
            Choose as candidate
          </Button>
          <Button variant="default" size="compact-xs" onClick={() => sides.choose(ids, 'baseline')}>
            Choose as baseline
          </Button>
        </>
      ) : null}
      {dismiss}
      {remarks.length > 0 ? (
        <ul>
          {remarks.map((remark) => (
            <li key={remark}>{visibleText(remark)}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
};
