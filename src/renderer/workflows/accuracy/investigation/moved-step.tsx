import { memo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import columns from '../result/columns.module.css';
import { DriftPanel } from '../result/drift-panel.tsx';
import { FeatureDriftPanel } from '../result/feature-drift-panel.tsx';
import { ReliabilityPanel } from '../result/reliability-panel.tsx';
import { isPicked, type Selection, useFollowingSelection } from '../result/route-selection.ts';
import { ScoreDistributionPanel } from '../result/score-distribution-panel.tsx';
import { SelectionBar } from '../result/selection-bar.tsx';
import { chunkNames } from '../result/series-panel.tsx';
import { useSeries, useSlices } from '../result/use-picked.ts';
import { useInvestigationPage } from './investigation-context.ts';
import { StepFrame } from './step-frame.tsx';
import { VersionsPanel } from './versions-panel.tsx';

interface MovedProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  selection: Selection;
}

const Moved = memo(({ comparison, request, selection }: MovedProps) => {
  const { chunk, series } = useSeries(comparison, request, selection);
  const { inside } = useSlices(comparison, request, selection);
  const shown = { comparison: inside.comparison, request: inside.request };
  return (
    <>
      {isPicked(selection) ? <SelectionBar selection={selection} slice={inside} /> : null}
      <div className={columns.pair} data-wide="left">
        <div className={columns.column}>
          <DriftPanel
            {...shown}
            onset={comparison.onset}
            series={series.status === 'done' ? series.document : null}
            chunkName={chunkNames[chunk]}
          />
          <FeatureDriftPanel {...shown} />
        </div>
        <div className={columns.column}>
          <ScoreDistributionPanel {...shown} />
          <ReliabilityPanel {...shown} />
        </div>
      </div>
    </>
  );
});
Moved.displayName = 'Moved';

export const MovedStep = () => {
  const { comparison, request } = useInvestigationPage();
  return (
    <StepFrame step="moved">
      <VersionsPanel />
      <Moved comparison={comparison} request={request} selection={useFollowingSelection()} />
    </StepFrame>
  );
};
