import type { EChartsOption } from 'echarts';
import type { PredictionDrift } from '../model/drift.ts';
import type { ScoreDistribution } from '../model/score.ts';
import { count, decimal, percent } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, line, rectangle, type Shape, words } from './decoration.ts';
import { axisPointerLine, emptyChart, fontSize, frame, niceScale, tickLabel, tooltip, valueAxis } from './frame.ts';
import { axisValueOf } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartStep, ChartTable } from './table.ts';

export interface ScoreDistributionData {
  distribution: ScoreDistribution;
  drift: PredictionDrift;
}

type Bin = NonNullable<ScoreDistribution['bins']>[number];

interface Bar extends Bin {
  /** Where it is drawn: open ends are as wide as their neighbours. */
  left: number;
  right: number;
}

const barsOf = ({ bins, of }: ScoreDistribution): Bar[] => {
  const inner = bins?.[1] ? bins[1].to - bins[1].from : null;
  return (bins ?? []).map((bin, i, all) => ({
    ...bin,
    left: of === 'predicted value' && i === 0 && inner !== null ? Math.max(bin.from, bin.to - inner) : bin.from,
    right:
      of === 'predicted value' && i === all.length - 1 && inner !== null ? Math.min(bin.to, bin.from + inner) : bin.to,
  }));
};

const describe = (bin: Bin, data: ScoreDistributionData): string[] => [
  `${data.distribution.of ?? 'score'} ${decimal(bin.from)} … ${decimal(bin.to)}`,
  `reference ${percent(bin.reference, 2)}`,
  `current ${percent(bin.current, 2)}`,
];

/** `W1 0.0003, below its threshold of 0.0009`, or why that is not known. */
export const driftCaption = ({ distribution, drift }: ScoreDistributionData): string => {
  const rows = `n = ${count(distribution.n.reference)} → ${count(distribution.n.current)}`;
  if (drift.distance === null) return `distance unknown: ${cleanText(drift.reason ?? 'not computed', 60)}; ${rows}`;
  const name = drift.method.startsWith('total-variation') ? 'total variation' : 'W1';
  const standing =
    drift.threshold === null
      ? 'no threshold to compare with'
      : `${drift.exceeds ? 'above' : 'below'} its threshold of ${decimal(drift.threshold)}`;
  return `${name} ${decimal(drift.distance)}, ${standing}; ${rows}`;
};

/** Where the predictions lie: the reference as filled ground, the current window as an outline over it. */
export const scoreDistributionChart = (data: ScoreDistributionData, palette: ChartPalette): EChartsOption => {
  const { distribution, drift } = data;
  const bars = barsOf(distribution);
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last)
    return emptyChart(`No distribution: ${cleanText(distribution.reason ?? 'no predictions', 90)}`, palette);
  const most = bars.reduce((top, bar) => Math.max(top, bar.reference, bar.current), 0);
  const shares = niceScale(0, most || 1, 4, [0, Number.POSITIVE_INFINITY]);
  const values = niceScale(first.left, last.right, 5, [first.left, last.right]);
  return {
    ...frame(palette),
    grid: { left: 52, right: 84, top: 30, bottom: 40 },
    xAxis: {
      type: 'value',
      min: first.left,
      max: last.right,
      interval: values.step,
      name: distribution.of ?? 'score',
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: palette.ink3, fontSize },
      axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
      axisTick: { show: false },
      axisLabel: {
        color: palette.ink3,
        fontSize,
        hideOverlap: true,
        showMinLabel: Math.abs(values.min - first.left) < 1e-9,
        showMaxLabel: Math.abs(values.max - last.right) < 1e-9,
        formatter: tickLabel(values, 'number'),
      },
      splitLine: { show: false },
      axisPointer: axisPointerLine(palette),
    },
    yAxis: valueAxis(shares, 'share', palette),
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const x = axisValueOf(params);
        const bar = bars.find(({ left, right }) => x >= left && x <= right);
        return bar ? describe(bar, data).join('\n') : '';
      },
    },
    series: [
      decoration(
        (area) => [
          words(driftCaption(data), [area.x, area.y - 16], {
            fill: drift.exceeds ? palette.regression : palette.ink2,
            font: palette.font,
            weight: drift.exceeds ? 600 : 400,
          }),
        ],
        { z: 5, anchor: [first.left, 0] },
      ),
      decoration(
        (_area, api) =>
          bars.map((bar) => {
            const [left, top] = at(api, bar.left, bar.reference);
            const [right, base] = at(api, bar.right, 0);
            const gap = right - left > 5 ? 1 : 0;
            return rectangle(
              { x: left, y: top, width: Math.max(0.5, right - left - gap), height: Math.max(0, base - top) },
              { fill: palette.reference, opacity: 0.45 },
            );
          }),
        { z: 2, anchor: [first.left, 0] },
      ),
      decoration(
        (_area, api) => {
          const shapes: Shape[] = [];
          const stroke = { stroke: palette.current, lineWidth: 2 };
          bars.forEach((bar, i) => {
            const from = at(api, bar.left, bar.current);
            const before = bars[i - 1];
            shapes.push(line(at(api, bar.left, before?.current ?? 0), from, stroke));
            shapes.push(line(from, at(api, bar.right, bar.current), stroke));
          });
          shapes.push(line(at(api, last.right, last.current), at(api, last.right, 0), stroke));
          return shapes;
        },
        { z: 3, anchor: [first.left, 0] },
      ),
      decoration(
        (area) => {
          const x = area.x + area.width + 12;
          return [
            line([x, area.y + 8], [x + 14, area.y + 8], { stroke: palette.current, lineWidth: 2 }),
            words('current', [x + 19, area.y + 8], { fill: palette.current, font: palette.font }),
            rectangle({ x, y: area.y + 21, width: 14, height: 8 }, { fill: palette.reference, opacity: 0.45 }),
            words('reference', [x + 19, area.y + 25], { fill: palette.ink2, font: palette.font }),
          ];
        },
        { z: 4, anchor: [first.left, 0] },
      ),
      // Invisible points carry the crosshair: decorations take no pointer.
      {
        type: 'line',
        name: 'bars',
        data: bars.map((bar) => [(bar.left + bar.right) / 2, bar.current]),
        symbol: 'none',
        lineStyle: { opacity: 0 },
        emphasis: { disabled: true },
      },
    ],
  };
};

export const scoreDistributionTable = ({ distribution }: ScoreDistributionData): ChartTable => ({
  columns: ['from', 'to', 'reference share', 'current share'],
  rows: (distribution.bins ?? []).map((bin) => [bin.from, bin.to, bin.reference, bin.current]),
});

export const scoreDistributionSteps = (data: ScoreDistributionData): ChartStep[] =>
  barsOf(data.distribution).map((bar) => ({
    x: (bar.left + bar.right) / 2,
    text: describe(bar, data).join(', '),
  }));
