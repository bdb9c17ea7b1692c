import type { CustomSeriesOption, EChartsOption, LineSeriesOption } from 'echarts';
import type { Estimate } from '../model/estimate.ts';
import type { AccuracySeries, Chunk } from '../model/series.ts';
import { count, dayRange, estimateValue, interval, metricName, percent, type Unit, unitOf } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, line, polygon, type Shape } from './decoration.ts';
import { type DirectLabel, directLabels } from './direct-labels.ts';
import {
  domainOf,
  emptyChart,
  frame,
  middle,
  niceScale,
  type Scale,
  type TimeDomain,
  timeAxis,
  timeGrid,
  tooltip,
  valueAxis,
} from './frame.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartStep, ChartTable } from './table.ts';
import { eventLines, ground, laneCount, laneHeight, marksAt, type TimeMarks } from './time-marks.ts';

export interface MetricSeriesData {
  metric: string;
  chunks: readonly Chunk[];
  limits: AccuracySeries['limits'][string] | null;
  marks: TimeMarks;
  /** Chunks with fewer labelled rows are shown but never joined to the line. */
  minCell: number;
  domain?: TimeDomain;
}

type Standing = 'scored' | 'provisional' | 'small' | 'unknown';

/** How far one chunk's number may be trusted. */
export const standing = (chunk: Chunk, metric: string, minCell: number): Standing => {
  const value = chunk.realised[metric]?.value;
  if (value === null || value === undefined) return 'unknown';
  if (chunk.labelled < minCell) return 'small';
  return chunk.provisional ? 'provisional' : 'scored';
};

const isShare = (chunks: readonly Chunk[], metric: string): boolean =>
  chunks.every((chunk) => {
    const estimate = chunk.realised[metric];
    return !estimate || estimate.value === null || (estimate.value >= 0 && estimate.value <= 1);
  });

const scaleOf = (data: MetricSeriesData): Scale | null => {
  const { chunks, metric, minCell, limits } = data;
  const trusted = chunks.filter((chunk) => chunk.labelled >= minCell);
  // Intervals of three labelled rows would flatten everything else, so they may leave the picture.
  const wide = trusted.length > 0 ? trusted : chunks;
  const values = [
    ...wide.flatMap((chunk) => [chunk.realised[metric]?.low, chunk.realised[metric]?.high]),
    ...chunks.filter((chunk) => chunk.labelled >= minCell / 4).map((chunk) => chunk.realised[metric]?.value),
    ...wide.map((chunk) => chunk.realised[metric]?.value),
    ...chunks.map((chunk) => chunk.estimated[metric]?.value),
  ].filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (values.length === 0) return null;
  const bounded = [limits?.low, limits?.high].filter((value): value is number => typeof value === 'number');
  const all = [...values, ...bounded];
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  return niceScale(low, high, 4, isShare(chunks, metric) && low >= 0 && high <= 1 ? [0, 1] : null);
};

const runsOf = <T>(items: readonly T[], keep: (item: T, index: number) => boolean): T[][] => {
  const runs: T[][] = [];
  let open: T[] | null = null;
  items.forEach((item, index) => {
    if (!keep(item, index)) open = null;
    else if (open) open.push(item);
    else {
      open = [item];
      runs.push(open);
    }
  });
  return runs;
};

const hasInterval = (estimate: Estimate | undefined): estimate is Estimate & { low: number; high: number } =>
  estimate !== undefined && estimate.low !== null && estimate.high !== null;

/** Interval bands where the line runs, hairline whiskers where a day is too small to join it. */
const bands = (data: MetricSeriesData, palette: ChartPalette): CustomSeriesOption =>
  decoration(
    (_area, api) => {
      const { chunks, metric, minCell } = data;
      const drawn = (chunk: Chunk | undefined, kind: Standing) =>
        chunk !== undefined && standing(chunk, metric, minCell) === kind && hasInterval(chunk.realised[metric]);
      // The provisional band takes over at the last settled chunk, so that the two meet.
      const joins = (chunk: Chunk, index: number) =>
        drawn(chunk, 'scored') && (drawn(chunks[index + 1], 'provisional') || drawn(chunks[index - 1], 'provisional'));
      const band = (kind: Standing, opacity: number): Shape[] =>
        runsOf(chunks, (chunk, index) => drawn(chunk, kind) || (kind === 'provisional' && joins(chunk, index))).map(
          (run) => {
            const points = run.map((chunk) => ({ x: middle(chunk), estimate: chunk.realised[metric]! }));
            const upper = points.map(({ x, estimate }) => at(api, x, estimate.high!));
            const lower = points.map(({ x, estimate }) => at(api, x, estimate.low!)).reverse();
            return run.length === 1
              ? line(upper[0]!, lower[0]!, { stroke: palette.current, lineWidth: 3, opacity: opacity * 1.6 })
              : polygon([...upper, ...lower], { fill: palette.current, opacity });
          },
        );
      const whiskers = chunks
        .filter((chunk) => standing(chunk, metric, minCell) === 'small' && hasInterval(chunk.realised[metric]))
        .map((chunk) => {
          const estimate = chunk.realised[metric]!;
          const x = middle(chunk);
          return line(at(api, x, estimate.low!), at(api, x, estimate.high!), {
            stroke: palette.hairlineStrong,
            opacity: 0.45,
          });
        });
      return [...band('scored', 0.22), ...band('provisional', 0.12), ...whiskers];
    },
    { z: 2, clip: true },
  );

type Point = [number, number | null];
type Item = Point | { value: Point; symbol: string };

const styledLine = (
  name: string,
  points: Item[],
  style: {
    colour: string;
    width: number;
    dash?: number[] | 'dashed' | 'dotted';
    symbol: string;
    size: number;
    fill?: string;
    z?: number;
  },
): LineSeriesOption => ({
  type: 'line',
  name,
  data: points as LineSeriesOption['data'],
  z: style.z ?? 3,
  symbol: style.symbol,
  symbolSize: style.size,
  showAllSymbol: true,
  showSymbol: style.size > 0,
  connectNulls: false,
  lineStyle: { color: style.colour, width: style.width, type: style.dash ?? 'solid' },
  itemStyle: { color: style.fill ?? style.colour, borderColor: style.colour, borderWidth: 1.5 },
  emphasis: { disabled: true },
});

const linesOf = (data: MetricSeriesData, palette: ChartPalette): LineSeriesOption[] => {
  const { chunks, metric, minCell } = data;
  const kinds = chunks.map((chunk) => standing(chunk, metric, minCell));
  const value = (chunk: Chunk) => chunk.realised[metric]?.value ?? null;
  const dense = chunks.length > 130;
  const scored = chunks.map((chunk, index): Item => {
    const point: Point = [middle(chunk), kinds[index] === 'scored' ? value(chunk) : null];
    const alone = kinds[index - 1] !== 'scored' && kinds[index + 1] !== 'scored';
    return dense && !alone ? { value: point, symbol: 'none' } : point;
  });
  // The dotted line leaves from the last settled point, which itself stays drawn as settled.
  const provisional = chunks.map((chunk, index): Item => {
    if (kinds[index] === 'provisional') return [middle(chunk), value(chunk)];
    const joins =
      kinds[index] === 'scored' && (kinds[index + 1] === 'provisional' || kinds[index - 1] === 'provisional');
    return { value: [middle(chunk), joins ? value(chunk) : null], symbol: 'none' };
  });
  const small = chunks.map((chunk, index): Item => [middle(chunk), kinds[index] === 'small' ? value(chunk) : null]);
  const estimated = chunks.map((chunk): Item => [middle(chunk), chunk.estimated[metric]?.value ?? null]);
  return [
    styledLine('estimated', estimated, { colour: palette.ink3, width: 1.5, dash: [5, 4], symbol: 'none', size: 0 }),
    styledLine('realised', scored, { colour: palette.current, width: 2, symbol: 'circle', size: 3 }),
    styledLine('realised, provisional', provisional, {
      colour: palette.current,
      width: 1.5,
      dash: [1, 3],
      symbol: 'circle',
      size: 5,
      fill: palette.surface,
    }),
    styledLine('too few labels', small, {
      colour: palette.hairlineStrong,
      width: 0,
      symbol: 'diamond',
      size: 6,
      fill: palette.surface,
    }),
  ];
};

const labelsOf = (data: MetricSeriesData, palette: ChartPalette): DirectLabel[] => {
  const { chunks, metric, minCell, limits } = data;
  const last = (kinds: Standing[]) => chunks.findLast((chunk) => kinds.includes(standing(chunk, metric, minCell)));
  const joined = last(['scored', 'provisional']);
  const estimated = chunks.findLast((chunk) => typeof chunk.estimated[metric]?.value === 'number');
  const labels: DirectLabel[] = [];
  if (joined)
    labels.push({
      text: standing(joined, metric, minCell) === 'provisional' ? 'provisional' : 'realised',
      value: joined.realised[metric]!.value!,
      colour: palette.current,
    });
  if (estimated) labels.push({ text: 'estimated', value: estimated.estimated[metric]!.value!, colour: palette.ink3 });
  if (typeof limits?.low === 'number') labels.push({ text: 'lower limit', value: limits.low, colour: palette.ink2 });
  if (typeof limits?.high === 'number') labels.push({ text: 'upper limit', value: limits.high, colour: palette.ink2 });
  return labels;
};

const limitLines = (limits: MetricSeriesData['limits'], palette: ChartPalette): CustomSeriesOption =>
  decoration(
    (area, api) =>
      [limits?.low, limits?.high]
        .filter((value): value is number => typeof value === 'number')
        .map((value) => {
          const y = at(api, 0, value)[1];
          return line([area.x, y], [area.x + area.width, y], {
            stroke: palette.ink2,
            lineDash: [7, 3, 1, 3],
            opacity: 0.8,
          });
        }),
    { clip: true },
  );

const standingText: Record<Standing, string> = {
  scored: 'labels mature',
  provisional: 'provisional: labels still arriving',
  small: 'not enough data to act on',
  unknown: 'unknown',
};

const describe = (chunk: Chunk, data: MetricSeriesData, unit: Unit): string[] => {
  const { metric, minCell } = data;
  const realised = chunk.realised[metric];
  const estimated = chunk.estimated[metric];
  const kind = standing(chunk, metric, minCell);
  return [
    dayRange(chunk.from, chunk.to),
    realised && realised.value !== null
      ? `realised ${estimateValue(realised, unit)} ${interval(realised, unit)}`
      : `realised unknown: ${cleanText(realised?.reason ?? 'not computed')}`,
    ...(estimated && estimated.value !== null
      ? [`estimated ${estimateValue(estimated, unit)} ${interval(estimated, unit)}`]
      : []),
    `n = ${count(chunk.labelled)} labelled of ${count(chunk.n)}`,
    ...(chunk.maturity === null ? [] : [`maturity ${percent(chunk.maturity, 0)}`]),
    ...(kind === 'scored' ? [] : [standingText[kind]]),
    ...marksAt(data.marks, chunk),
  ];
};

/** Nearest chunk to an instant; the axis pointer reports instants. */
export const chunkAt = <T extends { from: string; to: string }>(chunks: readonly T[], time: number): T | undefined => {
  let best: T | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const chunk of chunks) {
    const away = Math.abs(middle(chunk) - time);
    if (away < distance) [best, distance] = [chunk, away];
  }
  return best;
};

export const axisValueOf = (params: unknown): number => {
  const first = (Array.isArray(params) ? params[0] : params) as { axisValue?: number | string } | undefined;
  return Number(first?.axisValue ?? Number.NaN);
};

export const metricSeriesChart = (data: MetricSeriesData, palette: ChartPalette): EChartsOption => {
  const domain = data.domain ?? domainOf(data.chunks);
  const scale = scaleOf(data);
  const unit = unitOf(data.metric);
  if (!domain || !scale) {
    const reason = data.chunks.map((chunk) => chunk.realised[data.metric]?.reason).find(Boolean);
    return emptyChart(
      `No day has a value of ${metricName(data.metric)}${reason ? `: ${cleanText(reason)}` : ''}`,
      palette,
    );
  }
  const lanes = laneCount(data.marks, domain);
  return {
    ...frame(palette),
    grid: { ...timeGrid, top: 10 + laneHeight * lanes, bottom: 24 },
    xAxis: timeAxis(domain, palette, true),
    yAxis: valueAxis(scale, unit, palette),
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const chunk = chunkAt(data.chunks, axisValueOf(params));
        return chunk ? describe(chunk, data, unit).join('\n') : '';
      },
    },
    series: [
      ground(data.marks, palette, true),
      bands(data, palette),
      limitLines(data.limits, palette),
      ...linesOf(data, palette),
      eventLines(data.marks, palette, lanes),
      directLabels(labelsOf(data, palette), palette),
    ],
  };
};

export const metricSeriesTable = (data: MetricSeriesData): ChartTable => ({
  columns: [
    'from',
    'to',
    'n',
    'labelled',
    'maturity',
    'realised',
    'low',
    'high',
    'estimated',
    'estimated low',
    'estimated high',
    'standing',
    'marks',
  ],
  rows: data.chunks.map((chunk) => {
    const realised = chunk.realised[data.metric];
    const estimated = chunk.estimated[data.metric];
    return [
      chunk.from,
      chunk.to,
      chunk.n,
      chunk.labelled,
      chunk.maturity,
      realised?.value ?? null,
      realised?.low ?? null,
      realised?.high ?? null,
      estimated?.value ?? null,
      estimated?.low ?? null,
      estimated?.high ?? null,
      standing(chunk, data.metric, data.minCell),
      marksAt(data.marks, chunk).join('; '),
    ];
  }),
});

export const metricSeriesSteps = (data: MetricSeriesData): ChartStep[] =>
  data.chunks.map((chunk) => ({ x: middle(chunk), text: describe(chunk, data, unitOf(data.metric)).join(', ') }));
