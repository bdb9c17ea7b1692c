import type { EChartsOption, TooltipComponentOption, XAXisComponentOption, YAXisComponentOption } from 'echarts';
import { day, decimal, difference, percent, points, type Unit } from '../units.ts';
import type { ChartPalette } from './palette.ts';

const dayMs = 86_400_000;
export const fontSize = 11;

/** Instants, milliseconds UTC; `end` is exclusive. */
export interface TimeDomain {
  start: number;
  end: number;
}

/** What every chart starts from. Motion is off: nothing here is explained by movement. */
export const frame = (palette: ChartPalette): EChartsOption => ({
  animation: false,
  useUTC: true,
  backgroundColor: 'transparent',
  textStyle: { fontFamily: palette.font, fontSize, color: palette.ink2 },
});

/** Drawn on the canvas, so that text from data is never parsed as HTML. */
export const tooltip = (palette: ChartPalette): TooltipComponentOption => ({
  renderMode: 'richText',
  confine: true,
  backgroundColor: palette.raised,
  borderColor: palette.hairlineStrong,
  borderWidth: 1,
  padding: [7, 10],
  textStyle: { color: palette.ink, fontSize: 12, fontFamily: palette.font, lineHeight: 17 },
  shadowBlur: 0,
});

export const axisPointerLine = (palette: ChartPalette) => ({
  type: 'line' as const,
  snap: true,
  lineStyle: { color: palette.ink3, width: 1, type: 'solid' as const },
  label: { show: false },
});

/** Same margins on every chart over time, so that days stand above each other. */
export const timeGrid = { left: 64, right: 104 };

export const dayStart = (from: string): number =>
  Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(from) ? `${from}T00:00:00Z` : from);

/** The exclusive end of an inclusive day, or an instant as it is. */
export const dayEnd = (to: string): number => (/^\d{4}-\d{2}-\d{2}$/.test(to) ? dayStart(to) + dayMs : Date.parse(to));

export const middle = (range: { from: string; to: string }): number => (dayStart(range.from) + dayEnd(range.to)) / 2;

export const domainOf = (ranges: readonly { from: string; to: string }[]): TimeDomain | null => {
  if (ranges.length === 0) return null;
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const range of ranges) {
    start = Math.min(start, dayStart(range.from));
    end = Math.max(end, dayEnd(range.to));
  }
  return Number.isFinite(start) && Number.isFinite(end) ? { start, end } : null;
};

export const timeAxis = (domain: TimeDomain, palette: ChartPalette, labels: boolean): XAXisComponentOption => ({
  type: 'time',
  min: domain.start,
  max: domain.end,
  // Labels are days: two on one day would read the same.
  minInterval: dayMs,
  axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
  axisTick: { show: labels, lineStyle: { color: palette.hairlineStrong }, length: 4 },
  axisLabel: {
    show: labels,
    color: palette.ink3,
    fontSize,
    hideOverlap: true,
    alignMinLabel: 'left',
    alignMaxLabel: 'right',
    margin: 7,
    formatter: (value: number) => day(new Date(value).toISOString()),
  },
  splitLine: { show: false },
  axisPointer: axisPointerLine(palette),
});

export interface Scale {
  min: number;
  max: number;
  step: number;
}

/** Round limits around a span, about `ticks` steps; `bounds` are never crossed. */
export const niceScale = (low: number, high: number, ticks = 4, bounds: [number, number] | null = null): Scale => {
  const floor = bounds?.[0] ?? Number.NEGATIVE_INFINITY;
  const ceiling = bounds?.[1] ?? Number.POSITIVE_INFINITY;
  let [from, to] = low <= high ? [low, high] : [high, low];
  if (to - from < 1e-12) {
    const half = Math.max(Math.abs(from) * 0.05, 0.005);
    [from, to] = [Math.max(floor, from - half), Math.min(ceiling, to + half)];
    if (to - from < 1e-12) [from, to] = [from - half, to + half];
  }
  const raw = (to - from) / ticks;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power;
  // Rounded to the step, or sums of decimals would print as 0.30000000000000004.
  const tidy = (value: number) => Number((Math.round(value / step) * step).toPrecision(12));
  return {
    min: Math.max(floor, tidy(Math.floor(from / step + 1e-9) * step)),
    max: Math.min(ceiling, tidy(Math.ceil(to / step - 1e-9) * step)),
    step,
  };
};

export interface TightScale extends Scale {
  ticks: number[];
}

/** The span itself with a little air, and round ticks inside it: nothing is wasted on reaching a round end. */
export const tightScale = (low: number, high: number, wanted = 4): TightScale => {
  const round = niceScale(low, high, wanted);
  const air = (high - low || round.step) * 0.04;
  const [min, max] = [low - air, high + air];
  const first = Math.ceil(min / round.step - 1e-9);
  const last = Math.floor(max / round.step + 1e-9);
  const ticks = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) =>
    Number(((first + at) * round.step).toPrecision(12)),
  );
  return { min, max, step: round.step, ticks };
};

/** Decimals that tell two neighbouring ticks apart. */
const tickDigits = (step: number): number => {
  for (let digits = 0; digits < 8; digits++) {
    const scaled = step * 10 ** digits;
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, scaled)) return digits;
  }
  return 8;
};

export const tickLabel = (scale: Scale, unit: Unit): ((value: number) => string) => {
  if (unit === 'share') {
    const digits = tickDigits(scale.step * 100);
    return (value) => percent(value, digits);
  }
  const digits = tickDigits(scale.step);
  return (value) => decimal(value, digits);
};

/** Ticks of a change carry their sign. */
export const signedTickLabel = (scale: Scale, unit: Unit): ((value: number) => string) => {
  const digits = tickDigits(unit === 'share' ? scale.step * 100 : scale.step);
  return (value) => (unit === 'share' ? points(value, digits) : difference(value, digits));
};

export const valueAxis = (scale: Scale, unit: Unit, palette: ChartPalette): YAXisComponentOption => ({
  type: 'value',
  min: scale.min,
  max: scale.max,
  interval: scale.step,
  axisLine: { show: false },
  axisTick: { show: false },
  axisLabel: { color: palette.ink3, fontSize, formatter: tickLabel(scale, unit) },
  splitLine: { lineStyle: { color: palette.hairline, width: 1 } },
  axisPointer: { show: false },
});

/** A chart with nothing to draw still says so where one would look. */
export const emptyChart = (text: string, palette: ChartPalette): EChartsOption => ({
  ...frame(palette),
  xAxis: { show: false, type: 'value', min: 0, max: 1 },
  yAxis: { show: false, type: 'value', min: 0, max: 1 },
  grid: { left: 0, right: 0, top: 0, bottom: 0 },
  series: [
    {
      type: 'custom',
      silent: true,
      data: [[0.5, 0.5]],
      renderItem: (_params, api) => {
        const [x = 0, y = 0] = api.coord([0.5, 0.5]);
        return {
          type: 'text',
          silent: true,
          style: {
            text,
            x,
            y,
            align: 'center',
            verticalAlign: 'middle',
            fill: palette.ink3,
            fontSize: 12,
            fontFamily: palette.font,
          },
        };
      },
    },
  ],
});
