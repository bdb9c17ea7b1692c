import { Link } from '@tanstack/react-router';
import { Panel } from '../../../ui/panel.tsx';
import { answerOf } from './answers.ts';
import classes from './conclusion-step.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { stepAddress } from './step-address.ts';
import { stepOf } from './steps.ts';

const told = ['real', 'where', 'kind', 'moved'] as const;

/** What the steps answered, to be read once more before a cause is named. */
export const FindingsPanel = () => {
  const { investigation, documents, place } = useInvestigationPage();
  return (
    <Panel title="What the steps answered">
      <dl className={classes.findings}>
        {told.map((step) => (
          <div key={step}>
            <dt>
              <Link {...stepAddress(step, investigation.id, place)}>{stepOf(step).name}</Link>
            </dt>
            <dd>{answerOf(step, investigation, documents)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
};
