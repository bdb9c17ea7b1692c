import { Button, Checkbox } from '@mantine/core';
import { useMemo } from 'react';
import { dayRange } from '../../../../shared/units.ts';
import { type Action, useActions } from '../../../ui/actions.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { isPicked, type Selection, useSelection } from './route-selection.ts';
import classes from './selection-bar.module.css';
import type { Slice } from './use-slice.ts';

export interface SelectionBarProps {
  selection: Selection;
  slice: Slice;
  /** Where the page tells what is different inside. */
  explained?: boolean;
}

/** What is picked, and that the panels below show only that. */
export const SelectionBar = ({ selection, slice, explained = false }: SelectionBarProps) => {
  const { segment, days, select, selectDays, onlyErrors } = selection;
  // A control answers at once, whatever follows it later.
  const { errorsOnly } = useSelection();
  const picked = isPicked(selection);
  const actions = useMemo(
    (): Action[] => [
      {
        id: 'days-none',
        title: 'All days (no picked days)',
        group: 'Result',
        keys: 'shift+u',
        run: () => selectDays(null),
      },
    ],
    [selectDays],
  );
  useActions(actions);
  if (!picked) {
    return (
      <p className={classes.idle}>
        Pick a segment in the table, or drag over days in a chart (shift and arrow keys): the panels below then show
        only what is inside.
      </p>
    );
  }
  return (
    <section className={classes.bar} aria-label="Selection">
      <div className={classes.line}>
        <strong>Inside</strong>
        {Object.keys(segment).length > 0 ? (
          <span className={classes.part}>
            <SegmentLabel segment={segment} />
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<Icon name="cross" size={11} />}
              aria-label="Let go of the segment"
              onClick={() => select({})}
            >
              segment
            </Button>
          </span>
        ) : null}
        {days ? (
          <span className={classes.part}>
            {dayRange(days.from, days.to)}
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<Icon name="cross" size={11} />}
              aria-label="Let go of the days"
              onClick={() => selectDays(null)}
            >
              days
            </Button>
          </span>
        ) : null}
        {explained ? (
          <Checkbox
            size="xs"
            label="errors only, in what is different"
            checked={errorsOnly}
            onChange={(event) => onlyErrors(event.currentTarget.checked)}
          />
        ) : null}
        <span className={classes.note}>
          {slice.job
            ? 'The panels below show these rows. Looked at, not decided by: nothing of it goes on the record.'
            : 'Days of the reference: the panels below stay as they are.'}
        </span>
      </div>
      {slice.job?.status === 'running' ? (
        <ProgressView
          title="Comparing what is inside"
          progress={slice.job.progress}
          startedAt={slice.job.startedAt}
          onCancel={slice.job.cancel}
        />
      ) : null}
      {slice.job?.status === 'failed' ? (
        <ErrorState title="The selection could not be compared" error={slice.job.error} onRetry={slice.job.retry} />
      ) : null}
      {slice.job?.status === 'cancelled' ? (
        <p className={classes.note}>
          Cancelled: the panels below show all rows.{' '}
          <Button variant="default" size="compact-xs" onClick={slice.job.retry}>
            Compare what is inside
          </Button>
        </p>
      ) : null}
    </section>
  );
};
