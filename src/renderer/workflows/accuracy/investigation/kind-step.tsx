import { Button } from '@mantine/core';
import type { Segment } from '../../../../shared/model/comparison.ts';
import { sameSegment } from '../../../../shared/segment-text.ts';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { ExplanationPanel } from '../result/explanation-panel.tsx';
import { type Selection, useSelection } from '../result/route-selection.ts';
import { isPicked, SelectionBar } from '../result/selection-bar.tsx';
import { useSlices } from '../result/use-picked.ts';
import { WaterfallPanel } from '../result/waterfall-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import classes from './kind-step.module.css';
import { RuledOutPanel } from './ruled-out-panel.tsx';
import layout from './step-frame.module.css';
import { StepFrame } from './step-frame.tsx';

/** The rows on record are split already; everything else that is picked is split now, to be looked at. */
const asksElsewhere = (selection: Pick<Selection, 'segment' | 'days'>, onRecord: Segment): boolean =>
  isPicked(selection) && !(selection.days === null && sameSegment(selection.segment, onRecord));

const OnRecord = ({ segment, elsewhere, onReturn }: { segment: Segment; elsewhere: boolean; onReturn(): void }) => (
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
  const { scope } = comparison.explanation;
  const elsewhere = asksElsewhere(selection, scope);
  const { inside } = useSlices(comparison, request, elsewhere ? selection : nothing);
  const shown = { comparison: inside.comparison, request: inside.request };
  return (
    <StepFrame step="kind">
      <OnRecord segment={scope} elsewhere={elsewhere} onReturn={selection.letGo} />
      {elsewhere ? <SelectionBar selection={selection} slice={inside} /> : null}
      <ExplanationPanel {...shown} />
      <div className={layout.pair} data-wide="left">
        <WaterfallPanel {...shown} />
        <RuledOutPanel />
      </div>
    </StepFrame>
  );
};

const nothing = { segment: {}, days: null };
