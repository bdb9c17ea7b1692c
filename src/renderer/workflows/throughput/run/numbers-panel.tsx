import { useMemo } from 'react';
import type { ChartTable } from '../../../../shared/charts/table.ts';
import type { Estimate } from '../../../../shared/model/estimate.ts';
import type { ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { quantityInterval, type RunMetric, runMetrics } from '../../../../shared/throughput-words.ts';
import { count, quantity } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import panels from '../panels.module.css';
import { evidenceOf } from './run-evidence.ts';

interface Row {
  metric: RunMetric;
  name: string;
  unit: string;
  estimate: Estimate;
  all: Estimate | null;
}

const rowsOf = (run: ThroughputRun): Row[] =>
  (Object.keys(runMetrics) as RunMetric[]).map((metric) => ({
    metric,
    name: runMetrics[metric].name,
    unit: runMetrics[metric].unit(run.item ?? 'item'),
    estimate: run.metrics[metric],
    all: run.withExclusions?.[metric] ?? null,
  }));

const reasonOf = ({ reason }: Estimate): string => visibleText(reason ?? 'no reason was given');

const columns: Column<Row>[] = [
  { id: 'metric', title: 'Metric', width: '132px', value: (row) => row.name, render: (row) => <b>{row.name}</b> },
  {
    id: 'value',
    title: 'Value',
    align: 'right',
    width: '150px',
    value: (row) => row.estimate.value,
    render: (row) =>
      row.estimate.value === null ? (
        <span className={panels.unknown}>unknown</span>
      ) : (
        quantity(row.estimate.value, row.unit)
      ),
  },
  {
    id: 'interval',
    title: 'Interval, or why there is none',
    width: 'minmax(190px, 1fr)',
    value: (row) => row.estimate.low ?? row.estimate.reason ?? null,
    render: (row) =>
      row.estimate.low === null ? (
        <span className={panels.quiet} title={reasonOf(row.estimate)}>
          {reasonOf(row.estimate)}
        </span>
      ) : (
        quantityInterval(row.estimate, row.unit)
      ),
  },
  {
    id: 'n',
    title: 'n',
    align: 'right',
    width: '62px',
    value: (row) => row.estimate.n,
    render: (row) => count(row.estimate.n),
  },
  {
    id: 'all',
    title: 'Nothing left out',
    align: 'right',
    width: '138px',
    hint: 'The same with every sample of the measurement, those that a rule takes out left in',
    value: (row) => row.all?.value ?? null,
    render: (row) =>
      row.all === null ? (
        ''
      ) : row.all.value === null ? (
        <span className={panels.unknown}>unknown</span>
      ) : (
        quantity(row.all.value, row.unit)
      ),
  },
];

/** Every number of the run with its interval or the reason for none, and beside it what it would be without exclusions. */
export const NumbersPanel = ({ run }: { run: ThroughputRun }) => {
  const rows = useMemo(() => rowsOf(run), [run]);
  const table = useMemo(
    (): ChartTable => ({
      columns: ['metric', 'unit', 'value', 'low', 'high', 'level', 'n', 'method', 'reason', 'nothing left out'],
      rows: rows.map(({ name, unit, estimate, all }) => [
        name,
        unit,
        estimate.value,
        estimate.low,
        estimate.high,
        estimate.level,
        estimate.n,
        estimate.method,
        estimate.reason ?? null,
        all?.value ?? null,
      ]),
    }),
    [rows],
  );
  return (
    <EvidencePanel
      title="Numbers"
      note={
        run.overlapping
          ? 'requests overlap: their times do not add up to the elapsed time'
          : 'one run: the spread between runs shows only in a comparison'
      }
      flush
      table={table}
      evidence={evidenceOf(run, {
        pointer: '/metrics',
        json: { metrics: run.metrics, withExclusions: run.withExclusions ?? null },
        methods: methodsOf(rows.map(({ estimate }) => estimate)),
      })}
    >
      <DataTable
        label="Numbers of the run"
        tools={false}
        columns={run.withExclusions ? columns : columns.filter(({ id }) => id !== 'all')}
        rows={rows}
        rowKey={({ metric }) => metric}
        isProvisional={({ estimate }) => estimate.value === null}
      />
    </EvidencePanel>
  );
};
