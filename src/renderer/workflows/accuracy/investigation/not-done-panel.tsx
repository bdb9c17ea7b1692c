import { Link } from '@tanstack/react-router';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Panel } from '../../../ui/panel.tsx';
import { isOpen } from './check-lines.ts';
import classes from './conclusion-step.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { stepAddress } from './step-address.ts';

/** What the report will print as NOT DONE, with its reason. */
export const NotDonePanel = () => {
  const { investigation } = useInvestigationPage();
  const { lines, phases } = investigation.checklist;
  const open = lines.filter(isOpen);
  const incomplete = phases.filter((phase) => phase.completedAt === null);
  return (
    <Panel title="Still NOT DONE" note="printed in the report with the reason">
      {open.length === 0 && incomplete.length === 0 ? (
        <p className={classes.quiet}>Nothing: every item has a status and every phase was declared complete.</p>
      ) : null}
      <ul className={classes.list}>
        {open.map((line) => (
          <li key={line.item.id}>
            <Link {...stepAddress('checklist', investigation.id, null, { item: line.item.id })}>
              {visibleText(line.item.question)}
            </Link>
            <span className={classes.quiet}>{visibleText(line.reason ?? 'no reason was given')}</span>
          </li>
        ))}
        {incomplete.map((phase) => (
          <li key={phase.id}>
            <Link {...stepAddress('checklist', investigation.id, null)}>Phase “{visibleText(phase.title)}”</Link>
            <span className={classes.quiet}>not declared complete</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
