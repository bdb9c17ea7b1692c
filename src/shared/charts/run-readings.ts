import type { EChartsOption } from 'echarts';
import type { RunReading } from '../model/throughput-run.ts';
import { readingWords } from '../throughput-words.ts';
import { quantity } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, rectangle, words } from './decoration.ts';
import { emptyChart, frame, niceScale, tooltip, valueAxis } from './frame.ts';
import { axisValueOf } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import { type RunTime, runGrid, runGround, runMarksAt, runTimeAxis, secondsAt, sinceStart } from './run-time.ts';
import type { ChartStep, ChartTable } from './table.ts';

export interface RunReadingsData {
  name: string;
  /** Of that name only. */
  readings: readonly RunReading[];
  time: RunTime;
  /** Seconds along the bottom, where nothing stands beneath it. */
  labelled?: boolean;
}

interface Point {
  x: number;
  value: number | null;
  reason: string | undefined;
}

const pointsOf = ({ readings, time }: RunReadingsData): Point[] =>
  readings
    .flatMap(({ tNs, value, reason }) => (tNs === null ? [] : [{ x: secondsAt(time, tNs), value, reason }]))
    .sort((a, b) => a.x - b.x);

const describe = (point: Point, data: RunReadingsData): string[] => {
  const { title, unit } = readingWords(data.name);
  return [
    `${sinceStart(point.x, data.time.end)} after the start`,
    point.value === null
      ? `${cleanText(title)} unknown: ${cleanText(point.reason ?? 'no reason was given')}`
      : `${cleanText(title)} ${quantity(point.value, unit)}`,
    ...runMarksAt(data.time, point.x),
  ];
};

const nearest = (points: readonly Point[], x: number): Point | undefined =>
  points.reduce<Point | undefined>(
    (best, point) => (best === undefined || Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best),
    undefined,
  );

/** One reading over the run's own time; a gap where it was not known, hatched while the reason lasts. */
export const runReadingsChart = (data: RunReadingsData, palette: ChartPalette): EChartsOption => {
  const points = pointsOf(data);
  const { title, unit } = readingWords(data.name);
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length === 0)
    return emptyChart(
      `${cleanText(title)} unknown: ${cleanText(points.find(({ reason }) => reason)?.reason ?? 'it has no instants', 90)}`,
      palette,
    );
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  const bounds: [number, number] | null = low >= 0 ? [0, Number.POSITIVE_INFINITY] : null;
  const scale = niceScale(low, high, 2, bounds);
  return {
    ...frame(palette),
    grid: { ...runGrid, top: 8, bottom: data.labelled ? 24 : 8 },
    xAxis: runTimeAxis(data.time, palette, data.labelled ?? false),
    yAxis: valueAxis(scale, 'number', palette),
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const point = nearest(points, axisValueOf(params));
        return point ? describe(point, data).join('\n') : '';
      },
    },
    series: [
      runGround(data.time, palette, false),
      decoration(
        (area, api) =>
          points.flatMap((point, index) => {
            if (point.value !== null) return [];
            const from = at(api, point.x, 0)[0];
            const to = Math.max(from + 2, at(api, points[index + 1]?.x ?? point.x, 0)[0]);
            return [rectangle({ x: from, y: area.y, width: to - from, height: area.height }, { fill: palette.hatch })];
          }),
        { z: 1, clip: true },
      ),
      {
        type: 'line',
        name: title,
        data: points.map(({ x, value }) => [x, value]),
        symbol: known.length < 3 ? 'circle' : 'none',
        symbolSize: 4,
        connectNulls: false,
        lineStyle: { color: palette.current, width: 1.5 },
        itemStyle: { color: palette.current },
        emphasis: { disabled: true },
      },
      decoration((area) => {
        const x = area.x + area.width + 11;
        const middle = area.y + area.height / 2;
        return [
          words(cleanText(title, 18), [x, middle - 8], { fill: palette.ink2, font: palette.font }),
          words(`${unit === '' ? 'no unit' : unit}, last ${quantity(known.at(-1), '')}`, [x, middle + 8], {
            fill: palette.ink3,
            font: palette.font,
          }),
        ];
      }),
    ],
  };
};

export const runReadingsTable = (data: RunReadingsData): ChartTable => ({
  columns: ['seconds since start', data.name, 'reason'],
  rows: pointsOf(data).map(({ x, value, reason }) => [x, value, value === null ? (reason ?? null) : null]),
});

export const runReadingsSteps = (data: RunReadingsData): ChartStep[] =>
  pointsOf(data).map((point) => ({ x: point.x, text: describe(point, data).join(', ') }));
