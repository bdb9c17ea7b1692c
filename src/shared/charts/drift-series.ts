import type { EChartsOption, LineSeriesOption } from 'echarts';
import type { Chunk } from '../model/series.ts';
import { count, dayRange, decimal } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { directLabels } from './direct-labels.ts';
import {
  domainOf,
  emptyChart,
  frame,
  middle,
  niceScale,
  type TimeDomain,
  timeAxis,
  timeGrid,
  tooltip,
  valueAxis,
} from './frame.ts';
import { axisValueOf, chunkAt } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartStep, ChartTable } from './table.ts';
import { eventLines, ground, type TimeMarks } from './time-marks.ts';

export interface DriftSeriesData {
  chunks: readonly Chunk[];
  marks: TimeMarks;
  domain?: TimeDomain;
}

const describe = (chunk: Chunk): string[] => {
  const { distance, threshold, exceeds, n, reason } = chunk.predictionDrift;
  return [
    dayRange(chunk.from, chunk.to),
    distance === null ? `distance unknown: ${cleanText(reason ?? 'not computed')}` : `distance ${decimal(distance)}`,
    threshold === null ? 'no threshold' : `threshold ${decimal(threshold)}${exceeds ? ', exceeded' : ''}`,
    `n = ${count(n)}`,
  ];
};

/** Distance of each chunk's predictions from the reference, against the threshold at that chunk's own n. */
export const driftSeriesChart = (data: DriftSeriesData, palette: ChartPalette): EChartsOption => {
  const { chunks, marks } = data;
  const domain = data.domain ?? domainOf(chunks);
  const known = chunks
    .flatMap((chunk) => [chunk.predictionDrift.distance, chunk.predictionDrift.threshold])
    .filter((value): value is number => value !== null && Number.isFinite(value));
  if (!domain || known.length === 0) {
    const reason = chunks.map((chunk) => chunk.predictionDrift.reason).find(Boolean);
    return emptyChart(`No prediction drift to draw${reason ? `: ${cleanText(reason)}` : ''}`, palette);
  }
  const scale = niceScale(
    0,
    known.reduce((a, b) => Math.max(a, b), 0),
    2,
    [0, Number.POSITIVE_INFINITY],
  );
  const lastThreshold = chunks.findLast((chunk) => chunk.predictionDrift.threshold !== null)?.predictionDrift.threshold;
  const exceeding: LineSeriesOption['data'] = chunks.map((chunk) => [
    middle(chunk),
    chunk.predictionDrift.exceeds ? chunk.predictionDrift.distance : null,
  ]);
  return {
    ...frame(palette),
    grid: { ...timeGrid, top: 8, bottom: 24 },
    xAxis: timeAxis(domain, palette, true),
    yAxis: valueAxis(scale, 'number', palette),
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const chunk = chunkAt(chunks, axisValueOf(params));
        return chunk ? describe(chunk).join('\n') : '';
      },
    },
    series: [
      ground(marks, palette, false),
      {
        type: 'line',
        name: 'threshold',
        step: 'middle',
        data: chunks.map((chunk) => [middle(chunk), chunk.predictionDrift.threshold]),
        symbol: 'none',
        lineStyle: { color: palette.ink2, width: 1, type: [7, 3, 1, 3] },
        emphasis: { disabled: true },
      },
      {
        type: 'line',
        name: 'distance',
        data: chunks.map((chunk) => [middle(chunk), chunk.predictionDrift.distance]),
        symbol: 'circle',
        symbolSize: 3,
        showSymbol: chunks.length <= 130,
        lineStyle: { color: palette.reference, width: 1.5 },
        itemStyle: { color: palette.reference },
        emphasis: { disabled: true },
      },
      {
        type: 'line',
        name: 'above threshold',
        data: exceeding,
        symbol: 'triangle',
        symbolSize: 9,
        showAllSymbol: true,
        lineStyle: { width: 0 },
        itemStyle: { color: palette.regression },
        emphasis: { disabled: true },
        z: 4,
      },
      eventLines(marks, palette, 0),
      directLabels(
        typeof lastThreshold === 'number' ? [{ text: 'threshold', value: lastThreshold, colour: palette.ink2 }] : [],
        palette,
      ),
    ],
  };
};

export const driftSeriesTable = (data: DriftSeriesData): ChartTable => ({
  columns: ['from', 'to', 'n', 'distance', 'normalised', 'threshold', 'exceeds', 'method', 'reason'],
  rows: data.chunks.map((chunk) => {
    const drift = chunk.predictionDrift;
    return [
      chunk.from,
      chunk.to,
      drift.n,
      drift.distance,
      drift.normalised,
      drift.threshold,
      drift.exceeds,
      drift.method,
      drift.reason ?? null,
    ];
  }),
});

export const driftSeriesSteps = (data: DriftSeriesData): ChartStep[] =>
  data.chunks.map((chunk) => ({ x: middle(chunk), text: describe(chunk).join(', ') }));
