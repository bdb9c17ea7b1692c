import { useMemo } from 'react';
import {
  type ReliabilityData,
  reliabilityChart,
  reliabilitySteps,
  reliabilityTable,
} from '../../../../shared/charts/reliability.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { counted, estimateChange, estimateValue, interval, metricName, unitOf } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { evidenceOf } from './evidence-of.ts';
import classes from './panels.module.css';

const summaries = ['ece', 'calibration_slope', 'calibration_intercept'];

/** Whether a score still means what it says: promised against observed, both windows. */
export const ReliabilityPanel = ({
  comparison,
  request,
}: {
  comparison: AccuracyComparison;
  request: CompareRequest;
}) => {
  const palette = useChartPalette();
  const { reliability, settings, metrics } = comparison;
  const data = useMemo(
    (): ReliabilityData => ({ reliability, minCell: settings.minCell }),
    [reliability, settings.minCell],
  );
  const option = useMemo(() => reliabilityChart(data, palette), [data, palette]);
  const table = useMemo(() => reliabilityTable(data), [data]);
  const steps = useMemo(() => reliabilitySteps(data), [data]);
  const known = summaries.flatMap((name) => {
    const metric = metrics[name];
    return metric && metric.current.value !== null ? [{ name, ...metric }] : [];
  });
  return (
    <EvidencePanel
      title="Reliability"
      note={reliability.bins ? 'labelled rows' : null}
      evidence={evidenceOf(comparison, request, {
        pointer: '/reliability',
        json: reliability,
        methods: [reliability.method],
      })}
    >
      <Chart
        label={
          reliability.bins
            ? `Promised score against observed share, reference and current: ${counted(reliability.bins.length, 'bin')}`
            : `No reliability curve: ${reliability.reason}`
        }
        option={option}
        table={table}
        steps={steps}
        height={reliability.bins ? 330 : 120}
      />
      {known.length > 0 ? (
        <dl className={classes.inline}>
          {known.map(({ name, reference, current, change }) => (
            <div key={name}>
              <dt>{metricName(name)}</dt>
              <dd>
                {estimateValue(reference, unitOf(name))} → {estimateValue(current, unitOf(name))}, change{' '}
                {estimateChange(change, unitOf(name))} {interval(change, unitOf(name), 'change')}
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <p className={classes.hint}>
        {visibleText(reliability.method)}; bins with fewer than {settings.minCell} labelled rows are drawn faint and
        never joined
      </p>
    </EvidencePanel>
  );
};
