import type { EChartsOption } from 'echarts';
import type { Timeline } from '../model/dataset.ts';
import { count, day, percent } from '../units.ts';
import { at, decoration, rectangle, words } from './decoration.ts';
import {
  dayEnd,
  dayStart,
  domainOf,
  emptyChart,
  fontSize,
  frame,
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

export interface VolumeData {
  days: Timeline['days'];
  marks: TimeMarks;
  domain?: TimeDomain;
}

const ranges = (days: VolumeData['days']) => days.map((entry) => ({ ...entry, from: entry.day, to: entry.day }));

const labelledShare = (entry: { predictions: number; labelled: number }): number | null =>
  entry.predictions > 0 ? entry.labelled / entry.predictions : null;

const describe = (entry: VolumeData['days'][number]): string[] => [
  day(entry.day),
  `${count(entry.predictions)} predictions`,
  `${count(entry.labelled)} labelled (${percent(labelledShare(entry), 1)})`,
  ...(entry.maturity === null ? [] : [`maturity ${percent(entry.maturity, 0)}`]),
];

/** Predictions per day; the filled part of each bar is the part with a label. */
export const volumeChart = (data: VolumeData, palette: ChartPalette): EChartsOption => {
  const days = ranges(data.days);
  const domain = data.domain ?? domainOf(days);
  if (!domain) return emptyChart('No predictions in this dataset', palette);
  const most = data.days.reduce((top, entry) => Math.max(top, entry.predictions), 1);
  const scale = niceScale(0, most, 4, [0, Number.POSITIVE_INFINITY]);
  return {
    ...frame(palette),
    grid: { ...timeGrid, top: 8, bottom: 8 },
    xAxis: timeAxis(domain, palette, false),
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
        const entry = chunkAt(days, axisValueOf(params));
        return entry ? describe(entry).join('\n') : '';
      },
    },
    series: [
      ground(data.marks, palette, false),
      decoration(
        (area, api) =>
          days.flatMap((entry) => {
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
        data: days.map((entry) => [(dayStart(entry.from) + dayEnd(entry.to)) / 2, entry.predictions]),
        symbol: 'none',
        lineStyle: { opacity: 0 },
        emphasis: { disabled: true },
      },
      eventLines(data.marks, palette, false),
      decoration((area) => {
        const x = area.x + area.width + 11;
        const middle = area.y + area.height / 2;
        return [
          words('predictions', [x, middle - 8], { fill: palette.ink3, font: palette.font }),
          words('■ labelled', [x, middle + 8], { fill: palette.ink2, font: palette.font }),
        ];
      }),
    ],
  };
};

export const volumeTable = (data: VolumeData): ChartTable => ({
  columns: ['day', 'predictions', 'labelled', 'labelled share', 'maturity'],
  rows: data.days.map((entry) => [entry.day, entry.predictions, entry.labelled, labelledShare(entry), entry.maturity]),
});

export const volumeSteps = (data: VolumeData): ChartStep[] =>
  ranges(data.days).map((entry) => ({
    x: (dayStart(entry.from) + dayEnd(entry.to)) / 2,
    text: describe(entry).join(', '),
  }));
