import type { Segment } from '../../../../shared/model/comparison.ts';
import { sameSegment } from '../../../../shared/segment-text.ts';
import { ActionButton } from '../../../ui/action-button.tsx';
import { type Action, useActions } from '../../../ui/actions.ts';
import { Icon } from '../../../ui/icon.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import classes from './place-bar.module.css';
import { useChoose } from './use-investigation.ts';

/** Looking at a segment is free; saying "it is here" is a choice and is recorded. */
export const PlaceBar = ({ segment }: { segment: Segment }) => {
  const { investigation } = useInvestigationPage();
  const choose = useChoose(investigation.id);
  const picked = Object.keys(segment).length > 0;
  const recorded = investigation.segment;
  const same = recorded !== null && sameSegment(recorded, segment);
  const record: Action = {
    id: 'record-place',
    title: 'Record this segment as the place',
    group: 'This page',
    keys: 'c',
    ...(picked ? (same ? { disabled: 'it is recorded already' } : {}) : { disabled: 'pick a segment first' }),
    run: () => choose.mutate({ kind: 'segment-chosen', segment }),
  };
  useActions([record]);
  return (
    <section className={classes.bar} aria-label="Recorded place">
      <span className={classes.words}>
        {recorded ? (
          <>
            <Icon name="check" /> Recorded as the place: <SegmentLabel segment={recorded} />
          </>
        ) : (
          <span className={classes.quiet}>No place is recorded yet.</span>
        )}
        {picked && !same ? (
          <span className={classes.picked}>
            Looking at <SegmentLabel segment={segment} />
          </span>
        ) : null}
      </span>
      {choose.isError ? (
        <span className={classes.fault} role="alert">
          {choose.error.message}
        </span>
      ) : null}
      {same ? null : <ActionButton action={record} variant={picked ? 'filled' : 'default'} showKeys />}
    </section>
  );
};
