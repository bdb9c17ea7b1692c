import { useMemo } from 'react';
import type { FingerprintValue, ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { fingerprintText, isKnownField } from '../../../../shared/throughput-words.ts';
import { count } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import panels from '../panels.module.css';
import { evidenceOf } from './run-evidence.ts';

interface Row {
  field: string;
  value: FingerprintValue;
}

const columns: Column<Row>[] = [
  {
    id: 'field',
    title: 'Field',
    width: 'minmax(120px, 0.8fr)',
    value: (row) => row.field,
    render: (row) => visibleText(row.field),
  },
  {
    id: 'value',
    title: 'Value',
    width: 'minmax(160px, 1.4fr)',
    value: (row) => fingerprintText(row.value),
    render: (row) => {
      const text = visibleText(fingerprintText(row.value));
      return (
        <span className={isKnownField(row.value) ? undefined : panels.unknown} title={text}>
          {text}
        </span>
      );
    },
  },
];

/** What the executor consisted of; what nobody knows says why. */
export const FingerprintPanel = ({ run }: { run: ThroughputRun }) => {
  const rows = useMemo(
    () =>
      Object.entries(run.fingerprint.fields)
        .map(([field, value]): Row => ({ field, value }))
        .sort((a, b) => Number(isKnownField(b.value)) - Number(isKnownField(a.value))),
    [run],
  );
  const unknown = rows.filter(({ value }) => !isKnownField(value)).length;
  return (
    <EvidencePanel
      title="Stack fingerprint"
      note={rows.length === 0 ? 'nothing recorded' : `${count(rows.length - unknown)} known, ${count(unknown)} unknown`}
      flush
      table={{ columns: ['field', 'value'], rows: rows.map(({ field, value }) => [field, fingerprintText(value)]) }}
      evidence={evidenceOf(run, { pointer: '/fingerprint', json: run.fingerprint, n: `${count(rows.length)} fields` })}
    >
      <DataTable
        label="Stack fingerprint"
        tools={rows.length > 8}
        columns={columns}
        rows={rows}
        rowKey={({ field }) => field}
        isProvisional={({ value }) => !isKnownField(value)}
        maxHeight={330}
        rowHeight={27}
        noun="fields"
        empty={
          run.source ? 'The file says nothing about the machine: a difference cannot be seen.' : 'Nothing was recorded.'
        }
      />
    </EvidencePanel>
  );
};
