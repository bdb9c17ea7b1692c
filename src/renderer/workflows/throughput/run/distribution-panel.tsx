import { useMemo } from 'react';
import {
  type RunDistributionData,
  runDistributionChart,
  runDistributionSteps,
  runDistributionTable,
  runDistributionText,
} from '../../../../shared/charts/run-distribution.ts';
import type { ThroughputRun } from '../../../../shared/model/throughput-run.ts';
import { counted } from '../../../../shared/units.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { countedSamples, evidenceOf } from './run-evidence.ts';

/** How long the samples that count took: percentiles with their intervals, never an average alone. */
export const DistributionPanel = ({ run }: { run: ThroughputRun }) => {
  const palette = useChartPalette();
  const data = useMemo((): RunDistributionData => {
    const { latencyP50Ms, latencyP95Ms, latencyP99Ms } = run.metrics;
    return {
      values: countedSamples(run).map(({ durationNs }) => durationNs / 1e6),
      percentiles: [
        { p: 0.5, estimate: latencyP50Ms },
        { p: 0.95, estimate: latencyP95Ms },
        { p: 0.99, estimate: latencyP99Ms },
      ],
    };
  }, [run]);
  const option = useMemo(() => runDistributionChart(data, palette), [data, palette]);
  const table = useMemo(() => runDistributionTable(data), [data]);
  const steps = useMemo(() => runDistributionSteps(data), [data]);
  return (
    <EvidencePanel
      title="Distribution"
      note={counted(data.values.length, 'sample')}
      evidence={evidenceOf(run, {
        pointer: '/metrics',
        json: data.percentiles,
        methods: methodsOf(data.percentiles.map(({ estimate }) => estimate)),
      })}
    >
      <Chart
        label={runDistributionText(data)}
        option={option}
        table={table}
        height={data.values.length < 2 ? 90 : 236}
        {...(data.values.length < 2 ? {} : { steps })}
      />
    </EvidencePanel>
  );
};
