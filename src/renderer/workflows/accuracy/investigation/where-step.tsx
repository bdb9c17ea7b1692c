import { SegmentsPanel } from '../result/segments-panel.tsx';
import { SeriesPanel } from '../result/series-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { PlaceBar } from './place-bar.tsx';
import { StepFrame } from './step-frame.tsx';
import { useSeries } from './use-series.ts';

export const WhereStep = () => {
  const { comparison, request } = useInvestigationPage();
  const { selection, chunk, series } = useSeries();
  return (
    <StepFrame step="where">
      <SegmentsPanel comparison={comparison} request={request} selection={selection} />
      <PlaceBar segment={selection.segment} />
      <SeriesPanel comparison={comparison} request={request} selection={selection} chunk={chunk} series={series} />
    </StepFrame>
  );
};
