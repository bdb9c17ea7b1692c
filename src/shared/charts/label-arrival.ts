import type { EChartsOption } from 'echarts';
import type { LabelLatency } from '../model/comparison.ts';
import { days, percent } from '../units.ts';
import { cleanText } from './clean-text.ts';
import { at, decoration, line, type Shape, words } from './decoration.ts';
import { axisPointerLine, emptyChart, fontSize, frame, niceScale, tooltip, valueAxis } from './frame.ts';
import { axisValueOf } from './metric-series.ts';
import type { ChartPalette } from './palette.ts';
import type { ChartStep, ChartTable } from './table.ts';

const shareAt = (latency: LabelLatency, age: number): number | null =>
  latency.coverageByAge.findLast((point) => point.ageDays <= age + 1e-9)?.share ?? null;

const describe = (point: LabelLatency['coverageByAge'][number]): string =>
  `after ${days(point.ageDays)}: ${percent(point.share)} labelled`;

/** Share of predictions with a label by age, with the median, the 95th percentile and those that never get one. */
export const labelArrivalChart = (latency: LabelLatency, palette: ChartPalette): EChartsOption => {
  const points = latency.coverageByAge;
  if (points.length < 2)
    return emptyChart(
      `Label latency is not measurable${latency.reason ? `: ${cleanText(latency.reason, 90)}` : ''}`,
      palette,
    );
  const oldest = points.reduce((most, point) => Math.max(most, point.ageDays), 0);
  const ages = niceScale(0, Math.max(oldest, 1), 6, [0, Math.max(oldest, 1)]);
  const shares = { min: 0, max: 1, step: 0.25 };
  const quantiles = [
    { name: 'median', age: latency.medianDays },
    { name: 'p95', age: latency.p95Days },
  ].filter((mark): mark is { name: string; age: number } => mark.age !== null && mark.age <= oldest);
  return {
    ...frame(palette),
    grid: { left: 48, right: 16, top: 18, bottom: 38 },
    xAxis: {
      type: 'value',
      min: 0,
      max: ages.max,
      interval: ages.step,
      name: 'days after the prediction',
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: { color: palette.ink3, fontSize },
      axisLine: { show: true, lineStyle: { color: palette.hairlineStrong } },
      axisLabel: { color: palette.ink3, fontSize },
      splitLine: { show: false },
      axisPointer: axisPointerLine(palette),
    },
    yAxis: valueAxis(shares, 'share', palette),
    tooltip: {
      ...tooltip(palette),
      trigger: 'axis',
      formatter: (params) => {
        const age = axisValueOf(params);
        const point = points.findLast((entry) => entry.ageDays <= age + 1e-9);
        return point ? describe(point) : '';
      },
    },
    series: [
      decoration(
        (area, api) => {
          const shapes: Shape[] = [];
          if (latency.neverShare !== null) {
            const y = at(api, 0, 1 - latency.neverShare)[1];
            const right = area.x + area.width;
            shapes.push(line([area.x, y], [right, y], { stroke: palette.hairlineStrong, lineDash: [3, 3] }));
            shapes.push(
              words(`${percent(latency.neverShare)} never labelled`, [right, (y + area.y) / 2 - 3], {
                fill: palette.ink2,
                font: palette.font,
                align: 'right',
              }),
            );
          }
          for (const { name, age } of quantiles) {
            const share = shareAt(latency, age) ?? 0;
            const [x, y] = at(api, age, share);
            const bottom = area.y + area.height;
            shapes.push(line([x, bottom], [x, y], { stroke: palette.ink3, lineDash: [2, 3] }));
            const leftward = x > area.x + area.width * 0.7;
            shapes.push(
              words(`${name} ${days(age)}`, [leftward ? x - 5 : x + 5, bottom - 10], {
                fill: palette.ink2,
                font: palette.font,
                align: leftward ? 'right' : 'left',
              }),
            );
          }
          return shapes;
        },
        { z: 2 },
      ),
      {
        type: 'line',
        name: 'labelled share',
        step: 'end',
        data: points.map((point) => [point.ageDays, point.share]),
        symbol: 'none',
        lineStyle: { color: palette.current, width: 2 },
        emphasis: { disabled: true },
      },
    ],
  };
};

export const labelArrivalTable = (latency: LabelLatency): ChartTable => ({
  columns: ['age in days', 'labelled share'],
  rows: latency.coverageByAge.map((point) => [point.ageDays, point.share]),
});

export const labelArrivalSteps = (latency: LabelLatency): ChartStep[] =>
  latency.coverageByAge.map((point) => ({ x: point.ageDays, text: describe(point) }));
