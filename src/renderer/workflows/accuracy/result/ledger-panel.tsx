import { useMemo } from 'react';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { count } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { evidenceOf } from './evidence-of.ts';
import classes from './panels.module.css';
import { ledgerTable } from './result-tables.ts';

/** What became of every row that was read. */
export const LedgerPanel = ({ comparison, request }: { comparison: AccuracyComparison; request: CompareRequest }) => {
  const { ledger } = comparison;
  const bad = ledger.badScores.null + ledger.badScores.nan + ledger.badScores.infinite + ledger.badScores.outOfRange;
  const lines = [
    ['prediction rows read', ledger.predictionRows],
    ['distinct predictions', ledger.distinctPredictions],
    ['label rows read', ledger.labelRows],
    ['joined with a label', ledger.joined],
    ['duplicate predictions', ledger.duplicatePredictions],
    ['duplicates that contradict', ledger.conflictingDuplicates],
    ['labels without prediction', ledger.orphanLabels],
    ['labels before prediction', ledger.earlyLabels],
    ['revised labels', ledger.conflictingLabels],
    ['rows without a key', ledger.nullKeys],
    ['unusable scores', bad],
  ] as const;
  const table = useMemo(() => ledgerTable(comparison), [comparison]);
  return (
    <EvidencePanel
      title="Row ledger"
      note="nothing is dropped silently"
      table={table}
      evidence={evidenceOf(comparison, request, {
        pointer: '/ledger',
        json: ledger,
        methods: [],
        n: `${count(ledger.predictionRows)} prediction rows and ${count(ledger.labelRows)} label rows`,
      })}
    >
      <dl className={classes.ledger}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-zero={value === 0 || undefined}>{count(value)}</dd>
          </div>
        ))}
      </dl>
      {ledger.notes.length > 0 ? (
        <ul className={classes.list}>
          {ledger.notes.map((note) => (
            <li key={note.code + note.text}>{visibleText(note.text)}</li>
          ))}
        </ul>
      ) : null}
    </EvidencePanel>
  );
};
