import { useMemo } from 'react';
import type { ThroughputComparison } from '../../../../shared/model/throughput-comparison.ts';
import { fingerprintText, isKnownField } from '../../../../shared/throughput-words.ts';
import { count, counted, decimal } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import panels from '../panels.module.css';
import classes from './causes-panel.module.css';
import { evidenceOf } from './comparison-evidence.ts';

/** Suspects in the order in which to look at them; a rank is no proof. */
export const CausesPanel = ({ comparison }: { comparison: ThroughputComparison }) => {
  const { causes } = comparison;
  return (
    <EvidencePanel
      title="Where to look first"
      note="suspects by evidence, no proof"
      table={{
        columns: ['rank', 'cause', 'weight', 'step', 'evidence'],
        rows: causes.map(({ kind, weight, step, evidence }, index) => [
          index + 1,
          kind,
          weight,
          step ? `${step.number} ${step.id}` : null,
          evidence.map(({ text }) => text).join('; '),
        ]),
      }}
      evidence={evidenceOf(comparison, { pointer: '/causes', json: causes, n: counted(causes.length, 'suspect') })}
    >
      {causes.length === 0 ? (
        <p className={panels.text}>
          {comparison.verdict === 'regression' || comparison.verdict === 'improvement'
            ? 'Nothing that was recorded points anywhere: look at what is unknown in the fingerprint first.'
            : comparison.verdict === 'not comparable' || comparison.verdict === 'invalid'
              ? 'Nothing was compared, so nothing is suspected.'
              : 'No suspect is named where no change was found.'}
        </p>
      ) : (
        <ol className={classes.causes}>
          {causes.map((cause) => (
            <li key={cause.kind}>
              <p className={classes.head}>
                <b>{visibleText(cause.kind.replaceAll('-', ' '))}</b>
                <span className={panels.quiet}>
                  weight {decimal(cause.weight, 2)}
                  {cause.step ? `, step ${cause.step.number} of the checklist` : ''}
                </span>
              </p>
              <p className={panels.text}>{visibleText(cause.text)}</p>
              <ul className={panels.list}>
                {cause.evidence.map(({ id, text }) => (
                  <li key={id + text} className={classes.evidence} title={visibleText(text)}>
                    <Icon name="chevronRight" size={10} /> {visibleText(text)}{' '}
                    <code className={panels.quiet}>{visibleText(id)}</code>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </EvidencePanel>
  );
};

type Difference = ThroughputComparison['fingerprintDifference'][number];

const side = (name: 'baseline' | 'candidate', title: string): Column<Difference> => ({
  id: name,
  title,
  width: 'minmax(110px, 1fr)',
  value: (row) => fingerprintText(row[name]),
  render: (row) => {
    const text = visibleText(fingerprintText(row[name]));
    return (
      <span className={isKnownField(row[name]) ? undefined : panels.unknown} title={text}>
        {text}
      </span>
    );
  },
});

const columns: Column<Difference>[] = [
  {
    id: 'field',
    title: 'Field',
    width: 'minmax(120px, 0.9fr)',
    value: (row) => row.field,
    render: (row) =>
      row.suspect ? (
        <b title={visibleText(row.field)}>{visibleText(row.field)}</b>
      ) : (
        <span title={visibleText(row.field)}>{visibleText(row.field)}</span>
      ),
  },
  side('baseline', 'Baseline'),
  side('candidate', 'Candidate'),
  {
    id: 'standing',
    title: 'Standing',
    width: 'minmax(150px, 1.3fr)',
    value: (row) => `${row.suspect ? 'suspect' : row.known ? 'harmless' : 'unknown'}: ${row.reason}`,
    render: (row) => (
      <span title={visibleText(row.reason)}>
        {row.suspect ? (
          <b className={classes.suspect}>suspect </b>
        ) : (
          <span className={panels.quiet}>{row.known ? 'harmless ' : 'unknown '}</span>
        )}
        <span className={panels.quiet}>{visibleText(row.reason)}</span>
      </span>
    ),
  },
];

/** What differs between the machines of both sides, suspects first; the unknown equals nothing. */
export const FingerprintDifferencePanel = ({ comparison }: { comparison: ThroughputComparison }) => {
  const rows = useMemo(
    () =>
      comparison.fingerprintDifference.toSorted(
        (a, b) => Number(b.suspect) - Number(a.suspect) || Number(b.known) - Number(a.known),
      ),
    [comparison],
  );
  const suspects = rows.filter(({ suspect }) => suspect).length;
  const unknown = rows.filter(({ known }) => !known).length;
  return (
    <EvidencePanel
      title="Fingerprint difference"
      note={`${counted(suspects, 'suspect')}, ${count(unknown)} not known`}
      flush
      table={{
        columns: ['field', 'baseline', 'candidate', 'known', 'suspect', 'reason'],
        rows: rows.map((row) => [
          row.field,
          fingerprintText(row.baseline),
          fingerprintText(row.candidate),
          row.known,
          row.suspect,
          row.reason,
        ]),
      }}
      evidence={evidenceOf(comparison, {
        pointer: '/fingerprintDifference',
        json: rows,
        n: counted(rows.length, 'field'),
      })}
    >
      <DataTable
        label="Fingerprint difference"
        tools={rows.length > 8}
        columns={columns}
        rows={rows}
        rowKey={({ field }) => field}
        isProvisional={({ known }) => !known}
        maxHeight={330}
        rowHeight={27}
        noun="fields"
        empty="Nothing that was recorded differs."
      />
    </EvidencePanel>
  );
};
