import type { EChartsOption } from 'echarts';
import type { PartitionSplit } from '../model/comparison.ts';
import type { Estimate } from '../model/estimate.ts';
import { counted, estimateChange, estimateValue, interval, type Unit } from '../units.ts';
import { decoration, line, rectangle, type Shape, words } from './decoration.ts';
import { emptyChart, frame, niceScale, valueAxis } from './frame.ts';
import type { ChartPalette } from './palette.ts';
import { partitionName } from './partition-splits.ts';
import type { ChartTable } from './table.ts';

export interface WaterfallData {
  /** The metric of the rows explained, in both windows. */
  reference: Estimate;
  current: Estimate;
  /** The partition the steps are taken over. */
  split: PartitionSplit;
  /** Every partition tried: the range of a term is over the admissible ones. */
  partitions: readonly PartitionSplit[];
  higherIsBetter: boolean | null;
  unit: Unit;
}

const terms = ['mix', 'relation', 'unseen'] as const;
type Term = (typeof terms)[number];

export interface WaterfallStep {
  term: Term;
  estimate: Estimate;
  from: number;
  to: number;
  /** Smallest and largest value of the term over the admissible partitions. */
  range: [number, number] | null;
}

const rangeOf = (partitions: readonly PartitionSplit[], term: Term): [number, number] | null => {
  const values = partitions
    .filter(({ admissible }) => admissible)
    .map((split) => split[term].value)
    .filter((value): value is number => value !== null);
  return values.length === 0
    ? null
    : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
};

/**
 * The level the terms start from, and the terms. They add up to the change of a mean over rows; for a metric that is none
 * (F1, AUC) they are drawn from 0, as parts of a change and not of that metric.
 */
export const waterfallSteps = (
  data: WaterfallData,
): { start: number; levels: boolean; steps: WaterfallStep[] } | null => {
  const { reference, current, split } = data;
  const values = terms.map((term) => split[term].value);
  if (values.some((value) => value === null)) return null;
  const sum = (values as number[]).reduce((a, b) => a + b, 0);
  const levels =
    reference.value !== null &&
    current.value !== null &&
    Math.abs(reference.value + sum - current.value) <= 1e-6 + 0.01 * Math.abs(sum);
  let level = levels ? (reference.value as number) : 0;
  const start = level;
  const steps = terms.map((term, i) => {
    const from = level;
    level += values[i] as number;
    return { term, estimate: split[term], from, to: level, range: rangeOf(data.partitions, term) };
  });
  return { start, levels, steps };
};

const colourOf = (step: WaterfallStep, data: WaterfallData, palette: ChartPalette): string => {
  const { low, high } = step.estimate;
  if (low === null || high === null || (low <= 0 && high >= 0)) return palette.noChange;
  const good = data.higherIsBetter === null ? null : low > 0 === data.higherIsBetter;
  return good === null ? palette.noChange : good ? palette.improvement : palette.regression;
};

/** From the reference value over mix, relation and unseen to the current one; never a bar from a cut-off zero. */
export const waterfallChart = (data: WaterfallData, palette: ChartPalette): EChartsOption => {
  const drawn = waterfallSteps(data);
  if (!drawn) return emptyChart('No partition gives all three terms', palette);
  const { start, levels, steps } = drawn;
  const end = steps.at(-1)?.to ?? start;
  const reach = steps.flatMap(({ from, to, estimate, range }) => [
    from,
    to,
    ...[estimate.low, estimate.high, ...(range ?? [])].flatMap((value) => (value === null ? [] : [from + value])),
  ]);
  const low = reach.reduce((a, b) => Math.min(a, b));
  const high = reach.reduce((a, b) => Math.max(a, b));
  const share = data.unit === 'share' && levels;
  const scale = niceScale(low, high, 5, share ? [0, 1] : null);
  return {
    ...frame(palette),
    grid: { left: 62, right: 16, top: 32, bottom: 58 },
    xAxis: { type: 'value', min: 0, max: 5, show: false },
    yAxis: valueAxis(scale, data.unit, palette),
    series: [
      decoration(
        (area, api) => {
          const column = area.width / 5;
          const y = (value: number): number => api.coord([0, value])[1] as number;
          const foot = area.y + area.height;
          const shapes: Shape[] = [];
          const heading = (index: number, name: string, ...under: string[]) => {
            const x = area.x + (index + 0.5) * column;
            const style = { fill: palette.ink, font: palette.font, align: 'center' as const };
            shapes.push(words(name, [x, foot + 14], { ...style, weight: 600, size: 12 }));
            under.forEach((text, row) => {
              shapes.push(words(text, [x, foot + 30 + 15 * row], row === 0 ? style : { ...style, fill: palette.ink3 }));
            });
          };
          const tried = data.partitions.filter(({ admissible }) => admissible).length;
          shapes.push(
            words(
              `by ${partitionName(data.split.columns)}; grey beside a step: its range over ${counted(tried, 'admissible partition')}`,
              [area.x, area.y - 18],
              { fill: palette.ink2, font: palette.font, width: area.width },
            ),
          );
          const level = (index: number, value: number, colour: string) => {
            const x = area.x + (index + 0.5) * column;
            shapes.push(
              line([x - column * 0.36, y(value)], [x + column * 0.36, y(value)], { stroke: colour, lineWidth: 4 }),
            );
          };
          const under = (estimate: Estimate): string[] =>
            levels
              ? [estimateValue(estimate, data.unit), interval(estimate, data.unit)]
              : ['parts of a change,', 'not levels'];
          level(0, start, palette.reference);
          heading(0, 'reference', ...under(data.reference));
          steps.forEach((step, i) => {
            const x = area.x + (i + 1.5) * column;
            const colour = colourOf(step, data, palette);
            const [top, bottom] = [Math.min(y(step.from), y(step.to)), Math.max(y(step.from), y(step.to))];
            shapes.push(
              line([x - column * 0.64, y(step.from)], [x - column * 0.36, y(step.from)], {
                stroke: palette.hairlineStrong,
                lineDash: [3, 3],
              }),
            );
            shapes.push(
              rectangle(
                { x: x - column * 0.36, y: top, width: column * 0.5, height: Math.max(2, bottom - top) },
                { fill: colour, opacity: 0.75 },
              ),
            );
            const { low: least, high: most } = step.estimate;
            const middle = x - column * 0.11;
            if (least !== null && most !== null) {
              const ends = [y(step.from + least), y(step.from + most)] as const;
              shapes.push(line([middle, ends[0]], [middle, ends[1]], { stroke: palette.ink, lineWidth: 1.5 }));
              for (const at of ends)
                shapes.push(line([middle - 5, at], [middle + 5, at], { stroke: palette.ink, lineWidth: 1.5 }));
            }
            if (step.range) {
              const side = x + column * 0.25;
              const ends = [y(step.from + step.range[0]), y(step.from + step.range[1])] as const;
              const stroke = { stroke: palette.hairlineStrong, lineWidth: 3 };
              shapes.push(line([side, Math.min(...ends) - 1], [side, Math.max(...ends) + 1], stroke));
            }
            heading(
              i + 1,
              step.term,
              estimateChange(step.estimate, data.unit),
              interval(step.estimate, data.unit, 'change'),
            );
          });
          const x = area.x + 4.5 * column;
          shapes.push(
            line([x - column * 0.64, y(end)], [x - column * 0.36, y(end)], {
              stroke: palette.hairlineStrong,
              lineDash: [3, 3],
            }),
          );
          level(4, end, palette.current);
          heading(4, 'current', ...under(data.current));
          return shapes;
        },
        { z: 3, anchor: [0, scale.min] },
      ),
    ],
  };
};

export const waterfallTable = (data: WaterfallData): ChartTable => {
  const drawn = waterfallSteps(data);
  const level = (name: string, { value, low, high }: Estimate) => [name, value, low, high, null, null];
  return {
    columns: ['step', 'value', 'low', 'high', 'least of admissible partitions', 'most of admissible partitions'],
    rows: [
      level('reference', data.reference),
      ...(drawn?.steps ?? []).map(({ term, estimate, range }) => [
        term,
        estimate.value,
        estimate.low,
        estimate.high,
        range?.[0] ?? null,
        range?.[1] ?? null,
      ]),
      level('current', data.current),
    ],
  };
};

export const waterfallText = (data: WaterfallData): string =>
  [
    `From ${estimateValue(data.reference, data.unit)} to ${estimateValue(data.current, data.unit)} by ${partitionName(data.split.columns)}`,
    ...terms.map(
      (term) =>
        `${term} ${estimateChange(data.split[term], data.unit)} ${interval(data.split[term], data.unit, 'change')}`,
    ),
  ].join(', ');
