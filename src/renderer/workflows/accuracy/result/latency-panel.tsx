import { useMemo } from 'react';
import { labelArrivalChart, labelArrivalSteps, labelArrivalTable } from '../../../../shared/charts/label-arrival.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { count, days, percent } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { evidenceOf } from './evidence-of.ts';
import classes from './panels.module.css';

/** How late the truth arrives, and how much of it never does. */
export const LatencyPanel = ({ comparison, request }: { comparison: AccuracyComparison; request: CompareRequest }) => {
  const palette = useChartPalette();
  const latency = comparison.labelLatency;
  const option = useMemo(() => labelArrivalChart(latency, palette), [latency, palette]);
  const table = useMemo(() => labelArrivalTable(latency), [latency]);
  const steps = useMemo(() => labelArrivalSteps(latency), [latency]);
  const facts = [
    ['median', days(latency.medianDays)],
    ['p95', days(latency.p95Days)],
    ['p99', days(latency.p99Days)],
    ['never labelled', percent(latency.neverShare)],
  ] as const;
  return (
    <EvidencePanel
      title="Label latency"
      note={latency.reason}
      evidence={evidenceOf(comparison, request, {
        pointer: '/labelLatency',
        json: latency,
        methods: [latency.method],
        n: `${count(comparison.ledger.joined)} predictions joined with a label`,
      })}
    >
      <Chart
        label={`Labelled share by age: ${facts.map(([name, value]) => `${name} ${value}`).join(', ')}`}
        option={option}
        table={table}
        steps={steps}
        height={218}
      />
      <dl className={classes.inline}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.hint}>{visibleText(latency.method)}</p>
    </EvidencePanel>
  );
};
