import type { EChartsOption } from 'echarts';
import type { PartitionSplit } from '../model/comparison.ts';
import { estimateChange, interval, type Unit } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { decoration, line, type PlotArea, rectangle, type Shape, textWidth, words } from './decoration.ts';
import { emptyChart, frame, signedTickLabel, type TightScale, tightScale } from './frame.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartTable } from './table.ts';
import { spanOf, whisker } from './whisker.ts';

export interface PartitionSplitsData {
  partitions: readonly PartitionSplit[];
  /** The alternative factorisation, drawn below a rule: it is not one partition among the others. */
  labelFirst: PartitionSplit | null;
  /** A term inside this band counts as none. */
  delta: number;
  unit: Unit;
}

const terms = ['mix', 'relation', 'unseen'] as const;
const rowHeight = 24;
const headroom = 24;
const footroom = 24;
const gutter = 26;

/** Pixels the chart needs: the number of partitions decides. */
export const partitionSplitsHeight = (data: PartitionSplitsData): number =>
  headroom + footroom + rowHeight * Math.max(1, data.partitions.length + (data.labelFirst ? 1 : 0));

export const partitionName = (columns: readonly string[]): string =>
  columns.map((name) => cleanText(name, 28)).join(' × ');

interface Row {
  name: string;
  split: PartitionSplit;
  labelFirst: boolean;
}

const rowsOf = (data: PartitionSplitsData): Row[] => [
  ...data.partitions.map((split) => ({ name: partitionName(split.columns), split, labelFirst: false })),
  ...(data.labelFirst ? [{ name: 'label first', split: data.labelFirst, labelFirst: true }] : []),
];

const panel = (
  term: (typeof terms)[number],
  rows: readonly Row[],
  area: PlotArea,
  scale: TightScale,
  data: PartitionSplitsData,
  palette: ChartPalette,
): Shape[] => {
  const toX = (value: number) => area.x + ((value - scale.min) / (scale.max - scale.min)) * area.width;
  const bottom = area.y + area.height;
  const label = signedTickLabel(scale, data.unit);
  const shapes: Shape[] = [
    words(term, [area.x, area.y - 13], { fill: palette.ink, font: palette.font, weight: 600, size: 12 }),
  ];
  for (const value of scale.ticks) {
    const x = toX(value);
    shapes.push(line([x, area.y], [x, bottom], { stroke: palette.hairline }));
    shapes.push(
      words(label(value), [x, bottom + 12], { fill: palette.ink3, font: palette.font, align: 'center', size: 10.5 }),
    );
  }
  const from = toX(Math.max(scale.min, -data.delta));
  const to = toX(Math.min(scale.max, data.delta));
  shapes.push(rectangle({ x: from, y: area.y, width: to - from, height: area.height }, { fill: palette.hatch }));
  shapes.push(line([toX(0), area.y], [toX(0), bottom], { stroke: palette.hairlineStrong }));
  rows.forEach((row, index) => {
    const y = area.y + (index + 0.5) * rowHeight;
    if (row.labelFirst && index > 0)
      shapes.push(
        line([area.x, y - rowHeight / 2], [area.x + area.width, y - rowHeight / 2], { stroke: palette.hairlineStrong }),
      );
    const settled = row.labelFirst ? palette.ink2 : palette.current;
    shapes.push(
      ...whisker(row.split[term], toX, y, {
        colour: row.split.admissible ? settled : palette.hairlineStrong,
        surface: palette.surface,
        hollow: !row.split.admissible,
        diamond: row.labelFirst,
      }),
    );
  });
  return shapes;
};

/** Mix, relation and unseen of every partition on one scale, each dot with its interval. */
export const partitionSplitsChart = (data: PartitionSplitsData, palette: ChartPalette): EChartsOption => {
  const rows = rowsOf(data);
  if (rows.length === 0) return emptyChart('No partition could be tried', palette);
  const [low, high] = spanOf(
    rows.flatMap((row) => terms.map((term) => row.split[term])),
    [-data.delta, data.delta],
  );
  const scale = tightScale(low, high, 3);
  const names = rows.reduce((most, row) => Math.max(most, textWidth(row.name, 12)), 0);
  const left = Math.round(Math.min(260, names + 16));
  return {
    ...frame(palette),
    grid: { left, right: 22, top: headroom, bottom: footroom },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      decoration((area) => {
        const width = (area.width - gutter * (terms.length - 1)) / terms.length;
        const labels = rows.map((row, index) =>
          words(row.name, [area.x - 12, area.y + (index + 0.5) * rowHeight], {
            fill: row.split.admissible ? palette.ink : palette.ink3,
            font: palette.font,
            align: 'right',
            size: 12,
          }),
        );
        const panels = terms.flatMap((term, index) =>
          panel(term, rows, { ...area, x: area.x + index * (width + gutter), width }, scale, data, palette),
        );
        return [...labels, ...panels];
      }),
    ],
  };
};

export const partitionSplitsTable = (data: PartitionSplitsData): ChartTable => ({
  columns: ['partition', 'admissible', ...terms.flatMap((term) => [term, `${term} low`, `${term} high`]), 'reason'],
  rows: rowsOf(data).map(({ split, labelFirst }) => [
    labelFirst ? 'label first' : split.columns.join(' × '),
    split.admissible,
    ...terms.flatMap((term) => [split[term].value, split[term].low, split[term].high]),
    split.reason ?? null,
  ]),
});

/** `mix −0.1 pp [−0.7, +0.5] pp, relation …` of one partition. */
export const splitText = (split: PartitionSplit, unit: Unit): string =>
  terms
    .map((term) => `${term} ${estimateChange(split[term], unit)} ${interval(split[term], unit, 'change')}`)
    .join(', ');
