import type { EChartsOption } from 'echarts';
import type { HistorySeries } from '../model/history.ts';
import { count, day, instant, pValue, quantity, relative, timeOfDay } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, line, polygon, rectangle, type Shape, textWidth, words } from './decoration.ts';
import { axisPointerLine, emptyChart, fontSize, frame, niceScale, tooltip, valueAxis } from './frame.ts';
import { axisValueOf } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartStep, ChartTable } from './table.ts';

export interface HistorySeriesData {
  series: HistorySeries;
  /** Decides what the change points are called and how they are coloured; null where nobody says. */
  higherIsBetter: boolean | null;
}

type ChangePoint = HistorySeries['changePoints'][number];

const worse = ({ ratio }: ChangePoint, higher: boolean | null): boolean | null =>
  higher === null || ratio === null ? null : higher ? ratio < 1 : ratio > 1;

const colourOf = (change: ChangePoint, higher: boolean | null, palette: ChartPalette): string => {
  const bad = worse(change, higher);
  return bad === null ? palette.ink : bad ? palette.regression : palette.improvement;
};

/** Where the points between two change points lie: the level before the first, after each. */
const levelsOf = ({ changePoints, points }: HistorySeries): { from: number; to: number; value: number }[] => {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || changePoints.length === 0) return [];
  const ordered = changePoints.toSorted((a, b) => a.index - b.index);
  return [
    { from: first.index - 0.5, to: ordered[0]!.index - 0.5, value: ordered[0]!.before },
    ...ordered.map((change, at) => ({
      from: change.index - 0.5,
      to: (ordered[at + 1]?.index ?? last.index + 1) - 0.5,
      value: change.after,
    })),
  ];
};

const describe = (point: HistorySeries['points'][number], { series, higherIsBetter }: HistorySeriesData): string[] => {
  const change = series.changePoints.find(({ index }) => index === point.index);
  const boundary = series.boundaries.find(({ index }) => index === point.index);
  return [
    point.at === null ? `run ${count(point.index)}` : `run ${count(point.index)}, ${instant(point.at)}`,
    quantity(point.value, series.unit),
    ...(series.outliers.includes(point.index) ? ['isolated outlier: shown, not used to find changes'] : []),
    ...(change
      ? [
          `change point${change.provisional ? ', provisional' : ''}: ${relative(change.ratio)}${
            higherIsBetter === null ? '' : worse(change, higherIsBetter) ? ', worse' : ', better'
          }, ${pValue(change.pValue)}`,
        ]
      : []),
    ...(boundary ? [`fingerprint changed: ${boundary.fields.map((field) => cleanText(field, 30)).join(', ')}`] : []),
  ];
};

/** A metric of one workload over its runs, with change points, levels between them, outliers and fingerprint changes. */
export const historySeriesChart = (data: HistorySeriesData, palette: ChartPalette): EChartsOption => {
  const { series, higherIsBetter } = data;
  const { points, outliers } = series;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return emptyChart('No runs of this workload yet', palette);
  const values = points.map(({ value }) => value);
  const scale = niceScale(
    values.reduce((a, b) => Math.min(a, b)),
    values.reduce((a, b) => Math.max(a, b)),
    4,
  );
  const days = new Set(points.map((point) => (point.at === null ? null : day(point.at))));
  // Runs of one sitting are told apart by the time of day.
  const [only] = days.size === 1 ? days : [null];
  const byIndex = new Map(points.map((point) => [point.index, point]));
  const kept = points.filter(({ index }) => !outliers.includes(index));
  const changed = new Set(series.changePoints.map(({ index }) => index));
  return {
    ...frame(palette),
    grid: { left: 72, right: 26, top: 40, bottom: only ? 48 : 30 },
    xAxis: {
      type: 'value',
      min: first.index - 0.5,
      max: last.index + 0.5,
      minInterval: 1,
      axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
      axisTick: { show: true, lineStyle: { color: palette.hairlineStrong }, length: 4 },
      axisLabel: {
        color: palette.ink3,
        fontSize,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        margin: 12,
        formatter: (value: number) => {
          const point = byIndex.get(value);
          if (point?.at) return only ? timeOfDay(point.at) : day(point.at);
          return Number.isInteger(value) ? `run ${count(value)}` : '';
        },
      },
      ...(only
        ? {
            name: `${only}, UTC`,
            nameLocation: 'middle',
            nameGap: 32,
            nameTextStyle: { color: palette.ink3, fontSize },
          }
        : {}),
      splitLine: { show: false },
      axisPointer: axisPointerLine(palette),
    },
    yAxis: {
      ...valueAxis(scale, 'number', palette),
      name: cleanText(series.unit, 24),
      nameGap: 14,
      nameTextStyle: { color: palette.ink3, fontSize, align: 'right' },
    },
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const point = byIndex.get(axisValueOf(params));
        return point ? describe(point, data).join('\n') : '';
      },
    },
    series: [
      decoration(
        (area, api) => {
          const toX = (index: number) => at(api, index, 0)[0];
          const shapes: Shape[] = [];
          let free = Number.NEGATIVE_INFINITY;
          for (const boundary of series.boundaries) {
            const x = toX(boundary.index - 0.5);
            shapes.push(line([x, area.y - 8], [x, area.y + area.height], { stroke: palette.ink3, lineDash: [2, 3] }));
            const text = boundary.fields
              .slice(0, 2)
              .map((field) => cleanText(field, 18))
              .join(', ');
            const more = boundary.fields.length > 2 ? ` +${boundary.fields.length - 2}` : '';
            const leftward = x + textWidth(text + more) > area.x + area.width + 20;
            if (x < free || leftward) continue;
            shapes.push(words(text + more, [x + 4, area.y - 10], { fill: palette.ink2, font: palette.font }));
            free = x + textWidth(text + more) + 10;
          }
          return shapes;
        },
        { z: 1 },
      ),
      {
        type: 'line',
        name: series.name,
        data: kept.map(({ index, value }) => [index, value]),
        symbol: 'circle',
        symbolSize: points.length > 200 ? 2.5 : 4.5,
        showAllSymbol: true,
        lineStyle: { color: palette.current, width: 1, opacity: 0.45 },
        itemStyle: { color: palette.current },
        emphasis: { disabled: true },
        z: 2,
      },
      {
        type: 'line',
        name: 'outliers',
        data: points.filter(({ index }) => outliers.includes(index)).map(({ index, value }) => [index, value]),
        symbol: 'diamond',
        symbolSize: 8,
        showAllSymbol: true,
        lineStyle: { opacity: 0 },
        itemStyle: { color: palette.surface, borderColor: palette.ink2, borderWidth: 1.3 },
        emphasis: { disabled: true },
        z: 3,
      },
      decoration(
        (area, api) => {
          const toX = (index: number) => at(api, index, 0)[0];
          const shapes: Shape[] = levelsOf(series).map(({ from, to, value }) => {
            const y = at(api, 0, value)[1];
            return line([toX(from), y], [toX(to), y], { stroke: palette.ink2, lineWidth: 1.5 });
          });
          let free = Number.NEGATIVE_INFINITY;
          for (const change of series.changePoints) {
            const x = toX(change.index - 0.5);
            const colour = colourOf(change, higherIsBetter, palette);
            const [before, after] = [at(api, 0, change.before)[1], at(api, 0, change.after)[1]];
            if (change.provisional)
              shapes.push(
                rectangle(
                  { x, y: area.y, width: area.x + area.width - x, height: area.height },
                  { fill: palette.hatch, opacity: 0.6 },
                ),
              );
            shapes.push(
              line([x, area.y - 22], [x, area.y + area.height], {
                stroke: colour,
                lineWidth: 1.5,
                ...(change.provisional ? { lineDash: [5, 3] } : {}),
              }),
            );
            const tip = after > before ? -5 : 5;
            shapes.push(
              polygon(
                [
                  [x - 4, after + tip],
                  [x + 4, after + tip],
                  [x, after],
                ],
                { fill: colour },
              ),
            );
            const text = `${relative(change.ratio)}${change.provisional ? ' provisional' : ''}`;
            const leftward = x + textWidth(text) + 10 > area.x + area.width + 20;
            const from = leftward ? x - textWidth(text) - 10 : x;
            if (from < free) continue;
            shapes.push(
              words(text, [leftward ? x - 5 : x + 5, area.y - 26], {
                fill: colour,
                font: palette.font,
                weight: 600,
                align: leftward ? 'right' : 'left',
              }),
            );
            free = from + textWidth(text) + 12;
          }
          return shapes;
        },
        { z: 4 },
      ),
      ...(changed.size === 0
        ? [
            decoration((area) => [
              words('no change point', [area.x + area.width, area.y - 26], {
                fill: palette.ink3,
                font: palette.font,
                align: 'right',
              }),
            ]),
          ]
        : []),
    ],
  };
};

export const historySeriesTable = ({ series }: HistorySeriesData): ChartTable => ({
  columns: [
    'run',
    'at',
    series.unit === '' ? series.name : `${series.name}, ${series.unit}`,
    'outlier',
    'change point',
    'fingerprint changed',
  ],
  rows: series.points.map((point) => {
    const change = series.changePoints.find(({ index }) => index === point.index);
    return [
      point.index,
      point.at,
      point.value,
      series.outliers.includes(point.index),
      change ? `${relative(change.ratio)}${change.provisional ? ', provisional' : ''}` : null,
      series.boundaries.find(({ index }) => index === point.index)?.fields.join(', ') ?? null,
    ];
  }),
});

export const historySeriesSteps = (data: HistorySeriesData): ChartStep[] =>
  data.series.points.map((point) => ({ x: point.index, text: describe(point, data).join(', ') }));
