import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { MetricsPanel } from '../result/metrics-panel.tsx';
import { isPicked, useSelection } from '../result/route-selection.ts';
import { SelectionBar } from '../result/selection-bar.tsx';
import { SeriesPanel } from '../result/series-panel.tsx';
import { useSeries, useSlices } from '../result/use-picked.ts';
import { ChangePanel } from './change-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { stepAddress } from './step-address.ts';
import { StepFrame } from './step-frame.tsx';

export const RealStep = () => {
  const { investigation, comparison, request, search } = useInvestigationPage();
  const navigate = useNavigate();
  const primary = comparison.settings.metric;
  const metric = search.metric && comparison.metrics[search.metric] ? search.metric : primary;
  // Another metric over time is another question to the same rows; the verdict stays with the one fixed before looking.
  const drawn = useMemo(
    () => (metric === primary ? comparison : { ...comparison, settings: { ...comparison.settings, metric } }),
    [comparison, metric, primary],
  );
  const selection = useSelection();
  const { chunk, series } = useSeries(drawn, request, selection);
  const { inside } = useSlices(comparison, request, selection);
  const pick = (name: string) =>
    void navigate({
      ...stepAddress('real', investigation.id, null, {
        ...search,
        metric: name === metric || name === primary ? undefined : name,
      }),
      replace: metric !== primary,
      resetScroll: false,
    });
  return (
    <StepFrame step="real">
      <ChangePanel />
      <SeriesPanel comparison={drawn} request={request} selection={selection} chunk={chunk} series={series} />
      {isPicked(selection) ? <SelectionBar selection={selection} slice={inside} /> : null}
      <MetricsPanel comparison={inside.comparison} request={inside.request} picked={metric} onPick={pick} />
    </StepFrame>
  );
};
