import { useMemo } from 'react';
import {
  driftCaption,
  type ScoreDistributionData,
  scoreDistributionChart,
  scoreDistributionSteps,
  scoreDistributionTable,
} from '../../../../shared/charts/score-distribution.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import { count, percent } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { evidenceOf } from './evidence-of.ts';
import classes from './panels.module.css';

const labelledRange = (comparison: AccuracyComparison, side: 'reference' | 'current'): string => {
  const shares = (comparison.labelsByScore.bins ?? [])
    .map((bin) => bin[side].share)
    .filter((share): share is number => share !== null);
  if (shares.length === 0) return 'unknown';
  return `${percent(shares.reduce((a, b) => Math.min(a, b)))} … ${percent(shares.reduce((a, b) => Math.max(a, b)))}`;
};

/** Where the predictions lie, labelled or not, before and now. */
export const ScoreDistributionPanel = ({
  comparison,
  request,
}: {
  comparison: AccuracyComparison;
  request: CompareRequest;
}) => {
  const palette = useChartPalette();
  const { scoreDistribution: distribution, predictionDrift: drift, labelsByScore } = comparison;
  const data = useMemo((): ScoreDistributionData => ({ distribution, drift }), [distribution, drift]);
  const option = useMemo(() => scoreDistributionChart(data, palette), [data, palette]);
  const table = useMemo(() => scoreDistributionTable(data), [data]);
  const steps = useMemo(() => scoreDistributionSteps(data), [data]);
  const noun = distribution.of === 'predicted value' ? 'Predicted values' : 'Scores';
  return (
    <EvidencePanel
      title={noun}
      note={distribution.bins ? 'every prediction, labelled or not' : null}
      evidence={evidenceOf(comparison, request, {
        pointer: '/scoreDistribution',
        json: { scoreDistribution: distribution, labelsByScore },
        methods: [distribution.method, drift.method, labelsByScore.method],
        n: `${count(distribution.n.reference)} predictions in the reference, ${count(distribution.n.current)} in the current window`,
      })}
    >
      <Chart
        label={
          distribution.bins
            ? `${noun} of both windows: ${driftCaption(data)}`
            : `No distribution: ${distribution.reason ?? 'not computed'}`
        }
        option={option}
        table={table}
        steps={steps}
        height={distribution.bins ? 260 : 120}
      />
      {labelsByScore.bins ? (
        <dl className={classes.inline}>
          <div>
            <dt>labelled share by {labelsByScore.of}, reference</dt>
            <dd>{labelledRange(comparison, 'reference')}</dd>
          </div>
          <div>
            <dt>current</dt>
            <dd>{labelledRange(comparison, 'current')}</dd>
          </div>
        </dl>
      ) : null}
      <p className={classes.hint}>{visibleText(distribution.method)}</p>
    </EvidencePanel>
  );
};
