import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Progress } from '../../shared/model/progress.ts';
import { count, duration, timeLeftMs } from '../../shared/units.ts';
import classes from './states.module.css';

export interface ProgressViewProps {
  title: string;
  progress: Progress | null;
  /** When the work began, in milliseconds of the wall clock. */
  startedAt: number;
  onCancel?: (() => void) | undefined;
  /** What cancelling leaves behind. */
  cancelNote?: string;
}

const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
};

/** A step that counts in its own words, such as `run 3 of 5`, is still the same step. */
const nameOf = (progress: Progress | null): string | undefined => progress?.step.replace(/\d+/g, '#');

/** The pace is that of the step in progress: earlier steps counted other units. */
const usePace = (progress: Progress | null, now: number): number | null => {
  const step = nameOf(progress);
  const [began, setBegan] = useState({ step, at: now, done: progress?.done ?? 0 });
  if (began.step !== step) setBegan({ step, at: now, done: progress?.done ?? 0 });
  if (!progress || progress.total === null) return null;
  return timeLeftMs(progress.done - began.done, progress.total - began.done, now - began.at);
};

export const ProgressView = ({ title, progress, startedAt, onCancel, cancelNote }: ProgressViewProps) => {
  const now = useNow();
  const left = usePace(progress, now);
  const [cancelling, setCancelling] = useState(false);
  const share = progress?.total ? Math.min(1, progress.done / progress.total) : null;
  return (
    <div className={classes.state} data-tone="progress">
      <p className={classes.title}>{title}</p>
      <div
        className={classes.track}
        data-unknown={share === null || undefined}
        role="progressbar"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      >
        <div className={classes.bar} style={share === null ? undefined : { transform: `scaleX(${share})` }} />
      </div>
      <div className={classes.counts} role="status">
        <span>{progress?.step ?? 'starting'}</span>
        {progress && (progress.done > 0 || progress.total) ? (
          <span>
            {count(progress.done)}
            {progress.total === null ? '' : ` of ${count(progress.total)}`} {progress.unit}
          </span>
        ) : null}
      </div>
      <div className={classes.counts}>
        <span>{duration(Math.max(0, now - startedAt))} so far</span>
        {left !== null ? <span>about {duration(Math.max(1000, left))} left in this step</span> : null}
      </div>
      {onCancel ? (
        <div className={classes.actions}>
          <Button
            variant="default"
            disabled={cancelling}
            onClick={() => {
              setCancelling(true);
              onCancel();
            }}
          >
            {cancelling ? 'Cancelling …' : 'Cancel'}
          </Button>
          {cancelNote ? <span className={classes.counts}>{cancelNote}</span> : null}
        </div>
      ) : null}
    </div>
  );
};
