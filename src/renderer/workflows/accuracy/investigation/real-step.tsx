import { MetricsPanel } from '../result/metrics-panel.tsx';
import { SeriesPanel } from '../result/series-panel.tsx';
import { ChangePanel } from './change-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { StepFrame } from './step-frame.tsx';
import { useSeries } from './use-series.ts';

export const RealStep = () => {
  const { comparison, request } = useInvestigationPage();
  const { selection, chunk, series } = useSeries();
  return (
    <StepFrame step="real">
      <ChangePanel />
      <SeriesPanel comparison={comparison} request={request} selection={selection} chunk={chunk} series={series} />
      <MetricsPanel comparison={comparison} request={request} />
    </StepFrame>
  );
};
