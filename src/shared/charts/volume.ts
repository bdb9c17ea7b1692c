import type { EChartsOption } from 'echarts';
import { count, dayRange, percent } from '../units.ts';
import { at, decoration, rectangle, words } from './decoration.ts';
import {
  dayEnd,
  dayStart,
  domainOf,
  emptyChart,
  fontSize,
  frame,
  middle,
  niceScale,
  type TimeDomain,
  timeAxis,
  timeGrid,
  tooltip,
} from './frame.ts';
import { axisValueOf, chunkAt } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartStep, ChartTable } from './table.ts';
import { eventLines, ground, type TimeMarks } from './time-marks.ts';

export interface VolumeBar {
  from: string;
  to: string;
  predictions: number;
  labelled: number;
  maturity: number | null;
}

export interface VolumeData {
  bars: readonly VolumeBar[];
  marks: TimeMarks;
  domain?: TimeDomain;
  /** Days along the bottom, where the chart stands alone. */
  labelled?: boolean;
}

const labelledShare = (entry: { predictions: number; labelled: number }): number | null =>
  entry.predictions > 0 ? entry.labelled / entry.predictions : null;

const describe = (entry: VolumeBar): string[] => [
  dayRange(entry.from, entry.to),
  `${count(entry.predictions)} predictions`,
  `${count(entry.labelled)} labelled (${percent(labelledShare(entry), 1)})`,
  ...(entry.maturity === null ? [] : [`maturity ${percent(entry.maturity, 0)}`]),
];

/** Predictions per day or chunk; the filled part of each bar is the part with a label. */
export const volumeChart = (data: VolumeData, palette: ChartPalette): EChartsOption => {
  const { bars } = data;
  const domain = data.domain ?? domainOf(bars);
  if (!domain) return emptyChart('No predictions in this dataset', palette);
  const most = bars.reduce((top, entry) => Math.max(top, entry.predictions), 1);
  const scale = niceScale(0, most, 8, [0, Number.POSITIVE_INFINITY]);
  return {
    ...frame(palette),
    grid: { ...timeGrid, top: 8, bottom: data.labelled ? 24 : 8 },
    xAxis: timeAxis(domain, palette, data.labelled ?? false),
    yAxis: {
      type: 'value',
      min: 0,
      max: scale.max,
      interval: scale.max,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: palette.ink3, fontSize, formatter: (value: number) => count(value) },
      splitLine: { lineStyle: { color: palette.hairline } },
      axisPointer: { show: false },
    },
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const entry = chunkAt(bars, axisValueOf(params));
        return entry ? describe(entry).join('\n') : '';
      },
    },
    series: [
      ground(data.marks, palette, false),
      decoration(
        (area, api) =>
          bars.flatMap((entry) => {
            const [left, base] = at(api, dayStart(entry.from), 0);
            const [right] = at(api, dayEnd(entry.to), 0);
            const gap = right - left > 5 ? 1 : 0;
            const bar = (rows: number, style: Record<string, unknown>) => {
              const top = at(api, 0, rows)[1];
              return rectangle(
                { x: left + gap / 2, y: top, width: Math.max(0.5, right - left - gap), height: base - top },
                style,
              );
            };
            return entry.predictions > 0 && left < area.x + area.width && right > area.x
              ? [
                  bar(entry.predictions, { fill: palette.hairlineStrong, opacity: 0.4 }),
                  bar(entry.labelled, { fill: palette.reference }),
                ]
              : [];
          }),
        { z: 2, clip: true },
      ),
      // Invisible points carry the crosshair: decorations take no pointer.
      {
        type: 'line',
        name: 'predictions',
        data: bars.map((entry) => [middle(entry), entry.predictions]),
        symbol: 'none',
        lineStyle: { opacity: 0 },
        emphasis: { disabled: true },
      },
      eventLines(data.marks, palette, 0),
      decoration((area) => {
        const x = area.x + area.width + 11;
        const half = area.y + area.height / 2;
        return [
          words('predictions', [x, half - 8], { fill: palette.ink3, font: palette.font }),
          words('■ labelled', [x, half + 8], { fill: palette.ink2, font: palette.font }),
        ];
      }),
    ],
  };
};

export const volumeTable = (data: VolumeData): ChartTable => ({
  columns: ['from', 'to', 'predictions', 'labelled', 'labelled share', 'maturity'],
  rows: data.bars.map((entry) => [
    entry.from,
    entry.to,
    entry.predictions,
    entry.labelled,
    labelledShare(entry),
    entry.maturity,
  ]),
});

export const volumeSteps = (data: VolumeData): ChartStep[] =>
  data.bars.map((entry) => ({ x: middle(entry), text: describe(entry).join(', ') }));
