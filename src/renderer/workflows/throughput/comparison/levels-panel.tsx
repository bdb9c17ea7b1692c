import { useMemo } from 'react';
import {
  type RunLevelsData,
  runLevelsChart,
  runLevelsHeight,
  runLevelsTable,
  runLevelsText,
} from '../../../../shared/charts/run-levels.ts';
import { runMetricName } from '../../../../shared/throughput-words.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { evidenceOf } from './comparison-evidence.ts';
import type { ComparisonProps } from './outcome-panel.tsx';

/** Each run a point: the run is the replicate, not the iteration. */
export const LevelsPanel = ({ comparison, part, metric }: ComparisonProps & { metric: string }) => {
  const palette = useChartPalette();
  const compared = part.metrics[metric];
  const { settings } = comparison;
  const data = useMemo((): RunLevelsData | null => {
    if (!compared) return null;
    return {
      metric,
      baseline: { runs: part.baseline, level: compared.baseline },
      candidate: { runs: part.candidate, level: compared.candidate },
      delta: settings.delta,
      verdict: compared.verdict,
    };
  }, [compared, metric, part, settings]);
  const option = useMemo(() => (data ? runLevelsChart(data, palette) : null), [data, palette]);
  const table = useMemo(() => (data ? runLevelsTable(data) : null), [data]);
  if (!data || !option || !table) return null;
  return (
    <EvidencePanel
      title={`${runMetricName(metric)}, run by run`}
      note={`${part.name === null ? '' : `${visibleText(part.name)}: `}a point is a run; the diamond is the mean of its side`}
      evidence={evidenceOf(comparison, {
        pointer: `${part.pointer}/metrics/${metric}`,
        json: compared,
        methods: compared ? methodsOf([compared.baseline, compared.candidate, compared.ratio]) : [],
      })}
    >
      <Chart
        label={`Runs of both sides. ${runLevelsText(data)}`}
        option={option}
        table={table}
        height={runLevelsHeight}
      />
    </EvidencePanel>
  );
};
