import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { domainOf, type TimeDomain } from '../../../../shared/charts/frame.ts';
import {
  chunkAt,
  type MetricSeriesData,
  metricSeriesChart,
  metricSeriesSteps,
  metricSeriesTable,
} from '../../../../shared/charts/metric-series.ts';
import type { TimeMarks } from '../../../../shared/charts/time-marks.ts';
import { type VolumeBar, volumeChart, volumeSteps, volumeTable } from '../../../../shared/charts/volume.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { CompareRequest } from '../../../../shared/model/request.ts';
import type { AccuracySeries } from '../../../../shared/model/series.ts';
import type { WindowRange } from '../../../../shared/model/window.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import type { SeriesChunk } from '../../../../shared/series-chunk.ts';
import { counted, day, metricName } from '../../../../shared/units.ts';
import { Chart } from '../../../charts/chart.tsx';
import { useChartPalette } from '../../../charts/use-chart-palette.ts';
import { useClient } from '../../../client/use-connection.ts';
import { methodsOf } from '../../../evidence/evidence.ts';
import { EvidencePanel } from '../../../evidence/evidence-panel.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { LoadingState } from '../../../ui/loading-state.tsx';
import { ProgressView } from '../../../ui/progress-view.tsx';
import { SegmentLabel } from '../../../ui/segment-label.tsx';
import { evidenceOf } from './evidence-of.ts';
import { type Selection, useSelection } from './route-selection.ts';
import { SeriesKey } from './series-key.tsx';
import classes from './series-panel.module.css';
import type { JobDocument } from './use-job-query.ts';

export const timeGroup = 'result-days';

export const chunkNames: Record<SeriesChunk, string> = { '1d': 'day', '1w': 'week', '1mo': 'month' };
const chartHeight = 300;
const volumeHeight = 84;

export const timeMarksOf = (comparison: AccuracyComparison, picked: WindowRange | null = null): TimeMarks => ({
  picked,
  reference: comparison.windows.reference,
  current: comparison.windows.current,
  onset: comparison.onset,
  versionChanges: comparison.versionChanges,
});

interface DayPicking {
  days: WindowRange | null;
  select(days: WindowRange | null): void;
}

/** The days of whole points: the ends of a span fall somewhere inside one. */
const daysOf = (
  points: readonly { from: string; to: string }[],
  span: [from: number, to: number] | null,
): WindowRange | null => {
  const [first, last] = (span ?? []).map((time) => chunkAt(points, time));
  return first && last ? { from: day(first.from), to: day(last.to) } : null;
};

const MetricChart = ({
  series,
  comparison,
  domain,
  scope,
  picking,
}: {
  series: AccuracySeries;
  comparison: AccuracyComparison;
  domain: TimeDomain | undefined;
  scope: string;
  picking: DayPicking;
}) => {
  const palette = useChartPalette();
  const metric = comparison.settings.metric;
  const data = useMemo(
    (): MetricSeriesData => ({
      metric,
      chunks: series.chunks,
      limits: series.limits[metric] ?? null,
      marks: timeMarksOf(comparison, picking.days),
      minCell: comparison.settings.minCell,
      ...(domain ? { domain } : {}),
    }),
    [series, comparison, metric, domain, picking.days],
  );
  const option = useMemo(() => metricSeriesChart(data, palette), [data, palette]);
  const table = useMemo(() => metricSeriesTable(data), [data]);
  const steps = useMemo(() => metricSeriesSteps(data), [data]);
  return (
    <Chart
      label={`${metricName(metric)} over time, ${scope}: ${counted(series.chunks.length, 'point')}`}
      option={option}
      table={table}
      steps={steps}
      height={chartHeight}
      group={timeGroup}
      onBrush={(span) => picking.select(daysOf(series.chunks, span))}
    />
  );
};

const VolumeChart = ({
  bars,
  comparison,
  domain,
  scope,
  picking,
}: {
  bars: readonly VolumeBar[];
  comparison: AccuracyComparison;
  domain: TimeDomain | undefined;
  scope: string;
  picking: DayPicking;
}) => {
  const palette = useChartPalette();
  const data = useMemo(
    () => ({ bars, marks: timeMarksOf(comparison, picking.days), ...(domain ? { domain } : {}) }),
    [bars, comparison, domain, picking.days],
  );
  const option = useMemo(() => volumeChart(data, palette), [data, palette]);
  const table = useMemo(() => volumeTable(data), [data]);
  const steps = useMemo(() => volumeSteps(data), [data]);
  return (
    <Chart
      label={`Predictions and labels over time, ${scope}: ${counted(bars.length, 'bar')}`}
      option={option}
      table={table}
      steps={steps}
      height={volumeHeight}
      group={timeGroup}
      onBrush={(span) => picking.select(daysOf(bars, span))}
    />
  );
};

export interface SeriesPanelProps {
  comparison: AccuracyComparison;
  request: CompareRequest;
  selection: Selection;
  chunk: SeriesChunk;
  series: JobDocument<AccuracySeries>;
}

/** The metric over time of everything or of the picked segment, with volume and labels beneath it. */
export const SeriesPanel = ({ comparison, request, selection, chunk, series }: SeriesPanelProps) => {
  const client = useClient();
  const timeline = useQuery({
    queryKey: ['timeline', request.dataset, comparison.asOf],
    queryFn: () => client.datasets.timeline({ dataset: request.dataset, asOf: comparison.asOf }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { segment } = selection;
  // A control answers at once, whatever follows it later.
  const { chunk: asked } = useSelection();
  const picked = Object.keys(segment).length > 0;
  const metric = comparison.settings.metric;
  const domain = useMemo(
    () => domainOf((timeline.data?.days ?? []).map((entry) => ({ from: entry.day, to: entry.day }))) ?? undefined,
    [timeline.data],
  );
  const { days: pickedDays, selectDays } = selection;
  const picking = useMemo(
    (): DayPicking => ({
      days: pickedDays,
      select: (next) => {
        if (next || pickedDays) selectDays(next);
      },
    }),
    [pickedDays, selectDays],
  );
  const document = series.status === 'done' ? series.document : null;
  const days = timeline.data?.days;
  // A picked segment has volumes of its own; they come with its series.
  const bars = useMemo((): VolumeBar[] | null => {
    if (picked) return document?.chunks.map(({ n, ...chunk }) => ({ ...chunk, predictions: n })) ?? null;
    return days?.map(({ day: only, ...entry }) => ({ ...entry, from: only, to: only })) ?? null;
  }, [picked, document, days]);
  const estimates = document?.chunks.flatMap((entry) => [entry.realised[metric], entry.estimated[metric]]) ?? [];
  const tooSmall =
    document !== null &&
    document.chunks.length > 0 &&
    document.chunks.every((entry) => entry.labelled < comparison.settings.minCell);
  return (
    <EvidencePanel
      title={`${metricName(metric)} by ${chunkNames[chunk]}`}
      note={picked ? null : 'all rows'}
      actions={
        <>
          {picked ? (
            <span className={classes.scope}>
              <SegmentLabel segment={segment} />
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                leftSection={<Icon name="cross" size={11} />}
                onClick={() => selection.select({})}
              >
                All rows
              </Button>
            </span>
          ) : null}
          <SegmentedControl
            aria-label="Cut the series by"
            size="xs"
            data={Object.entries(chunkNames).map(([value, name]) => ({ value, label: name }))}
            value={asked ?? chunk}
            onChange={(value) => selection.cutBy(value as SeriesChunk)}
          />
        </>
      }
      evidence={evidenceOf(comparison, request, {
        pointer: document ? '' : '/onset',
        json: document ?? comparison.onset,
        ...(document ? { document } : {}),
        methods: methodsOf(estimates.filter((estimate) => estimate !== undefined)),
      })}
    >
      <SeriesKey minCell={comparison.settings.minCell} weeks={chunkNames[chunk]} />
      <div className={classes.stage}>
        {series.status === 'running' ? (
          <ProgressView
            title={`Computing the series of ${segmentText(segment)}`}
            progress={series.progress}
            startedAt={series.startedAt}
            onCancel={series.cancel}
          />
        ) : null}
        {series.status === 'failed' ? (
          <ErrorState title="The series could not be computed" error={series.error} onRetry={series.retry} />
        ) : null}
        {series.status === 'cancelled' ? (
          <EmptyState
            title="The series was cancelled"
            actions={
              <Button variant="default" onClick={series.retry}>
                Compute it
              </Button>
            }
          >
            Nothing was kept; the rest of this page does not depend on it.
          </EmptyState>
        ) : null}
        {document ? (
          <MetricChart
            series={document}
            comparison={comparison}
            domain={domain}
            scope={segmentText(segment)}
            picking={picking}
          />
        ) : null}
      </div>
      {tooSmall ? (
        <p className={classes.note}>
          No {chunkNames[chunk]} of this segment has {comparison.settings.minCell} labelled rows: the points show what
          was seen, none of them is a number to act on. The verdict pools the days of each window.
        </p>
      ) : null}
      {bars ? (
        <VolumeChart
          bars={bars}
          comparison={comparison}
          domain={domain}
          scope={segmentText(segment)}
          picking={picking}
        />
      ) : timeline.error ? (
        <ErrorState
          title="Volume and labels could not be read"
          error={timeline.error}
          onRetry={() => void timeline.refetch()}
        />
      ) : (
        <LoadingState what="volume and labels" height={volumeHeight} />
      )}
    </EvidencePanel>
  );
};
