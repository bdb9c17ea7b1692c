import { Button } from '@mantine/core';
import type { Segment } from '../../../../shared/model/comparison.ts';
import { sameSegment } from '../../../../shared/segment-text.ts';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import columns from '../result/columns.module.css';
import { explainedRows } from '../result/explained-rows.ts';
import { ExplanationPanel } from '../result/explanation-panel.tsx';
import { isPicked, useSelection } from '../result/route-selection.ts';
import { SelectionBar } from '../result/selection-bar.tsx';
import { useSlices } from '../result/use-picked.ts';
import { WaterfallPanel } from '../result/waterfall-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import classes from './kind-step.module.css';
import { RuledOutPanel } from './ruled-out-panel.tsx';
import { StepFrame } from './step-frame.tsx';

/** Whose change the page takes apart, and that the record stays with its own rows. */
const SplitRows = ({ segment, elsewhere, onReturn }: { segment: Segment; elsewhere: boolean; onReturn(): void }) => (
  <section className={classes.bar} aria-label="Rows that are split">
    {elsewhere ? (
      <>
        <span>
          The answer above and the report are about <SegmentLabel segment={segment} />; below stands what is picked.
        </span>
        <Button variant="default" size="compact-xs" onClick={onReturn}>
          Back to the rows on record
        </Button>
      </>
    ) : (
      <span>
        Split below: <SegmentLabel segment={segment} />, the rows on record. Another segment picked under Where is split
        here as well.
      </span>
    )}
  </section>
);

export const KindStep = () => {
  const { comparison, request } = useInvestigationPage();
  const selection = useSelection();
  const onRecord = explainedRows(comparison, request);
  // The rows on record are split already; whatever else is picked is split now, to be looked at.
  const elsewhere =
    isPicked(selection) &&
    (selection.days !== null || !sameSegment({ ...request.within, ...selection.segment }, onRecord));
  const { inside } = useSlices(comparison, request, elsewhere ? selection : nothing);
  const shown = { comparison: inside.comparison, request: inside.request };
  return (
    <StepFrame step="kind">
      <SplitRows segment={onRecord} elsewhere={elsewhere} onReturn={selection.letGo} />
      {elsewhere ? <SelectionBar selection={selection} slice={inside} /> : null}
      <ExplanationPanel {...shown} />
      <div className={columns.pair} data-wide="left">
        <WaterfallPanel {...shown} />
        <RuledOutPanel />
      </div>
    </StepFrame>
  );
};

const nothing = { segment: {}, days: null };
