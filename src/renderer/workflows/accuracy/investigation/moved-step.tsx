import type { AccuracySeries } from '../../../../shared/model/series.ts';
import columns from '../result/columns.module.css';
import { DriftPanel } from '../result/drift-panel.tsx';
import { FeatureDriftPanel } from '../result/feature-drift-panel.tsx';
import { ReliabilityPanel } from '../result/reliability-panel.tsx';
import { isPicked, useSelection } from '../result/route-selection.ts';
import { ScoreDistributionPanel } from '../result/score-distribution-panel.tsx';
import { SelectionBar } from '../result/selection-bar.tsx';
import { chunkNames } from '../result/series-panel.tsx';
import { useSeries, useSlices } from '../result/use-picked.ts';
import { useInvestigationPage } from './investigation-context.ts';
import { StepFrame } from './step-frame.tsx';
import { VersionsPanel } from './versions-panel.tsx';

export const MovedStep = () => {
  const { comparison, request } = useInvestigationPage();
  const selection = useSelection();
  const { chunk, series } = useSeries(comparison, request, selection);
  const { inside } = useSlices(comparison, request, selection);
  const shown = { comparison: inside.comparison, request: inside.request };
  const document: AccuracySeries | null = series.status === 'done' ? series.document : null;
  return (
    <StepFrame step="moved">
      <VersionsPanel />
      {isPicked(selection) ? <SelectionBar selection={selection} slice={inside} /> : null}
      <div className={columns.pair} data-wide="left">
        <div className={columns.column}>
          <DriftPanel {...shown} series={document} chunkName={chunkNames[chunk]} />
          <FeatureDriftPanel {...shown} />
        </div>
        <div className={columns.column}>
          <ScoreDistributionPanel {...shown} />
          <ReliabilityPanel {...shown} />
        </div>
      </div>
    </StepFrame>
  );
};
