import type { CustomSeriesOption, EChartsOption } from 'echarts';
import type { RunSample } from '../model/throughput-run.ts';
import { phaseNames } from '../throughput-words.ts';
import { count, counted, decimal } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, circle, decoration, line, polygon, type Shape, words } from './decoration.ts';
import { axisPointerLine, emptyChart, fontSize, frame, niceScale, type Scale, tooltip, valueAxis } from './frame.ts';
import { axisValueOf } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import {
  type RunTime,
  runGrid,
  runGround,
  runHeadroom,
  runMarksAt,
  runTimeAxis,
  secondsAt,
  sinceStart,
} from './run-time.ts';
import type { ChartStep, ChartTable } from './table.ts';

export interface RunSamplesData {
  samples: readonly RunSample[];
  /** Null where the samples have no instants: then they stand in their order. */
  time: RunTime | null;
}

interface Dot {
  x: number;
  ms: number;
  /** Counted, taken out by a rule, or of a phase that is not measured. */
  kind: 'counted' | 'excluded' | 'other';
  sample: RunSample;
}

/** Where blocks differ in size only the time of one item compares them. */
const perItem = (samples: readonly RunSample[]): boolean => samples.some(({ items }) => items !== samples[0]?.items);

const dotsOf = ({ samples, time }: RunSamplesData): Dot[] => {
  const divided = perItem(samples);
  return samples
    .map((sample, index): Dot => {
      const middleNs = (sample.startNs ?? 0) + sample.durationNs / 2;
      return {
        x: time ? secondsAt(time, middleNs) : index + 1,
        ms: sample.durationNs / 1e6 / (divided ? sample.items : 1),
        kind: sample.phase !== 'measure' ? 'other' : sample.excluded === null ? 'counted' : 'excluded',
        sample,
      };
    })
    .sort((a, b) => a.x - b.x);
};

/** Room for what counts; what lies far above it is drawn at the upper edge as an arrow. */
const scaleOf = (dots: readonly Dot[]): Scale => {
  const reach = (part: readonly Dot[]): [number, number] =>
    part.reduce(
      ([low, high], { ms }) => [Math.min(low, ms), Math.max(high, ms)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
  const all = reach(dots);
  const kept = dots.filter(({ kind }) => kind === 'counted');
  const [low, high] = kept.length > 0 ? reach(kept) : all;
  const room = Math.max(high - low, high * 0.01);
  // As much as is worth its height; what lies beyond takes none.
  const top = all[1] <= high + 2 * room ? all[1] + 0.08 * room : high + 0.4 * room;
  const bottom = Math.max(0, all[0] >= low - 2 * room ? all[0] : low) - 0.08 * room;
  return niceScale(Math.max(0, bottom), top, 4, [0, Number.POSITIVE_INFINITY]);
};

const mostShapes = 3000;

interface Bin {
  x: number;
  low: number;
  high: number;
}

/** Every pixel column from its least to its greatest sample: nothing is left out where dots would cover each other. */
const binned = (dots: readonly Dot[], toX: (x: number) => number): Bin[] => {
  const bins = new Map<number, Bin>();
  for (const { x, ms } of dots) {
    const pixel = Math.round(toX(x));
    const bin = bins.get(pixel);
    if (bin) [bin.low, bin.high] = [Math.min(bin.low, ms), Math.max(bin.high, ms)];
    else bins.set(pixel, { x: pixel, low: ms, high: ms });
  }
  return [...bins.values()];
};

const cloud = (dots: readonly Dot[], scale: Scale, palette: ChartPalette): CustomSeriesOption =>
  decoration(
    (area, api) => {
      const toX = (x: number) => at(api, x, 0)[0];
      const toY = (ms: number) => at(api, 0, ms)[1];
      const looks = { counted: palette.current, excluded: palette.ink2, other: palette.ink3 };
      return (['other', 'counted', 'excluded'] as const).flatMap((kind): Shape[] => {
        const own = dots.filter((dot) => dot.kind === kind);
        const inside = own.filter(({ ms }) => ms <= scale.max);
        const above = [...new Set(own.filter(({ ms }) => ms > scale.max).map(({ x }) => Math.round(toX(x))))];
        const arrows = above.map((x) =>
          polygon(
            [
              [x - 3.5, area.y + 6],
              [x + 3.5, area.y + 6],
              [x, area.y + 1],
            ],
            { fill: kind === 'counted' ? looks[kind] : palette.surface, stroke: looks[kind] },
          ),
        );
        if (inside.length > mostShapes)
          return [
            ...binned(inside, toX).map(({ x, low, high }) =>
              line([x, toY(low) + 0.6], [x, toY(high) - 0.6], {
                stroke: looks[kind],
                lineWidth: 1.2,
                opacity: kind === 'counted' ? 0.75 : 0.55,
              }),
            ),
            ...arrows,
          ];
        const shapes = inside.map(({ x, ms }): Shape => {
          const [px, py] = [toX(x), toY(ms)];
          if (kind === 'counted')
            return circle([px, py], own.length > 800 ? 1.6 : 2.2, {
              fill: looks[kind],
              opacity: own.length > 300 ? 0.65 : 0.9,
            });
          if (kind === 'other')
            return circle([px, py], 2.2, { fill: palette.surface, stroke: looks[kind], lineWidth: 1 });
          return polygon(
            [
              [px, py - 3.6],
              [px + 3.6, py],
              [px, py + 3.6],
              [px - 3.6, py],
            ],
            { fill: palette.surface, stroke: looks[kind], lineWidth: 1.2 },
          );
        });
        return [...shapes, ...arrows];
      });
    },
    { z: 3, clip: true },
  );

const standing = ({ kind, sample }: Dot): string =>
  kind === 'counted'
    ? 'counts'
    : kind === 'excluded'
      ? `left out: ${cleanText(sample.excluded ?? '')}`
      : `left out: ${phaseNames[sample.phase]}${sample.excluded ? `, ${cleanText(sample.excluded)}` : ''}`;

const place = (dot: Dot, time: RunTime | null, index: number): string =>
  time ? `${sinceStart(dot.x, time.end)} after the start` : `sample ${count(index + 1)}`;

const describe = (dot: Dot, index: number, data: RunSamplesData): string[] => [
  place(dot, data.time, index),
  `${decimal(dot.ms)}\u202fms${perItem(data.samples) ? ' an item' : ''}`,
  ...(dot.sample.deviceNs === null ? [] : [`${decimal(dot.sample.deviceNs / 1e6)}\u202fms on the device's clock`]),
  counted(dot.sample.items, 'item'),
  standing(dot),
  ...(data.time ? runMarksAt(data.time, dot.x) : []),
];

const nearest = (dots: readonly Dot[], x: number): number => {
  let [low, high] = [0, dots.length - 1];
  while (low < high) {
    const half = (low + high) >> 1;
    if (dots[half]!.x < x) low = half + 1;
    else high = half;
  }
  return low > 0 && x - dots[low - 1]!.x < dots[low]!.x - x ? low - 1 : low;
};

/** Every timed sample over the run's own time: what counts filled, what was taken out hollow. */
export const runSamplesChart = (data: RunSamplesData, palette: ChartPalette): EChartsOption => {
  const dots = dotsOf(data);
  if (dots.length === 0) return emptyChart('The file has statistics and no samples', palette);
  const { time } = data;
  const scale = scaleOf(dots);
  const every = Math.ceil(dots.length / mostShapes);
  const carriers = dots.filter((_, index) => index % every === 0);
  const named = perItem(data.samples) ? 'ms an item' : 'ms a sample';
  return {
    ...frame(palette),
    grid: { ...runGrid, top: time ? runHeadroom : 12, bottom: time ? 24 : 38 },
    xAxis: time
      ? runTimeAxis(time, palette, true)
      : {
          type: 'value',
          min: 0.5,
          max: dots.length + 0.5,
          minInterval: 1,
          name: 'sample, in the order of the file',
          nameLocation: 'middle',
          nameGap: 24,
          nameTextStyle: { color: palette.ink3, fontSize },
          axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
          axisLabel: {
            color: palette.ink3,
            fontSize,
            showMinLabel: false,
            showMaxLabel: false,
            formatter: (value: number) => count(value),
          },
          splitLine: { show: false },
          axisPointer: axisPointerLine(palette),
        },
    yAxis: valueAxis(scale, 'number', palette),
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const index = nearest(dots, axisValueOf(params));
        return dots[index] ? describe(dots[index], index, data).join('\n') : '';
      },
    },
    series: [
      ...(time ? [runGround(time, palette, true)] : []),
      cloud(dots, scale, palette),
      // Invisible points carry the crosshair, as many as a screen has columns: decorations take no pointer.
      {
        type: 'line',
        name: 'samples',
        data: carriers.map(({ x, ms }) => [x, Math.min(ms, scale.max)]),
        symbol: 'none',
        lineStyle: { opacity: 0 },
        emphasis: { disabled: true },
      },
      decoration((area) => [
        words(named, [area.x + area.width + 11, area.y + 6], { fill: palette.ink3, font: palette.font }),
      ]),
    ],
  };
};

export const runSamplesTable = (data: RunSamplesData): ChartTable => ({
  columns: [data.time ? 'seconds since start' : 'sample', 'ms', 'items', 'device ms', 'phase', 'excluded'],
  rows: data.samples.map((sample, index) => [
    data.time && sample.startNs !== null ? secondsAt(data.time, sample.startNs) : index + 1,
    sample.durationNs / 1e6,
    sample.items,
    sample.deviceNs === null ? null : sample.deviceNs / 1e6,
    phaseNames[sample.phase],
    sample.excluded,
  ]),
});

const mostSteps = 1500;

/** One step a sample, or of many samples one step a stretch with its least and greatest. */
export const runSamplesSteps = (data: RunSamplesData): ChartStep[] => {
  const dots = dotsOf(data);
  if (dots.length <= mostSteps)
    return dots.map((dot, index) => ({ x: dot.x, text: describe(dot, index, data).join(', ') }));
  const size = Math.ceil(dots.length / mostSteps);
  return Array.from({ length: Math.ceil(dots.length / size) }, (_, at) => {
    const part = dots.slice(at * size, (at + 1) * size);
    const values = part.map(({ ms }) => ms);
    const out = part.filter(({ kind }) => kind !== 'counted').length;
    return {
      x: part[part.length >> 1]!.x,
      text: `${place(part[0]!, data.time, at * size)}: ${counted(part.length, 'sample')}, ${decimal(Math.min(...values))} to ${decimal(Math.max(...values))} ms, ${count(out)} left out`,
    };
  });
};
