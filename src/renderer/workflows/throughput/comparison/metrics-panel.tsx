import { useMemo } from 'react';
import type { ComparedMetric } from '../../../../shared/model/throughput-comparison.ts';
import {
  decidedVerdict,
  metricQuantity,
  runMetricName,
  runMetrics,
  runMetricUnit,
} from '../../../../shared/throughput-words.ts';
import { relative, relativeInterval } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { glyphScale } from '../../../charts/glyph-scale.ts';
import { IntervalGlyph } from '../../../charts/interval-glyph.tsx';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { Column } from '../../../ui/table-rows.ts';
import { VerdictBadge } from '../../../ui/verdict-badge.tsx';
import panels from '../panels.module.css';
import { evidenceOf } from './comparison-evidence.ts';
import type { ComparisonProps } from './outcome-panel.tsx';

interface Row extends ComparedMetric {
  metric: string;
  primary: boolean;
}

const change = ({ ratio }: Row) => ({
  ...ratio,
  value: ratio.value === null ? null : ratio.value - 1,
  low: ratio.low === null ? null : ratio.low - 1,
  high: ratio.high === null ? null : ratio.high - 1,
});

const reasonOf = (row: Row): string =>
  visibleText(row.ratio.reason ?? row.candidate.reason ?? row.baseline.reason ?? row.missing ?? 'no reason was given');

const order = Object.keys(runMetrics);

export interface MetricsPanelProps extends ComparisonProps {
  /** The metric whose runs are drawn. */
  picked: string;
  onPick(metric: string): void;
}

/** Every metric on both sides, those that could not be compared included. */
export const MetricsPanel = ({ comparison, part, picked, onPick }: MetricsPanelProps) => {
  const rows = useMemo(
    () =>
      Object.entries(part.metrics)
        .map(([metric, row]): Row => ({ metric, primary: metric === comparison.settings.metric, ...row }))
        .sort((a, b) => Number(b.primary) - Number(a.primary) || order.indexOf(a.metric) - order.indexOf(b.metric)),
    [part, comparison],
  );
  const columns = useMemo((): Column<Row>[] => {
    const scale = glyphScale(
      rows.map((row) => ({ change: change(row), verdict: decidedVerdict(row.verdict) })),
      comparison.settings.delta,
    );
    const side = (name: 'baseline' | 'candidate', title: string): Column<Row> => ({
      id: name,
      title,
      align: 'right',
      width: '128px',
      value: (row) => row[name].value,
      render: (row) =>
        row[name].value === null ? (
          <span className={panels.unknown}>unknown</span>
        ) : (
          metricQuantity(row.metric, row[name].value, part.item)
        ),
    });
    return [
      {
        id: 'metric',
        title: 'Metric',
        width: 'minmax(150px, 1fr)',
        value: (row) => runMetricName(row.metric),
        render: (row) => (
          <>
            {row.primary ? <strong>{runMetricName(row.metric)}</strong> : runMetricName(row.metric)}
            {row.primary ? <span className={panels.quiet}> primary</span> : null}
          </>
        ),
      },
      side('baseline', 'Baseline'),
      side('candidate', 'Candidate'),
      {
        id: 'change',
        title: 'Change',
        align: 'right',
        width: '74px',
        value: (row) => row.ratio.value,
        render: (row) => (row.ratio.value === null ? '' : relative(row.ratio.value)),
      },
      {
        id: 'interval',
        title: 'Interval',
        width: '130px',
        value: (row) => row.ratio.low,
        render: (row) =>
          row.ratio.value === null ? (
            <span className={panels.quiet} title={reasonOf(row)}>
              {reasonOf(row)}
            </span>
          ) : (
            relativeInterval(row.ratio)
          ),
      },
      {
        id: 'glyph',
        title: 'Against the tolerance',
        width: '166px',
        value: (row) => row.ratio.value,
        render: (row) =>
          row.ratio.value === null ? null : (
            <IntervalGlyph change={change(row)} verdict={decidedVerdict(row.verdict)} scale={scale} />
          ),
      },
      {
        id: 'all',
        title: 'Nothing left out',
        align: 'right',
        width: '114px',
        hint: 'The same with the samples that a rule takes out left in',
        value: (row) => row.withExclusions?.ratio.value ?? null,
        render: (row) =>
          row.ratio.value === null ? '' : row.withExclusions ? relative(row.withExclusions.ratio.value) : 'the same',
      },
      {
        id: 'verdict',
        title: 'Verdict',
        width: '128px',
        value: (row) => (row.ratio.value === null ? 'unknown' : row.verdict),
        render: (row) =>
          row.ratio.value === null ? (
            <span className={panels.unknown}>unknown</span>
          ) : (
            <span title={row.missing ? visibleText(row.missing) : undefined}>
              <VerdictBadge verdict={row.verdict} />
            </span>
          ),
      },
    ];
  }, [rows, comparison, part]);
  const table = useMemo(
    () => ({
      columns: [
        'metric',
        'unit',
        'baseline',
        'candidate',
        'ratio',
        'low',
        'high',
        'verdict',
        'ratio, nothing left out',
        'missing',
      ],
      rows: rows.map((row) => [
        row.metric,
        runMetricUnit(row.metric, part.item),
        row.baseline.value,
        row.candidate.value,
        row.ratio.value,
        row.ratio.low,
        row.ratio.high,
        row.verdict,
        row.withExclusions?.ratio.value ?? null,
        row.missing,
      ]),
    }),
    [rows, part],
  );
  return (
    <EvidencePanel
      title="Metrics"
      note={
        part.name === null
          ? 'one primary, fixed before looking; the others corrected for being several'
          : visibleText(part.name)
      }
      flush
      table={table}
      evidence={evidenceOf(comparison, {
        pointer: `${part.pointer}/metrics`,
        json: part.metrics,
        methods: methodsOf(rows.map(({ ratio }) => ratio)),
      })}
    >
      <DataTable
        label="Metrics of the comparison"
        tools={false}
        columns={columns}
        rows={rows}
        rowKey={({ metric }) => metric}
        onActivate={({ metric }) => onPick(metric)}
        selectedKey={picked}
        isProvisional={({ ratio }) => ratio.value === null}
        empty="No metric was compared."
      />
    </EvidencePanel>
  );
};
