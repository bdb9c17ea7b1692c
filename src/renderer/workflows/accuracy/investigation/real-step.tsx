import { useNavigate } from '@tanstack/react-router';
import { memo, useDeferredValue, useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { MetricsPanel } from '../result/metrics-panel.tsx';
import { isPicked, type Selection, useFollowingSelection } from '../result/route-selection.ts';
import { SelectionBar } from '../result/selection-bar.tsx';
import { SeriesPanel } from '../result/series-panel.tsx';
import { useSeries, useSlices } from '../result/use-picked.ts';
import { ChangePanel } from './change-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { stepAddress } from './step-address.ts';
import { StepFrame } from './step-frame.tsx';

interface OverTimeProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  metric: string;
  selection: Selection;
}

const OverTime = memo(({ comparison, request, metric, selection }: OverTimeProps) => {
  // Another metric over time is another question to the same rows; the verdict stays with the one fixed before looking.
  const drawn = useMemo(
    () =>
      metric === comparison.settings.metric
        ? comparison
        : { ...comparison, settings: { ...comparison.settings, metric } },
    [comparison, metric],
  );
  const { chunk, series } = useSeries(drawn, request, selection);
  return <SeriesPanel comparison={drawn} request={request} selection={selection} chunk={chunk} series={series} />;
});
OverTime.displayName = 'OverTime';

export const RealStep = () => {
  const { investigation, comparison, request, search } = useInvestigationPage();
  const navigate = useNavigate();
  const primary = comparison.settings.metric;
  const metric = search.metric && comparison.metrics[search.metric] ? search.metric : primary;
  // The picked row is marked in the next picture, the chart follows it.
  const following = useDeferredValue(metric);
  const selection = useFollowingSelection();
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
      <OverTime comparison={comparison} request={request} metric={following} selection={selection} />
      {isPicked(selection) ? <SelectionBar selection={selection} slice={inside} /> : null}
      <MetricsPanel comparison={inside.comparison} request={inside.request} picked={metric} onPick={pick} />
    </StepFrame>
  );
};
