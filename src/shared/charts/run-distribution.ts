import type { EChartsOption } from 'echarts';
import type { Estimate } from '../model/estimate.ts';
import { count, decimal, percent } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, line, type Shape, words } from './decoration.ts';
import { axisPointerLine, emptyChart, fontSize, frame, niceScale, tickLabel, tooltip, valueAxis } from './frame.ts';
import { axisValueOf } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartStep, ChartTable } from './table.ts';
import { whisker } from './whisker.ts';

export interface RunDistributionData {
  /** Latencies that count, in ms. */
  values: readonly number[];
  percentiles: readonly { p: number; estimate: Estimate }[];
}

interface Point {
  ms: number;
  share: number;
}

const mostPoints = 1000;

/** The empirical distribution; of very many values every k-th order statistic, the least and the greatest among them. */
const pointsOf = (values: readonly number[]): Point[] => {
  const sorted = values.toSorted((a, b) => a - b);
  const step = Math.max(1, Math.ceil(sorted.length / mostPoints));
  return sorted.flatMap((ms, index) =>
    index % step === 0 || index === sorted.length - 1 ? [{ ms, share: (index + 1) / sorted.length }] : [],
  );
};

const nearest = (points: readonly Point[], ms: number): Point | undefined =>
  points.findLast((point) => point.ms <= ms) ?? points[0];

const describe = (point: Point): string => `${percent(point.share)} took at most ${decimal(point.ms)}\u202fms`;

/** Share of the samples that took at most so long, with the percentiles and their intervals. */
export const runDistributionChart = (data: RunDistributionData, palette: ChartPalette): EChartsOption => {
  const points = pointsOf(data.values);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return emptyChart('Fewer than two samples count: no distribution', palette);
  const ends = data.percentiles.flatMap(({ estimate }) =>
    estimate.value === null ? [] : [estimate.low, estimate.high, estimate.value],
  );
  const known = ends.filter((value): value is number => value !== null);
  const scale = niceScale(Math.min(first.ms, ...known), Math.max(last.ms, ...known), 5, [0, Number.POSITIVE_INFINITY]);
  return {
    ...frame(palette),
    grid: { left: 48, right: 26, top: 22, bottom: 38 },
    xAxis: {
      type: 'value',
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      name: 'ms a sample',
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: palette.ink3, fontSize },
      axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
      axisLabel: {
        color: palette.ink3,
        fontSize,
        hideOverlap: true,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
        formatter: tickLabel(scale, 'number'),
      },
      splitLine: { show: false },
      axisPointer: axisPointerLine(palette),
    },
    yAxis: valueAxis({ min: 0, max: 1, step: 0.25 }, 'share', palette),
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const point = nearest(points, axisValueOf(params));
        return point ? describe(point) : '';
      },
    },
    series: [
      {
        type: 'line',
        name: 'share',
        step: 'end',
        data: points.map(({ ms, share }) => [ms, share]),
        symbol: 'none',
        lineStyle: { color: palette.current, width: 2 },
        emphasis: { disabled: true },
      },
      decoration(
        (area, api) =>
          data.percentiles.flatMap(({ p, estimate }, index): Shape[] => {
            // The highest stand close together: the last is named above its line, the others below.
            const beside = index === data.percentiles.length - 1 ? -8 : 11;
            const y = at(api, scale.min, p)[1];
            const toX = (ms: number) => at(api, ms, 0)[0];
            const name = `p${Math.round(p * 100)}`;
            const say = (text: string, x: number, align: 'left' | 'right') =>
              words(text, [x, y + beside], { fill: palette.ink2, font: palette.font, align, halo: palette.surface });
            if (estimate.value === null)
              return [
                line([area.x, y], [area.x + area.width, y], { stroke: palette.hairlineStrong, lineDash: [2, 4] }),
                say(`${name} not known: ${cleanText(estimate.reason ?? '', 60)}`, area.x + area.width, 'right'),
              ];
            const end = toX(estimate.high ?? estimate.value);
            const leftward = end > area.x + area.width * 0.72;
            const from = toX(estimate.low ?? estimate.value);
            return [
              line([area.x, y], [toX(estimate.value), y], { stroke: palette.hairlineStrong, lineDash: [2, 4] }),
              ...whisker(estimate, toX, y, { colour: palette.ink, surface: palette.surface }),
              say(`${name} ${decimal(estimate.value)} ms`, leftward ? from - 8 : end + 8, leftward ? 'right' : 'left'),
            ];
          }),
        { z: 4 },
      ),
    ],
  };
};

export const runDistributionTable = (data: RunDistributionData): ChartTable => ({
  columns: ['what', 'ms', 'low', 'high', 'n', 'reason'],
  rows: [
    ...data.percentiles.map(({ p, estimate }) => [
      `p${Math.round(p * 100)}`,
      estimate.value,
      estimate.low,
      estimate.high,
      estimate.n,
      estimate.reason ?? null,
    ]),
    ...pointsOf(data.values).map(({ ms, share }) => [
      `at most, share ${percent(share, 2)}`,
      ms,
      null,
      null,
      null,
      null,
    ]),
  ],
});

export const runDistributionSteps = (data: RunDistributionData): ChartStep[] =>
  pointsOf(data.values).map((point) => ({ x: point.ms, text: describe(point) }));

export const runDistributionText = (data: RunDistributionData): string =>
  `Distribution of ${count(data.values.length)} samples: ${data.percentiles
    .map(
      ({ p, estimate }) =>
        `p${Math.round(p * 100)} ${estimate.value === null ? 'not known' : `${decimal(estimate.value)} ms`}`,
    )
    .join(', ')}`;
