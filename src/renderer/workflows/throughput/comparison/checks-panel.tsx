import { useState } from 'react';
import type { CheckedItem, CheckStatus as Status } from '../../../../shared/model/checklist.ts';
import type { ThroughputComparison } from '../../../../shared/model/throughput-comparison.ts';
import { counted } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { CheckStatus } from '../../../ui/check-status.tsx';
import panels from '../panels.module.css';
import classes from './checks-panel.module.css';
import { evidenceOf } from './comparison-evidence.ts';

const order: readonly Status[] = ['FAILED', 'WARNED', 'NOT DONE', 'PASSED'];

const Step = ({ check }: { check: CheckedItem }) => {
  const { status, question, expected, observed, reason, rule, remedy, evidence } = check;
  return (
    <details className={classes.step}>
      <summary>
        <CheckStatus status={status} />
        <span className={classes.question}>{visibleText(question)}</span>
        <span className={classes.observed}>{visibleText(reason ?? observed)}</span>
      </summary>
      <dl className={classes.facts}>
        <dt>Expected</dt>
        <dd>{visibleText(expected)}</dd>
        <dt>Observed</dt>
        <dd>{visibleText(observed)}</dd>
        <dt>Decided by</dt>
        <dd>{reason ? visibleText(reason) : <code>{visibleText(rule)}</code>}</dd>
        {status === 'FAILED' || status === 'WARNED' ? (
          <>
            <dt>What to do</dt>
            <dd>{visibleText(remedy)}</dd>
          </>
        ) : null}
        <dt>Evidence</dt>
        <dd>
          <ul className={panels.list}>
            {evidence.map(({ id, text, pointer }) => (
              <li key={id}>
                {id} {visibleText(text)} <code className={panels.quiet}>{visibleText(pointer)}</code>
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </details>
  );
};

/** The automatic steps of the checklist: what was expected, what was observed, and which rule decided. */
export const ChecksPanel = ({ comparison, checks }: { comparison: ThroughputComparison; checks: CheckedItem[] }) => {
  const [all, setAll] = useState(false);
  const of = (...statuses: Status[]) => checks.filter(({ status }) => statuses.includes(status));
  const shown = all ? checks : [...of('FAILED'), ...of('WARNED')];
  const counts = (...statuses: Status[]) =>
    statuses
      .flatMap((status) => (of(status).length > 0 ? [`${of(status).length} ${status.toLowerCase()}`] : []))
      .join(', ');
  return (
    <EvidencePanel
      title="Checklist"
      note={counts(...order)}
      flush
      table={{
        columns: ['step', 'status', 'question', 'expected', 'observed', 'rule', 'reason'],
        rows: checks.map(({ item, status, question, expected, observed, rule, reason }) => [
          item,
          status,
          question,
          expected,
          observed,
          rule,
          reason ?? null,
        ]),
      }}
      evidence={evidenceOf(comparison, {
        pointer: '/checks',
        json: checks,
        n: counted(checks.length, 'automatic step'),
      })}
    >
      <div className={classes.steps}>
        {shown.map((check) => (
          <Step key={check.item} check={check} />
        ))}
        {shown.length === 0 ? <p className={classes.none}>No automatic step failed.</p> : null}
      </div>
      <div className={panels.footing}>
        <button type="button" className={classes.more} onClick={() => setAll(!all)} aria-expanded={all}>
          {all
            ? 'Only what failed or warned'
            : `Show all in their order: ${counts('NOT DONE', 'PASSED') || 'nothing else'}`}
        </button>{' '}
        A failed step is where to look, no proof of the cause. Steps that no file can answer are for a person: another
        unit, and closing by reversal.
      </div>
    </EvidencePanel>
  );
};
