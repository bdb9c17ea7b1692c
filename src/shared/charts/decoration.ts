import type { CustomSeriesOption, CustomSeriesRenderItemAPI, CustomSeriesRenderItemReturn } from 'echarts';

export interface PlotArea {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Shape = NonNullable<CustomSeriesRenderItemReturn>;

/** A series that only draws: it takes no pointer, no tooltip and no place in the crosshair. */
export const decoration = (
  draw: (area: PlotArea, api: CustomSeriesRenderItemAPI) => Shape[],
  place: { z?: number; clip?: boolean; xAxisIndex?: number; yAxisIndex?: number; anchor?: [number, number] } = {},
): CustomSeriesOption => ({
  type: 'custom',
  silent: true,
  z: place.z ?? 1,
  clip: place.clip ?? false,
  xAxisIndex: place.xAxisIndex ?? 0,
  yAxisIndex: place.yAxisIndex ?? 0,
  tooltip: { show: false },
  data: [place.anchor ?? [0, 0]],
  renderItem: (params, api) => {
    const area = params.coordSys as unknown as PlotArea;
    return { type: 'group', silent: true, children: draw(area, api) } as CustomSeriesRenderItemReturn;
  },
});

export const at = (api: CustomSeriesRenderItemAPI, x: number, y: number): [number, number] => {
  const [px = Number.NaN, py = Number.NaN] = api.coord([x, y]);
  return [px, py];
};

export const rectangle = (area: PlotArea, style: Record<string, unknown>): Shape =>
  ({ type: 'rect', silent: true, shape: area, style }) as Shape;

export const line = (from: [number, number], to: [number, number], style: Record<string, unknown>): Shape =>
  ({
    type: 'line',
    silent: true,
    shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
    style: { lineWidth: 1, ...style },
  }) as Shape;

export const polygon = (points: [number, number][], style: Record<string, unknown>): Shape =>
  ({ type: 'polygon', silent: true, shape: { points }, style }) as Shape;

export const circle = (centre: [number, number], r: number, style: Record<string, unknown>): Shape =>
  ({ type: 'circle', silent: true, shape: { cx: centre[0], cy: centre[1], r }, style }) as Shape;

export const words = (
  text: string,
  position: [number, number],
  style: {
    fill: string;
    font: string;
    align?: 'left' | 'right' | 'center';
    weight?: number;
    size?: number;
    halo?: string;
    /** Longer text ends in an ellipsis. */
    width?: number;
  },
): Shape =>
  ({
    type: 'text',
    silent: true,
    style: {
      text,
      x: position[0],
      y: position[1],
      fill: style.fill,
      fontFamily: style.font,
      fontSize: style.size ?? 11,
      fontWeight: style.weight ?? 400,
      align: style.align ?? 'left',
      verticalAlign: 'middle',
      ...(style.width ? { width: style.width, overflow: 'truncate' as const } : {}),
      ...(style.halo ? { stroke: style.halo, lineWidth: 3 } : {}),
    },
  }) as Shape;

/** Good enough to keep labels apart where no canvas is there to measure them. */
export const textWidth = (text: string, size = 11): number => [...text].length * size * 0.53;
