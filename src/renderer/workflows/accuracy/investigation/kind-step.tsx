import { ExplanationPanel } from '../result/explanation-panel.tsx';
import { WaterfallPanel } from '../result/waterfall-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { RuledOutPanel } from './ruled-out-panel.tsx';
import layout from './step-frame.module.css';
import { StepFrame } from './step-frame.tsx';

export const KindStep = () => {
  const { comparison, request } = useInvestigationPage();
  return (
    <StepFrame step="kind">
      <ExplanationPanel comparison={comparison} request={request} />
      <div className={layout.pair} data-wide="left">
        <WaterfallPanel comparison={comparison} request={request} />
        <RuledOutPanel />
      </div>
    </StepFrame>
  );
};
