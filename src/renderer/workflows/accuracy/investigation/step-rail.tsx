import { Link } from '@tanstack/react-router';
import { Icon } from '../../../ui/icon.tsx';
import { stepStates } from './check-lines.ts';
import { useInvestigationPage } from './investigation-context.ts';
import { carried } from './investigation-search.ts';
import { stepAddress } from './step-address.ts';
import classes from './step-rail.module.css';
import { numberOf, type StepState, steps } from './steps.ts';

const marks: Record<StepState, string> = { done: ', done', attention: ', something was found', open: '' };

const Mark = ({ number, state, name }: { number: number; state: StepState; name: string }) => (
  <>
    <span className={classes.mark} data-state={state} aria-hidden="true">
      {number}
    </span>
    {name}
    {state === 'open' ? null : (
      <span className={classes.state} data-state={state}>
        <Icon name={state === 'done' ? 'check' : 'warning'} size={11} />
        <span className={classes.spoken}>{marks[state]}</span>
      </span>
    )}
  </>
);

/** Every step is a link: it can be left and entered again in any order. */
export const StepRail = () => {
  const { investigation, place, search } = useInvestigationPage();
  const states = stepStates(investigation);
  return (
    <nav className={classes.rail} aria-label="Steps of the investigation">
      <ol>
        <li>
          <Link
            className={classes.step}
            to="/accuracy/d/$dataset"
            params={{ dataset: investigation.dataset.id }}
            title="The dataset: row ledger, columns, timeline"
          >
            <Mark number={1} state="done" name="Import" />
          </Link>
        </li>
        {steps.map((step) => (
          <li key={step.id}>
            <Link
              className={classes.step}
              {...stepAddress(step.id, investigation.id, place, carried(search))}
              activeOptions={{ exact: true, includeSearch: false }}
              title={step.question}
            >
              <Mark number={numberOf(step.id)} state={states[step.id]} name={step.name} />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
};
