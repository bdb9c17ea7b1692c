import { useMemo } from 'react';
import { draftOf, emptyDraft } from './conclusion-draft.ts';
import { ConclusionForm } from './conclusion-form.tsx';
import classes from './conclusion-step.module.css';
import { FindingsPanel } from './findings-panel.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { NotDonePanel } from './not-done-panel.tsx';
import { StepFrame } from './step-frame.tsx';

export const ConclusionStep = () => {
  const { investigation, comparison } = useInvestigationPage();
  const { conclusion } = investigation;
  const initial = useMemo(() => {
    const empty = emptyDraft(investigation, comparison);
    return conclusion ? draftOf(conclusion, empty) : empty;
  }, [investigation, comparison, conclusion]);
  return (
    <StepFrame step="conclusion">
      <div className={classes.layout}>
        {/* A conclusion recorded, taken back or brought again is another beginning. */}
        <ConclusionForm key={conclusion?.at ?? 'none'} initial={initial} />
        <div className={classes.aside}>
          <FindingsPanel />
          <NotDonePanel />
        </div>
      </div>
    </StepFrame>
  );
};
