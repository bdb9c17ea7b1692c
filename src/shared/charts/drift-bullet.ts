import type { EChartsOption } from 'echarts';
import type { PredictionDrift } from '../model/drift.ts';
import { decimal } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, line, rectangle, type Shape, words } from './decoration.ts';
import { emptyChart, fontSize, frame, niceScale, tickLabel } from './frame.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartTable } from './table.ts';

/** One distance against its own threshold. */
export const driftBulletChart = (drift: PredictionDrift, palette: ChartPalette): EChartsOption => {
  const { distance, threshold, exceeds } = drift;
  if (distance === null)
    return emptyChart(`Distance unknown: ${cleanText(drift.reason ?? 'not computed', 90)}`, palette);
  const scale = niceScale(0, Math.max(distance, threshold ?? 0) * 1.15, 4, [0, Number.POSITIVE_INFINITY]);
  return {
    ...frame(palette),
    grid: { left: 12, right: 24, top: 24, bottom: 22 },
    xAxis: {
      type: 'value',
      min: 0,
      max: scale.max,
      interval: scale.step,
      axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
      axisLabel: { color: palette.ink3, fontSize, formatter: tickLabel(scale, 'number') },
      splitLine: { show: false },
    },
    yAxis: { type: 'value', min: 0, max: 1, show: false },
    series: [
      decoration((area, api) => {
        const shapes: Shape[] = [];
        const middle = area.y + area.height / 2;
        const bar = (to: number, height: number, style: Record<string, unknown>) => {
          const [left] = at(api, 0, 0);
          const [right] = at(api, to, 0);
          shapes.push(rectangle({ x: left, y: middle - height / 2, width: Math.max(1, right - left), height }, style));
        };
        if (threshold !== null) bar(threshold, area.height - 2, { fill: palette.noChangeSoft });
        bar(distance, Math.max(6, area.height * 0.42), { fill: exceeds ? palette.regression : palette.reference });
        if (threshold !== null) {
          const [x] = at(api, threshold, 0);
          shapes.push(line([x, area.y - 4], [x, area.y + area.height], { stroke: palette.ink, lineWidth: 2 }));
          const leftward = x > area.x + area.width * 0.6;
          shapes.push(
            words(`threshold ${decimal(threshold)}`, [leftward ? x - 5 : x + 5, area.y - 10], {
              fill: palette.ink2,
              font: palette.font,
              align: leftward ? 'right' : 'left',
            }),
          );
        }
        return shapes;
      }),
    ],
  };
};

export const driftBulletTable = (drift: PredictionDrift): ChartTable => ({
  columns: ['distance', 'normalised', 'threshold', 'exceeds', 'n', 'blocks', 'bound', 'method', 'reason'],
  rows: [
    [
      drift.distance,
      drift.normalised,
      drift.threshold,
      drift.exceeds,
      drift.n,
      drift.blocks,
      drift.bound,
      drift.method,
      drift.reason ?? null,
    ],
  ],
});
