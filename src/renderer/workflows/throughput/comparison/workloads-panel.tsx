import { useMemo } from 'react';
import type { ThroughputComparison, WorkloadComparison } from '../../../../shared/model/throughput-comparison.ts';
import { count, counted, relative, relativeInterval } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import panels from '../panels.module.css';
import { workloadName } from '../run-list.ts';
import { evidenceOf } from './comparison-evidence.ts';

type Row = WorkloadComparison & { at: number };

/** Where it is slower: one line a workload, precision and batch. Picking one shows its numbers below. */
export const WorkloadsPanel = ({
  comparison,
  picked,
  onPick,
}: {
  comparison: ThroughputComparison;
  picked: number | undefined;
  onPick(part: number): void;
}) => {
  const { metric } = comparison.settings;
  const rows = useMemo(() => comparison.workloads.map((workload, at): Row => ({ ...workload, at })), [comparison]);
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        id: 'workload',
        title: 'Workload',
        width: 'minmax(190px, 1.2fr)',
        value: workloadName,
        render: (row) => <span title={visibleText(workloadName(row))}>{visibleText(workloadName(row))}</span>,
      },
      {
        id: 'runs',
        title: 'Runs',
        align: 'right',
        width: '84px',
        value: (row) => row.candidate.length,
        render: (row) => `${count(row.baseline.length)} → ${count(row.candidate.length)}`,
      },
      {
        id: 'change',
        title: 'Change',
        align: 'right',
        width: '82px',
        value: (row) => row.metrics[metric]?.ratio.value ?? null,
        render: (row) => (row.metrics[metric]?.ratio.value ? relative(row.metrics[metric].ratio.value) : ''),
      },
      {
        id: 'interval',
        title: 'Interval',
        width: '136px',
        value: (row) => row.metrics[metric]?.ratio.low ?? null,
        render: (row) =>
          row.metrics[metric]?.ratio.value ? (
            relativeInterval(row.metrics[metric].ratio)
          ) : (
            <span className={panels.unknown}>unknown</span>
          ),
      },
      {
        id: 'verdict',
        title: 'Verdict',
        width: '138px',
        value: (row) => row.verdict,
        render: (row) => <VerdictBadge verdict={row.verdict} />,
      },
      {
        id: 'missing',
        title: 'What is missing',
        width: 'minmax(140px, 1fr)',
        value: (row) => row.missing,
        render: (row) => (
          <span className={panels.quiet} title={visibleText(row.missing ?? '')}>
            {visibleText(row.missing ?? '')}
          </span>
        ),
      },
    ],
    [metric],
  );
  return (
    <EvidencePanel
      title="By workload"
      note={counted(rows.length, 'workload')}
      flush
      table={{
        columns: ['workload', 'baseline runs', 'candidate runs', 'ratio', 'low', 'high', 'verdict', 'missing'],
        rows: rows.map((row) => [
          workloadName(row),
          row.baseline.length,
          row.candidate.length,
          row.metrics[metric]?.ratio.value ?? null,
          row.metrics[metric]?.ratio.low ?? null,
          row.metrics[metric]?.ratio.high ?? null,
          row.verdict,
          row.missing,
        ]),
      }}
      evidence={evidenceOf(comparison, { pointer: '/workloads', json: comparison.workloads })}
    >
      <DataTable
        label="Comparison by workload"
        columns={columns}
        rows={rows}
        rowKey={({ at }) => String(at)}
        onActivate={({ at }) => onPick(at)}
        selectedKey={picked === undefined ? null : String(picked)}
        isProvisional={({ provisional }) => provisional}
        maxHeight={320}
        noun="workloads"
      />
    </EvidencePanel>
  );
};
