import type { EChartsOption } from 'echarts';
import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Html, safeText, trusted } from '../markup/html.ts';

echarts.use([LineChart, CustomChart, GridComponent, SVGRenderer]);

/** Names the library gives to clips, numbered across all charts of a process. */
const drawnName = /(?<=id="|url\(#)zr\d+-c\d+/g;

/**
 * What only matters where a script or a pointer moves over the picture. Quotes in texts are
 * escaped, so no text matches. The invisible space keeps a brace from being read as the library's own markup; it has been read.
 */
const forScripts = /<style\b[\s\S]*?<\/style>| (?:ecmeta_\w+|class|pointer-events)="[^"]*"|\u200b/g;

const namesInOrder = (svg: string, prefix: string): string => {
  const names = new Map<string, string>();
  return svg.replace(drawnName, (name) => {
    const known = names.get(name) ?? `${prefix}-${names.size}`;
    names.set(name, known);
    return known;
  });
};

/**
 * A chart as inline SVG: the same bytes for the same option, whatever was drawn before. The picture is named, has no
 * style sheet of its own, and scales to the width of its place.
 */
export const picture = (id: string, option: EChartsOption, label: string, width: number, height: number): Html => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    const { tooltip: _hovered, ...drawn } = option;
    chart.setOption(drawn);
    const root = `<svg class="chart" role="img" aria-label="${safeText(label)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`;
    // By a function: a replacement text would read signs such as `$&` in a label.
    const svg = namesInOrder(chart.renderToSVGString().replace(forScripts, ''), id).replace(
      /^<svg\b[^>]*>/,
      () => root,
    );
    return trusted(svg);
  } finally {
    chart.dispose();
  }
};
