import { Link } from '@tanstack/react-router';
import type { CheckLine } from '../../../../shared/model/checklist.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { CheckStatus } from '../../../ui/check-status.tsx';
import { Panel } from '../../../ui/panel.tsx';
import classes from './check-list.module.css';
import { useInvestigationPage } from './investigation-context.ts';
import { carried } from './investigation-search.ts';
import { stepAddress } from './step-address.ts';

/** What was found, or why nothing was. */
export const observedText = (line: CheckLine): string =>
  line.collected && line.collected.status !== 'NOT DONE'
    ? line.collected.observed
    : (line.reason ?? line.collected?.reason ?? 'nothing was observed');

/** Items of the checklist beside the evidence they were read from. */
export const CheckList = ({ title, lines }: { title: string; lines: readonly CheckLine[] }) => {
  const { investigation, search } = useInvestigationPage();
  return (
    <Panel title={title} note="expected against observed" flush>
      <ul className={classes.list}>
        {lines.map((line) => (
          <li key={line.item.id} className={classes.line}>
            <CheckStatus status={line.status} />
            <Link
              className={classes.question}
              {...stepAddress('checklist', investigation.id, null, { ...carried(search), item: line.item.id })}
            >
              {visibleText(line.item.question)}
            </Link>
            <span className={classes.values}>
              <span>
                <span className={classes.name}>expected</span>
                <span>{visibleText(line.item.expected)}</span>
              </span>
              <span>
                <span className={classes.name}>observed</span>
                <b>{visibleText(observedText(line))}</b>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
