import { memo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { isPicked, type Selection, useFollowingSelection } from '../result/route-selection.ts';
import { SegmentsPanel } from '../result/segments-panel.tsx';
import { SelectionBar } from '../result/selection-bar.tsx';
import { SelectionPanel } from '../result/selection-panel.tsx';
import { SeriesPanel } from '../result/series-panel.tsx';
import { useBehindExplanation, useEarlyExplanation, usePreparedSelections } from '../result/use-explanation.ts';
import { useSeries, useSlices } from '../result/use-picked.ts';
import { useInvestigationPage } from './investigation-context.ts';
import { PlaceBar } from './place-bar.tsx';
import { StepFrame } from './step-frame.tsx';

interface WhereProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  selection: Selection;
}

const Where = memo(({ comparison, request, selection }: WhereProps) => {
  const after = useBehindExplanation(comparison, request, selection);
  const { chunk, series, behind } = useSeries(comparison, request, selection, after);
  const { byDays, inside } = useSlices(comparison, request, selection, behind);
  usePreparedSelections(request, series.status === 'done');
  return (
    <>
      <SegmentsPanel comparison={byDays.comparison} request={byDays.request} />
      <PlaceBar segment={selection.segment} />
      <SeriesPanel comparison={comparison} request={request} selection={selection} chunk={chunk} series={series} />
      <SelectionBar selection={selection} slice={inside} explained />
      {isPicked(selection) ? <SelectionPanel comparison={comparison} request={request} selection={selection} /> : null}
    </>
  );
});
Where.displayName = 'Where';

export const WhereStep = () => {
  const { comparison, request } = useInvestigationPage();
  useEarlyExplanation(comparison, request);
  return (
    <StepFrame step="where">
      <Where comparison={comparison} request={request} selection={useFollowingSelection()} />
    </StepFrame>
  );
};
