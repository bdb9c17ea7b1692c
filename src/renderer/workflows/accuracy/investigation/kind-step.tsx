import { ExplanationPanel } from '../result/explanation-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { RuledOutPanel } from './ruled-out-panel.tsx';
import { StepFrame } from './step-frame.tsx';

export const KindStep = () => {
  const { comparison, request } = useInvestigationPage();
  return (
    <StepFrame step="kind">
      <ExplanationPanel comparison={comparison} request={request} />
      <RuledOutPanel />
    </StepFrame>
  );
};
