import type { AccuracySeries } from '../../../../shared/model/series.ts';
import { DriftPanel } from '../result/drift-panel.tsx';
import { FeatureDriftPanel } from '../result/feature-drift-panel.tsx';
import { ReliabilityPanel } from '../result/reliability-panel.tsx';
import { ScoreDistributionPanel } from '../result/score-distribution-panel.tsx';
import { chunkNames } from '../result/series-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import layout from './step-frame.module.css';
import { StepFrame } from './step-frame.tsx';
import { useSeries } from './use-series.ts';
import { VersionsPanel } from './versions-panel.tsx';

export const MovedStep = () => {
  const { comparison, request } = useInvestigationPage();
  const { chunk, series } = useSeries();
  const document: AccuracySeries | null = series.status === 'done' ? series.document : null;
  return (
    <StepFrame step="moved">
      <VersionsPanel />
      <div className={layout.pair} data-wide="left">
        <div className={layout.column}>
          <DriftPanel comparison={comparison} request={request} series={document} chunkName={chunkNames[chunk]} />
          <FeatureDriftPanel comparison={comparison} request={request} />
        </div>
        <div className={layout.column}>
          <ScoreDistributionPanel comparison={comparison} request={request} />
          <ReliabilityPanel comparison={comparison} request={request} />
        </div>
      </div>
    </StepFrame>
  );
};
