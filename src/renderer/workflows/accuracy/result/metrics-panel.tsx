import { useMemo } from 'react';
import type { AccuracyComparison, MetricComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { count, estimateChange, estimateValue, interval, metricName, unitOf } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import { evidenceOf } from './evidence-of.ts';
import { figureColumn } from './figure-column.ts';
import classes from './panels.module.css';
import { metricsTable } from './result-tables.ts';

interface MetricRow extends MetricComparison {
  metric: string;
  primary: boolean;
}

const reasonOf = (row: MetricRow): string =>
  row.change.reason ?? row.current.reason ?? row.reference.reason ?? 'no reason was given';

const figure = figureColumn<MetricRow>('78px');

const columns: Column<MetricRow>[] = [
  {
    id: 'metric',
    title: 'Metric',
    width: 'minmax(150px, 1fr)',
    value: (row) => metricName(row.metric),
    render: (row) => (
      <>
        {row.higherIsBetter ? null : (
          <span className={classes.unknown} role="img" aria-label="less is better:" title="less is better">
            ↓{' '}
          </span>
        )}
        {row.primary ? <strong>{metricName(row.metric)}</strong> : metricName(row.metric)}
        {row.primary ? <span className={classes.unknown}> primary</span> : null}
      </>
    ),
  },
  figure(
    'reference',
    'Reference',
    (row) => row.reference.value,
    (row) => estimateValue(row.reference, unitOf(row.metric)),
  ),
  figure(
    'current',
    'Current',
    (row) => row.current.value,
    (row) => estimateValue(row.current, unitOf(row.metric)),
  ),
  figure(
    'change',
    'Change',
    (row) => row.change.value,
    (row) => (row.change.value === null ? '' : estimateChange(row.change, unitOf(row.metric))),
  ),
  {
    id: 'interval',
    title: 'Interval',
    width: '136px',
    value: (row) => row.change.low,
    render: (row) =>
      row.change.value === null ? (
        <span className={classes.unknown} title={reasonOf(row)}>
          {visibleText(reasonOf(row))}
        </span>
      ) : (
        interval(row.change, unitOf(row.metric), 'change')
      ),
  },
  figure(
    'n',
    'n',
    (row) => row.change.n,
    (row) => count(row.change.n),
  ),
  {
    id: 'verdict',
    title: 'Verdict',
    width: '138px',
    value: (row) => (row.change.value === null ? 'unknown' : row.verdict),
    render: (row) =>
      row.change.value === null ? (
        <span className={classes.unknown}>unknown</span>
      ) : (
        <VerdictBadge verdict={row.verdict} />
      ),
  },
];

export interface MetricsPanelProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  /** The metric that is drawn over time, where one can be picked. */
  picked?: string;
  onPick?(metric: string): void;
}

/** Every metric, the ones that could not be computed included. */
export const MetricsPanel = ({ comparison, request, picked, onPick }: MetricsPanelProps) => {
  const rows = useMemo(
    () =>
      Object.entries(comparison.metrics)
        .map(([metric, row]): MetricRow => ({ metric, primary: metric === comparison.settings.metric, ...row }))
        .sort((a, b) => Number(b.primary) - Number(a.primary)),
    [comparison],
  );
  const table = useMemo(() => metricsTable(comparison), [comparison]);
  const within = Object.keys(request.within ?? {}).length > 0 ? request.within : undefined;
  return (
    <EvidencePanel
      title="Metrics"
      note={
        <>
          {within ? (
            <>
              within <SegmentLabel segment={within} />
            </>
          ) : (
            'all rows'
          )}
          ; one primary, fixed before looking
        </>
      }
      flush
      table={table}
      evidence={evidenceOf(comparison, request, {
        pointer: '/metrics',
        json: comparison.metrics,
        methods: methodsOf(rows.map((row) => row.change)),
      })}
    >
      <DataTable
        label="Metrics"
        tools={rows.length > 20}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.metric}
        {...(onPick ? { onActivate: (row: MetricRow) => onPick(row.metric), selectedKey: picked ?? null } : {})}
        isProvisional={(row) => row.change.value === null}
        maxHeight={600}
        empty="No metric was computed."
      />
    </EvidencePanel>
  );
};
