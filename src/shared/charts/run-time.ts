import type { CustomSeriesOption, XAXisComponentOption } from 'echarts';
import type { RunPhaseName, ThroughputRun } from '../model/throughput-run.ts';
import { phaseNames, slowDownMask } from '../throughput-words.ts';
import { decimal } from '../units.ts';
import { at, decoration, line, rectangle, type Shape, textWidth, words } from './decoration.ts';
import { axisPointerLine, fontSize, niceScale, tickLabel } from './frame.ts';
import type { ChartPalette } from './palette.ts';

/** Seconds since the first instant of a run. */
export interface Stretch {
  from: number;
  to: number;
}

/** The clock of one run, which all its charts share. */
export interface RunTime {
  /** The instant of zero, nanoseconds on the run's own clock. */
  originNs: number;
  end: number;
  phases: (Stretch & { name: RunPhaseName })[];
  /** Null where no steady state was reached or it could not be judged. */
  steady: Stretch | null;
  /** While a reading said that the hardware slows down. */
  throttled: Stretch[];
}

type Timed = Pick<ThroughputRun, 'samples' | 'readings' | 'phases' | 'steadyState'>;

const secondsNs = 1e9;

/** A reading stands until the next of its name, but for no more than two ordinary gaps: beyond that nobody looked. */
const throttledOf = (readings: Timed['readings'], seconds: (ns: number) => number, end: number): Stretch[] => {
  const masks = readings
    .flatMap(({ name, tNs, value }) =>
      name === 'clock_event_reasons' && tNs !== null ? [{ at: seconds(tNs), value }] : [],
    )
    .sort((a, b) => a.at - b.at);
  const gaps = masks.slice(1).map((mask, index) => mask.at - masks[index]!.at);
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const stretches: Stretch[] = [];
  masks.forEach(({ at: from, value }, index) => {
    if (value === null || (value & slowDownMask) === 0) return;
    const to = Math.min(masks[index + 1]?.at ?? end, from + 2 * usual, end);
    const last = stretches.at(-1);
    if (last && from <= last.to) last.to = to;
    else stretches.push({ from, to });
  });
  return stretches;
};

/** Null where the run has no instants: then its samples only have an order. */
export const runTimeOf = (run: Timed): RunTime | null => {
  const starts = run.samples.flatMap(({ startNs }) => (startNs === null ? [] : [startNs]));
  if (starts.length === 0 || starts.length < run.samples.length) return null;
  const ends = run.samples.map(({ startNs, durationNs }) => startNs! + durationNs);
  const phases = run.phases.flatMap(({ name, from, to }) => (from === null || to === null ? [] : [{ name, from, to }]));
  const instants = run.readings.flatMap(({ tNs }) => (tNs === null ? [] : [tNs]));
  const originNs = [...starts, ...phases.map(({ from }) => from), ...instants].reduce((a, b) => Math.min(a, b));
  const endNs = [...ends, ...phases.map(({ to }) => to), ...instants].reduce((a, b) => Math.max(a, b));
  const seconds = (ns: number): number => (ns - originNs) / secondsNs;
  const end = Math.max(seconds(endNs), 1e-9);
  const { reached, from, to } = run.steadyState;
  return {
    originNs,
    end,
    phases: phases.map((phase) => ({ name: phase.name, from: seconds(phase.from), to: seconds(phase.to) })),
    steady: reached && from !== null ? { from: seconds(from), to: to === null ? end : seconds(to) } : null,
    throttled: throttledOf(run.readings, seconds, end),
  };
};

export const secondsAt = (time: RunTime, ns: number): number => (ns - time.originNs) / secondsNs;

/** `2.5 s` since the start of the run. */
export const sinceStart = (seconds: number, end: number): string =>
  end < 1 ? `${decimal(seconds * 1000)}\u202fms` : `${decimal(seconds, end < 10 ? 2 : end < 1000 ? 1 : 0)}\u202fs`;

/** Same margins on every chart of a run, so that instants stand above each other. */
export const runGrid = { left: 64, right: 118 };

export const runTimeAxis = (time: RunTime, palette: ChartPalette, labels: boolean): XAXisComponentOption => {
  const scale = niceScale(0, time.end, 8);
  const [factor, unit] = time.end < 1 ? [1000, 'ms'] : [1, 's'];
  const tick = tickLabel({ ...scale, step: scale.step * factor }, 'number');
  return {
    type: 'value',
    min: 0,
    max: time.end,
    interval: scale.step,
    axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
    axisTick: { show: labels, lineStyle: { color: palette.hairlineStrong }, length: 4 },
    axisLabel: {
      show: labels,
      color: palette.ink3,
      fontSize,
      hideOverlap: true,
      showMaxLabel: false,
      margin: 7,
      formatter: (value: number) => `${tick(value * factor)}\u202f${unit}`,
    },
    splitLine: { show: false },
    axisPointer: axisPointerLine(palette),
  };
};

/** Room above the plot for the names of phases and of the steady state. */
export const runHeadroom = 32;

/** Phases as shaded ground, throttled stretches hatched; with names above the plot where `named`. */
export const runGround = (time: RunTime, palette: ChartPalette, named: boolean): CustomSeriesOption =>
  decoration(
    (area, api) => {
      const toX = (seconds: number) => at(api, seconds, 0)[0];
      const shapes: Shape[] = [];
      const box = ({ from, to }: Stretch) => {
        const x = Math.max(area.x, toX(from));
        return { x, y: area.y, width: Math.min(area.x + area.width, toX(to)) - x, height: area.height };
      };
      for (const phase of time.phases) {
        const ground = box(phase);
        if (!(ground.width > 0)) continue;
        if (phase.name !== 'measure') shapes.push(rectangle(ground, { fill: palette.windowReference }));
        const colour = phase.name === 'measure' ? palette.current : palette.reference;
        shapes.push(rectangle({ ...ground, height: 2 }, { fill: colour }));
        if (ground.x > area.x)
          shapes.push(line([ground.x, area.y], [ground.x, area.y + area.height], { stroke: palette.hairline }));
        const name = phaseNames[phase.name];
        if (named && ground.width > textWidth(name) + 4)
          shapes.push(words(name, [ground.x + 2, area.y - 9], { fill: palette.ink2, font: palette.font }));
      }
      for (const stretch of time.throttled) {
        const ground = box(stretch);
        if (!(ground.width > 0)) continue;
        shapes.push(rectangle(ground, { fill: palette.regression, opacity: 0.13 }));
        shapes.push(rectangle({ ...ground, y: area.y + area.height - 3, height: 3 }, { fill: palette.regression }));
      }
      const first = time.throttled[0];
      if (named && first) {
        const x = Math.min(toX(first.from), area.x + area.width - textWidth('hardware slows down'));
        shapes.push(
          words('hardware slows down', [x, area.y + area.height - 12], {
            fill: palette.regression,
            font: palette.font,
            halo: palette.surface,
          }),
        );
      }
      if (time.steady) {
        const x = toX(time.steady.from);
        shapes.push(
          line([x, named ? area.y - 26 : area.y], [x, area.y + area.height], {
            stroke: palette.ink3,
            lineDash: [2, 3],
          }),
        );
        if (named)
          shapes.push(words('steady from here', [x + 5, area.y - 24], { fill: palette.ink2, font: palette.font }));
      }
      return shapes;
    },
    { z: 0 },
  );

/** What stands at an instant, for the tooltip and the spoken step. */
export const runMarksAt = (time: RunTime, seconds: number): string[] => {
  const inside = ({ from, to }: Stretch) => seconds >= from && seconds <= to;
  return [
    ...time.phases
      .filter(inside)
      .map(({ name }) => `phase: ${phaseNames[name]}`)
      .slice(-1),
    ...(time.steady && inside(time.steady) ? ['steady state'] : []),
    ...(time.throttled.some(inside) ? ['hardware slows down'] : []),
  ];
};
