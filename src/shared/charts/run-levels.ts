import type { EChartsOption } from 'echarts';
import type { Estimate } from '../model/estimate.ts';
import type { RunSummary, ThroughputVerdict } from '../model/throughput-comparison.ts';
import { higherIsBetter, isRunMetric, metricQuantity, runMetricUnit } from '../throughput-words.ts';
import { counted, decimal, percent } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { circle, decoration, line, rectangle, type Shape, words } from './decoration.ts';
import { emptyChart, frame, tickLabel, tightScale } from './frame.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartTable } from './table.ts';
import { whisker } from './whisker.ts';

export interface RunLevelsData {
  metric: string;
  baseline: { runs: readonly RunSummary[]; level: Estimate };
  candidate: { runs: readonly RunSummary[]; level: Estimate };
  /** The tolerated relative change, fixed before looking. */
  delta: number;
  verdict: ThroughputVerdict;
}

type Side = 'candidate' | 'baseline';
const sides: Side[] = ['candidate', 'baseline'];

/** Height of the chart: a row of runs a side, the baseline beneath. */
export const runLevelsHeight = 190;

const metricOf = (run: RunSummary, metric: string): number | null =>
  isRunMetric(metric) ? run.metrics[metric].value : null;

const itemOf = ({ baseline, candidate }: RunLevelsData): string | undefined =>
  baseline.runs[0]?.item ?? candidate.runs[0]?.item;

const colourOf = (verdict: ThroughputVerdict, palette: ChartPalette): string =>
  verdict === 'regression' ? palette.regression : verdict === 'improvement' ? palette.improvement : palette.current;

/** Runs of nearly the same value stand above each other, or they would look like one. */
const stacked = <T extends { x: number }>(dots: readonly T[], apart: number): (T & { row: number })[] => {
  const ends: number[] = [];
  return dots
    .toSorted((a, b) => a.x - b.x)
    .map((dot) => {
      const free = ends.findIndex((end) => end + apart <= dot.x);
      const row = free === -1 ? ends.length : free;
      ends[row] = dot.x;
      return { ...dot, row };
    });
};

/** Every run a point: the candidate above the baseline it is held against, with the band in which nothing happened. */
export const runLevelsChart = (data: RunLevelsData, palette: ChartPalette): EChartsOption => {
  const { metric, delta, verdict } = data;
  const values = sides.flatMap((side) => data[side].runs.flatMap((run) => metricOf(run, metric) ?? []));
  const centre = data.baseline.level.value;
  const ends = sides.flatMap((side) => [data[side].level.low, data[side].level.high, data[side].level.value]);
  const band = centre === null ? [] : [centre * (1 - delta * 1.2), centre * (1 + delta * 1.2)];
  const all = [...values, ...ends, ...band].filter((value): value is number => value !== null && value !== undefined);
  if (values.length === 0)
    return emptyChart(
      ['No run has this metric', cleanText(data.candidate.level.reason ?? data.baseline.level.reason ?? '', 80)]
        .filter(Boolean)
        .join(': '),
      palette,
    );
  const scale = tightScale(
    all.reduce((a, b) => Math.min(a, b)),
    all.reduce((a, b) => Math.max(a, b)),
    5,
  );
  const tick = tickLabel(scale, 'number');
  return {
    ...frame(palette),
    grid: { left: 84, right: 22, top: 20, bottom: 38 },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      decoration((area) => {
        const toX = (value: number) => area.x + ((value - scale.min) / (scale.max - scale.min)) * area.width;
        const bottom = area.y + area.height;
        const shapes: Shape[] = [];
        if (centre !== null) {
          const [from, to] = [toX(centre * (1 - delta)), toX(centre * (1 + delta))];
          shapes.push(
            rectangle({ x: from, y: area.y, width: to - from, height: area.height }, { fill: palette.hatch }),
          );
          for (const x of [from, to])
            shapes.push(line([x, area.y], [x, bottom], { stroke: palette.hairlineStrong, lineDash: [3, 2] }));
          shapes.push(line([toX(centre), area.y], [toX(centre), bottom], { stroke: palette.reference }));
          const middle = Math.max(area.x + 62, Math.min(area.x + area.width - 62, toX(centre)));
          shapes.push(
            words(`baseline ±${percent(delta, 0)}`, [middle, area.y - 9], {
              fill: palette.ink3,
              font: palette.font,
              align: 'center',
            }),
          );
        }
        shapes.push(line([area.x, bottom], [area.x + area.width, bottom], { stroke: palette.hairlineStrong }));
        for (const value of scale.ticks) {
          const x = toX(value);
          shapes.push(line([x, bottom], [x, bottom + 4], { stroke: palette.hairlineStrong }));
          shapes.push(
            words(tick(value), [x, bottom + 13], { fill: palette.ink3, font: palette.font, align: 'center' }),
          );
        }
        shapes.push(
          words(
            `${runMetricUnit(metric, itemOf(data))}, ${higherIsBetter(metric) ? 'more' : 'less'} is better`,
            [area.x + area.width, bottom + 29],
            { fill: palette.ink3, font: palette.font, align: 'right' },
          ),
        );
        sides.forEach((side, index) => {
          const top = area.y + (index * area.height) / 2;
          const half = area.height / 2;
          const { runs, level } = data[side];
          const colour = side === 'baseline' ? palette.reference : colourOf(verdict, palette);
          shapes.push(
            words(side, [area.x - 76, top + half / 2 - 7], { fill: palette.ink2, font: palette.font, weight: 600 }),
          );
          shapes.push(
            words(counted(runs.length, 'run'), [area.x - 76, top + half / 2 + 8], {
              fill: palette.ink3,
              font: palette.font,
            }),
          );
          if (index > 0)
            shapes.push(line([area.x - 76, top], [area.x + area.width, top], { stroke: palette.hairline }));
          const dots = runs.flatMap((run) => {
            const value = metricOf(run, metric);
            return value === null ? [] : [{ x: toX(value), run }];
          });
          for (const { x, run, row } of stacked(dots, 7)) {
            const y = top + half - 11 - Math.min(row, 4) * 6;
            shapes.push(
              circle(
                [x, y],
                3.2,
                run.valid ? { fill: colour, opacity: 0.85 } : { fill: palette.surface, stroke: colour, lineWidth: 1.2 },
              ),
            );
          }
          shapes.push(
            ...whisker(level, toX, top + 15, {
              colour: side === 'baseline' ? palette.ink2 : colour,
              surface: palette.surface,
              hollow: verdict === 'inconclusive' && side === 'candidate',
              diamond: true,
            }),
          );
        });
        return shapes;
      }),
    ],
  };
};

export const runLevelsTable = (data: RunLevelsData): ChartTable => ({
  columns: ['side', 'run', 'started', 'label', data.metric, 'valid'],
  rows: sides.flatMap((side) =>
    data[side].runs.map((run) => [
      side,
      run.id,
      run.startedAt,
      run.label ?? null,
      metricOf(run, data.metric),
      run.valid,
    ]),
  ),
});

export const runLevelsText = (data: RunLevelsData): string =>
  sides
    .map((side) => {
      const { runs, level } = data[side];
      const interval =
        level.low === null || level.high === null ? '' : ` (${decimal(level.low)} to ${decimal(level.high)})`;
      return `${side}: ${counted(runs.length, 'run')}, ${metricQuantity(data.metric, level.value, itemOf(data))}${interval}`;
    })
    .join('; ');
