import { useMemo } from 'react';
import { driftBulletChart, driftBulletTable } from '../../../../shared/charts/drift-bullet.ts';
import {
  type DriftSeriesData,
  driftSeriesChart,
  driftSeriesSteps,
  driftSeriesTable,
} from '../../../../shared/charts/drift-series.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import type { AccuracySeries } from '../../../../shared/model/series.ts';
import { count, counted, decimal } from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { evidenceOf } from './evidence-of.ts';
import classes from './panels.module.css';
import { timeGroup, timeMarksOf } from './series-panel.tsx';

type Onset = AccuracyComparison['onset'];

const DriftSeries = ({
  series,
  comparison,
  onset,
}: {
  series: AccuracySeries;
  comparison: AccuracyComparison;
  onset: Onset;
}) => {
  const palette = useChartPalette();
  const data = useMemo(
    (): DriftSeriesData => ({ chunks: series.chunks, marks: { ...timeMarksOf(comparison), onset } }),
    [series, comparison, onset],
  );
  const option = useMemo(() => driftSeriesChart(data, palette), [data, palette]);
  const table = useMemo(() => driftSeriesTable(data), [data]);
  const steps = useMemo(() => driftSeriesSteps(data), [data]);
  return (
    <Chart
      label={`Prediction drift over time: ${counted(series.chunks.length, 'point')}`}
      option={option}
      table={table}
      steps={steps}
      height={190}
      group={timeGroup}
    />
  );
};

export interface DriftPanelProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  /** That of the whole comparison: a slice leaves it out. */
  onset: Onset;
  /** Null while it is computed. */
  series: AccuracySeries | null;
  /** `day`, `week` or `month`. */
  chunkName: string;
}

/** The fast signal, with the threshold at its own n. */
export const DriftPanel = ({ comparison, request, onset, series, chunkName }: DriftPanelProps) => {
  const palette = useChartPalette();
  const drift = comparison.predictionDrift;
  const option = useMemo(() => driftBulletChart(drift, palette), [drift, palette]);
  const table = useMemo(() => driftBulletTable(drift), [drift]);
  const verdict =
    drift.exceeds === null
      ? 'no threshold to compare with'
      : drift.exceeds
        ? 'above its threshold'
        : 'below its threshold';
  return (
    <EvidencePanel
      title="Prediction drift"
      evidence={evidenceOf(comparison, request, {
        pointer: '/predictionDrift',
        json: drift,
        methods: [drift.method],
        n: `${count(drift.n)} current predictions; ${counted(drift.blocks, 'reference day')} resampled as blocks`,
      })}
    >
      <p className={classes.text}>
        A symptom, never a verdict.{' '}
        {drift.exceeds === null ? (
          <>There is {verdict}, so the predictions say nothing about the change.</>
        ) : (
          <>
            The predictions are <strong>{verdict}</strong>: the 99th percentile of what the reference shows against
            itself at this n.
          </>
        )}
      </p>
      <Chart
        label={`Prediction drift ${verdict}: distance ${decimal(drift.distance)}, threshold ${decimal(drift.threshold)}`}
        option={option}
        table={table}
        height={76}
      />
      <dl className={classes.inline}>
        <div>
          <dt>distance</dt>
          <dd>{decimal(drift.distance)}</dd>
        </div>
        <div>
          <dt>in reference sd</dt>
          <dd>{decimal(drift.normalised)}</dd>
        </div>
        <div>
          <dt>n</dt>
          <dd>{count(drift.n)}</dd>
        </div>
        <div>
          <dt>blocks</dt>
          <dd>{counted(drift.blocks, 'day')}</dd>
        </div>
      </dl>
      <p className={classes.hint}>
        {visibleText(drift.method)}
        {drift.bound ? `; error at most ${decimal(drift.bound)}` : ''}
      </p>
      <h3 className={classes.subtitle}>By {chunkName}, against the reference window</h3>
      {series ? (
        <DriftSeries series={series} comparison={comparison} onset={onset} />
      ) : (
        <LoadingState what="the series" height={190} />
      )}
    </EvidencePanel>
  );
};
