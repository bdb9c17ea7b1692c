import type { EChartsOption } from 'echarts';
import type { Reliability } from '../model/score.ts';
import { count, decimal, estimateValue, interval, percent } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, circle, decoration, line, rectangle, type Shape, words } from './decoration.ts';
import { directLabels } from './direct-labels.ts';
import { axisPointerLine, emptyChart, fontSize, frame, niceScale, tickLabel, tooltip, valueAxis } from './frame.ts';
import { axisValueOf } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartStep, ChartTable } from './table.ts';

export interface ReliabilityData {
  reliability: Reliability;
  /** Bins with fewer labelled rows are drawn faint and never joined to the line. */
  minCell: number;
}

type Bin = NonNullable<Reliability['bins']>[number];
type Side = 'reference' | 'current';
const sides = ['reference', 'current'] as const;
/** The two windows stand beside each other, or their intervals would cover each other. */
const apart: Record<Side, number> = { reference: -3, current: 3 };

const outcome = (data: ReliabilityData): string =>
  data.reliability.of === 'confidence of the predicted class' ? 'right' : 'positive';

const describe = (bin: Bin, data: ReliabilityData): string[] => [
  `score ${decimal(bin.from, 2)} … ${decimal(bin.to, 2)}`,
  ...sides.map((side) => {
    const { n, meanScore, observed } = bin[side];
    if (observed.value === null || meanScore === null) return `${side}: no labelled rows`;
    const few = n < data.minCell ? ', not enough data' : '';
    return `${side}: promised ${percent(meanScore)}, ${outcome(data)} ${estimateValue(observed, 'share')} ${interval(observed, 'share')}, n = ${count(n)}${few}`;
  }),
];

const middleOf = (bin: Bin): number => (bin.from + bin.to) / 2;
const binAt = (bins: readonly Bin[], score: number): Bin | undefined =>
  bins.toSorted((a, b) => Math.abs(middleOf(a) - score) - Math.abs(middleOf(b) - score))[0];

/** Observed share against promised score, the diagonal being the truth; rows per bin beneath. */
export const reliabilityChart = (data: ReliabilityData, palette: ChartPalette): EChartsOption => {
  const { bins, reason } = data.reliability;
  if (!bins || bins.length === 0)
    return emptyChart(`No reliability curve: ${cleanText(reason ?? 'no labelled rows with a score', 90)}`, palette);
  const colour = { reference: palette.reference, current: palette.current };
  const lowest = bins.reduce((least, bin) => Math.min(least, bin.from), 1);
  const scale = niceScale(lowest, 1, 5, [0, 1]);
  const totals = Object.fromEntries(sides.map((side) => [side, bins.reduce((sum, bin) => sum + bin[side].n, 0)]));
  const shareOf = (bin: Bin, side: Side): number => (totals[side] ? bin[side].n / (totals[side] as number) : 0);
  const most = bins.reduce((top, bin) => Math.max(top, shareOf(bin, 'reference'), shareOf(bin, 'current')), 0) || 1;
  const trusted = (bin: Bin, side: Side): boolean =>
    bin[side].meanScore !== null && bin[side].observed.value !== null && bin[side].n >= data.minCell;
  const last = (side: Side) => bins.findLast((bin) => trusted(bin, side));
  const left = 52;
  const right = 84;
  const axis = {
    type: 'value' as const,
    min: scale.min,
    max: scale.max,
    interval: scale.step,
    axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
    axisTick: { show: false },
    splitLine: { show: false },
  };
  return {
    ...frame(palette),
    grid: [
      { left, right, top: 12, bottom: 92 },
      { left, right, height: 34, bottom: 40 },
    ],
    xAxis: [
      { ...axis, gridIndex: 0, axisLabel: { show: false }, axisPointer: axisPointerLine(palette) },
      {
        ...axis,
        gridIndex: 1,
        name: data.reliability.of ?? 'score',
        nameLocation: 'middle',
        nameGap: 24,
        nameTextStyle: { color: palette.ink3, fontSize },
        axisLabel: { color: palette.ink3, fontSize, formatter: tickLabel(scale, 'share') },
        axisPointer: { show: false },
      },
    ],
    yAxis: [
      { ...valueAxis(scale, 'share', palette), gridIndex: 0 },
      { type: 'value', gridIndex: 1, min: 0, max: most, show: false },
    ],
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const bin = binAt(bins, axisValueOf(params));
        return bin ? describe(bin, data).join('\n') : '';
      },
    },
    series: [
      decoration(
        (area, api) => [
          line(at(api, scale.min, scale.min), at(api, scale.max, scale.max), {
            stroke: palette.hairlineStrong,
            lineDash: [4, 4],
          }),
          words('promised = observed', [area.x + 8, area.y + 10], { fill: palette.ink3, font: palette.font }),
          line([area.x + 122, area.y + 10], [area.x + 146, area.y + 10], {
            stroke: palette.hairlineStrong,
            lineDash: [4, 4],
          }),
        ],
        { z: 1, anchor: [scale.min, scale.min] },
      ),
      ...sides.map((side, index) =>
        decoration(
          (_area, api) => {
            const place = (bin: Bin, value: number): [number, number] => {
              const [x, y] = at(api, bin[side].meanScore ?? middleOf(bin), value);
              return [x + apart[side], y];
            };
            const shapes: Shape[] = [];
            bins.forEach((bin, i) => {
              const { observed, n } = bin[side];
              if (observed.value === null || n === 0) return;
              const solid = trusted(bin, side);
              const before = bins[i - 1];
              const point = place(bin, observed.value);
              if (solid && before && trusted(before, side) && Math.abs(before.to - bin.from) < 1e-9)
                shapes.push(
                  line(place(before, before[side].observed.value as number), point, {
                    stroke: colour[side],
                    lineWidth: side === 'current' ? 2 : 1.5,
                  }),
                );
              if (observed.low !== null && observed.high !== null)
                shapes.push(
                  line(place(bin, observed.low), place(bin, observed.high), {
                    stroke: solid ? colour[side] : palette.hairlineStrong,
                    lineWidth: solid ? 1.5 : 1,
                    ...(solid ? {} : { lineDash: [3, 2], opacity: 0.7 }),
                  }),
                );
              shapes.push(
                circle(point, solid ? 3.5 : 2.5, {
                  fill: side === 'current' && solid ? colour[side] : palette.surface,
                  stroke: solid ? colour[side] : palette.hairlineStrong,
                  lineWidth: 1.5,
                }),
              );
            });
            return shapes;
          },
          { z: 3 + index, clip: true, anchor: [scale.min, scale.min] },
        ),
      ),
      directLabels(
        sides.flatMap((side) => {
          const bin = last(side);
          return bin ? [{ text: side, value: bin[side].observed.value as number, colour: colour[side] }] : [];
        }),
        palette,
      ),
      decoration(
        (area, api) => [
          words('rows per bin', [area.x + area.width + 11, area.y + area.height / 2], {
            fill: palette.ink3,
            font: palette.font,
          }),
          ...bins.flatMap((bin) => {
            const [from, base] = at(api, bin.from, 0);
            const [to] = at(api, bin.to, 0);
            const half = (to - from - 3) / 2;
            return sides.map((side, index) => {
              const top = at(api, bin.from, shareOf(bin, side))[1];
              const height = bin[side].n > 0 ? Math.max(1, base - top) : 0;
              return rectangle(
                { x: from + 1 + index * (half + 1), y: base - height, width: Math.max(1, half), height },
                { fill: colour[side] },
              );
            });
          }),
        ],
        { z: 2, xAxisIndex: 1, yAxisIndex: 1, anchor: [scale.min, 0] },
      ),
      // Invisible points carry the crosshair: decorations take no pointer.
      {
        type: 'line',
        name: 'bins',
        data: bins.map((bin) => [middleOf(bin), bin.current.observed.value ?? bin.reference.observed.value]),
        symbol: 'none',
        lineStyle: { opacity: 0 },
        emphasis: { disabled: true },
      },
    ],
  };
};

export const reliabilityTable = (data: ReliabilityData): ChartTable => ({
  columns: [
    'from',
    'to',
    ...sides.flatMap((side) => ['mean score', 'observed', 'low', 'high', 'n'].map((part) => `${side} ${part}`)),
  ],
  rows: (data.reliability.bins ?? []).map((bin) => [
    bin.from,
    bin.to,
    ...sides.flatMap((side) => {
      const { meanScore, observed, n } = bin[side];
      return [meanScore, observed.value, observed.low, observed.high, n];
    }),
  ]),
});

export const reliabilitySteps = (data: ReliabilityData): ChartStep[] =>
  (data.reliability.bins ?? []).map((bin) => ({ x: middleOf(bin), text: describe(bin, data).join(', ') }));
