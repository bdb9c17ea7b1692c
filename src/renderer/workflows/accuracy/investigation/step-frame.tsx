import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/icon.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import columns from '../result/columns.module.css';
import { answerOf } from './answers.ts';
import { linesOfStep } from './check-lines.ts';
import { CheckList } from './check-list.tsx';
import { useInvestigationPage } from './investigation-context.ts';
import { carried } from './investigation-search.ts';
import { stepAddress } from './step-address.ts';
import classes from './step-frame.module.css';
import { neighbour, type StepId, stepOf } from './steps.ts';

const NextStep = ({ step, variant }: { step: StepId; variant: 'filled' | 'default' }) => {
  const { investigation, place, search } = useInvestigationPage();
  const next = neighbour(step, 1);
  if (!next) return null;
  return (
    <Button
      variant={variant}
      rightSection={
        <span className={classes.onward}>
          <Icon name="arrowRight" size={12} />
          <KeyHint keys="n" />
        </span>
      }
      renderRoot={(props) => <Link {...props} {...stepAddress(next.id, investigation.id, place, carried(search))} />}
    >
      Next: {next.name}
    </Button>
  );
};

export interface StepFrameProps {
  step: StepId;
  children: ReactNode;
  actions?: ReactNode;
}

/** One question, what answers it, the answer, what it rests on, what the checklist says of it, and the way on. */
export const StepFrame = ({ step, children, actions }: StepFrameProps) => {
  const { investigation, documents } = useInvestigationPage();
  const { question, lead } = stepOf(step);
  const answer = answerOf(step, investigation, documents);
  const lines = linesOfStep(investigation, step);
  const next = neighbour(step, 1);
  return (
    <>
      <PageHeader
        title={question}
        actions={
          <>
            {actions}
            <NextStep step={step} variant="default" />
          </>
        }
      >
        {lead}
      </PageHeader>
      <div className={columns.column}>
        {answer ? (
          <section className={classes.answer} aria-label="Answer of this step">
            <p>{answer}</p>
          </section>
        ) : null}
        {children}
        {lines.length > 0 ? <CheckList title="What the checklist says about this step" lines={lines} /> : null}
        {next ? (
          <div className={classes.foot}>
            <span>
              Next: <em>{next.question}</em>
            </span>
            <NextStep step={step} variant="filled" />
          </div>
        ) : null}
      </div>
    </>
  );
};
