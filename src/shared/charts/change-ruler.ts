import type { EChartsOption } from 'echarts';
import type { Estimate } from '../model/estimate.ts';
import type { Verdict } from '../model/verdict.ts';
import {
  difference,
  estimateChange,
  interval,
  percent,
  points,
  relative,
  relativeInterval,
  type Unit,
} from '../units.ts';
import { cleanText } from './clean-text.ts';
import { decoration, line, rectangle, type Shape, words } from './decoration.ts';
import { emptyChart, frame, signedTickLabel, tightScale } from './frame.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartTable } from './table.ts';
import { spanOf, whisker } from './whisker.ts';

export interface ChangeRow {
  name: string;
  change: Estimate;
  verdict: Verdict;
}

export interface ChangeRulerData {
  rows: readonly ChangeRow[];
  /** The tolerance fixed before looking: the band within which nothing happened. */
  delta: number;
  /** `ratio`: the changes are ratios less one, printed as percent of the baseline. */
  unit: Unit | 'ratio';
}

const rowHeight = 33;
const headroom = 18;
const footroom = 24;

export const changeRulerHeight = (data: ChangeRulerData): number =>
  headroom + footroom + rowHeight * Math.max(1, data.rows.length);

const verdictColour = (verdict: Verdict, palette: ChartPalette): string =>
  ({
    regression: palette.regression,
    improvement: palette.improvement,
    'no change': palette.noChange,
    inconclusive: palette.noChange,
  })[verdict];

const ratioTick = (step: number) => {
  const digits = step >= 0.0099 ? 0 : step >= 0.00099 ? 1 : 2;
  return (value: number): string => relative(1 + value, digits);
};

/** Where each change and its interval lie against the tolerance: the verdict, drawn. */
export const changeRulerChart = (data: ChangeRulerData, palette: ChartPalette): EChartsOption => {
  const rows = data.rows.filter((row) => row.change.value !== null || row.change.low !== null);
  if (rows.length === 0)
    return emptyChart(`Change unknown: ${cleanText(data.rows[0]?.change.reason ?? 'nothing compared', 90)}`, palette);
  const [low, high] = spanOf(
    rows.map((row) => row.change),
    [-1.6 * data.delta, 1.6 * data.delta],
  );
  const scale = tightScale(low, high, 4);
  const { unit } = data;
  const tick = unit === 'ratio' ? ratioTick(scale.step) : signedTickLabel(scale, unit);
  const tolerance =
    unit === 'ratio' ? percent(data.delta) : (unit === 'share' ? points(data.delta) : difference(data.delta)).slice(1);
  return {
    ...frame(palette),
    grid: { left: 8, right: 22, top: headroom, bottom: footroom },
    xAxis: { type: 'value', min: 0, max: 1, show: false },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      decoration((area) => {
        const toX = (value: number) => area.x + ((value - scale.min) / (scale.max - scale.min)) * area.width;
        const bottom = area.y + area.height;
        const shapes: Shape[] = [];
        const from = toX(-data.delta);
        const to = toX(data.delta);
        shapes.push(rectangle({ x: from, y: area.y, width: to - from, height: area.height }, { fill: palette.hatch }));
        for (const x of [from, to])
          shapes.push(line([x, area.y], [x, bottom], { stroke: palette.hairlineStrong, lineDash: [3, 2] }));
        const centre = Math.min(area.x + area.width - 58, Math.max(area.x + 58, (from + to) / 2));
        shapes.push(
          words(`tolerance ±${tolerance}`, [centre, area.y - 9], {
            fill: palette.ink3,
            font: palette.font,
            align: 'center',
          }),
        );
        shapes.push(line([area.x, bottom], [area.x + area.width, bottom], { stroke: palette.hairlineStrong }));
        for (const value of scale.ticks) {
          const x = toX(value);
          shapes.push(line([x, bottom], [x, bottom + 4], { stroke: palette.hairlineStrong }));
          const align = x < area.x + 20 ? 'left' : x > area.x + area.width - 20 ? 'right' : 'center';
          shapes.push(words(tick(value), [x, bottom + 14], { fill: palette.ink3, font: palette.font, align }));
        }
        shapes.push(line([toX(0), area.y], [toX(0), bottom], { stroke: palette.hairlineStrong }));
        rows.forEach((row, index) => {
          const top = area.y + index * rowHeight;
          const colour = verdictColour(row.verdict, palette);
          shapes.push(
            words(cleanText(row.name, 60), [area.x + 2, top + 9], {
              fill: palette.ink2,
              font: palette.font,
              halo: palette.surface,
            }),
          );
          shapes.push(
            ...whisker(row.change, toX, top + 23, {
              colour,
              surface: palette.surface,
              hollow: row.verdict === 'inconclusive',
            }),
          );
        });
        return shapes;
      }),
    ],
  };
};

export const changeRulerTable = (data: ChangeRulerData): ChartTable => ({
  columns: ['what', 'change', 'low', 'high', 'n', 'verdict', 'tolerance', 'reason'],
  rows: data.rows.map(({ name, change, verdict }) => [
    name,
    change.value,
    change.low,
    change.high,
    change.n,
    verdict,
    data.delta,
    change.reason ?? null,
  ]),
});

const changeText = ({ change }: ChangeRow, unit: ChangeRulerData['unit']): string => {
  if (unit !== 'ratio') return `${estimateChange(change, unit)} ${interval(change, unit, 'change')}`;
  const ratio = (value: number | null) => (value === null ? null : 1 + value);
  return `${relative(ratio(change.value))} ${relativeInterval({ low: ratio(change.low), high: ratio(change.high) })}`;
};

export const changeRulerText = (data: ChangeRulerData): string =>
  data.rows.map((row) => `${row.name}: ${changeText(row, data.unit)}, ${row.verdict}`).join('; ');
