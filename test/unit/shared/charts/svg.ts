import type { EChartsOption } from 'echarts';
import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([LineChart, CustomChart, GridComponent, TooltipComponent, SVGRenderer]);

/** The chart as the report will draw it: on the server side, with nothing but the option. */
export const svgOf = (option: EChartsOption, width = 900, height = 300): string => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option);
    // The library numbers its names across all charts of a process.
    return chart.renderToSVGString().replace(/\bzr\d+-(?:cls-\d+|c(\d+))/g, 'zr-$1');
  } finally {
    chart.dispose();
  }
};

/** The words in a picture. */
export const textsIn = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
