import type { DeclaredValue, ReportedStatistic, ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { count, counted, quantity } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import panels from '../panels.module.css';
import { evidenceOf } from './run-evidence.ts';

const said = (value: DeclaredValue['declared']): string => (value === null ? 'not said' : visibleText(String(value)));

const declaredColumns: Column<DeclaredValue>[] = [
  {
    id: 'name',
    title: 'What',
    width: 'minmax(140px, 1.4fr)',
    value: (row) => row.name,
    render: (row) => visibleText(row.name),
  },
  { id: 'declared', title: 'Declared', align: 'right', width: '110px', value: (row) => said(row.declared) },
  { id: 'executed', title: 'Executed', align: 'right', width: '110px', value: (row) => said(row.executed) },
  {
    id: 'equal',
    title: 'Equal',
    width: '110px',
    value: (row) => (row.equal === null ? 'cannot be told' : row.equal ? 'equal' : 'differs'),
    render: (row) =>
      row.equal === null ? (
        <span className={panels.unknown}>can’t be told</span>
      ) : row.equal ? (
        'equal'
      ) : (
        <span className={panels.worse}>
          <Icon name="warning" size={12} /> differs
        </span>
      ),
  },
];

/** What the harness was asked for beside what its own numbers show: a difference makes the run invalid. */
export const DeclaredPanel = ({ run }: { run: ThroughputRun }) => {
  const rows = run.declared ?? [];
  return (
    <EvidencePanel
      title="Declared and executed"
      flush
      table={{
        columns: ['what', 'declared', 'executed', 'equal'],
        rows: rows.map(({ name, declared, executed, equal }) => [name, declared, executed, equal]),
      }}
      evidence={evidenceOf(run, { pointer: '/declared', json: rows, n: counted(rows.length, 'value') })}
    >
      <DataTable
        label="Declared and executed"
        tools={false}
        columns={declaredColumns}
        rows={rows}
        rowKey={({ name }) => name}
        rowHeight={27}
      />
    </EvidencePanel>
  );
};

const reportedColumns: Column<ReportedStatistic>[] = [
  {
    id: 'name',
    title: 'Statistic',
    width: 'minmax(170px, 1.3fr)',
    value: (row) => row.name,
    render: (row) => <span title={visibleText(row.name)}>{visibleText(row.name)}</span>,
  },
  {
    id: 'value',
    title: 'As printed',
    align: 'right',
    width: '150px',
    value: (row) => row.value,
    render: (row) => quantity(row.value, visibleText(row.unit)),
  },
  {
    id: 'n',
    title: 'n',
    align: 'right',
    width: '70px',
    value: (row) => row.n,
    render: (row) => (row.n === null ? <span className={panels.unknown}>unknown</span> : count(row.n)),
  },
  {
    id: 'reason',
    title: 'Why it is not used',
    width: 'minmax(120px, 1fr)',
    value: (row) => row.reason ?? null,
    render: (row) => (
      <span className={panels.quiet} title={visibleText(row.reason ?? '')}>
        {visibleText(row.reason ?? '')}
      </span>
    ),
  },
];

/** Statistics that somebody else computed, as the file prints them. */
export const ReportedPanel = ({ run }: { run: ThroughputRun }) => {
  const rows = run.reported ?? [];
  return (
    <EvidencePanel
      title="Reported by the file"
      note="kept as printed, without an interval of ours"
      flush
      table={{
        columns: ['statistic', 'value', 'unit', 'n', 'reason'],
        rows: rows.map(({ name, value, unit, n, reason }) => [name, value, unit, n, reason ?? null]),
      }}
      evidence={evidenceOf(run, { pointer: '/reported', json: rows, n: counted(rows.length, 'statistic') })}
    >
      <DataTable
        label="Reported by the file"
        tools={rows.length > 10}
        columns={reportedColumns}
        rows={rows}
        rowKey={({ name, unit }) => `${name} ${unit}`}
        maxHeight={330}
        rowHeight={27}
        noun="statistics"
      />
    </EvidencePanel>
  );
};
