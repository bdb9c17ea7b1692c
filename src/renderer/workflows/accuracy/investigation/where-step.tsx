import { SegmentsPanel } from '../result/segments-panel.tsx';
import { isPicked, SelectionBar } from '../result/selection-bar.tsx';
import { SelectionPanel } from '../result/selection-panel.tsx';
import { SeriesPanel } from '../result/series-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { PlaceBar } from './place-bar.tsx';
import { StepFrame } from './step-frame.tsx';
import { useSeries, useSlices } from './use-series.ts';

export const WhereStep = () => {
  const { comparison, request } = useInvestigationPage();
  const { selection, chunk, series } = useSeries(comparison);
  const { byDays, inside } = useSlices(selection);
  return (
    <StepFrame step="where">
      <SegmentsPanel comparison={byDays.comparison} request={byDays.request} selection={selection} />
      <PlaceBar segment={selection.segment} />
      <SeriesPanel comparison={comparison} request={request} selection={selection} chunk={chunk} series={series} />
      <SelectionBar selection={selection} slice={inside} />
      {isPicked(selection) ? <SelectionPanel comparison={comparison} request={request} selection={selection} /> : null}
    </StepFrame>
  );
};
