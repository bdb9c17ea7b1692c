import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only what the builders use: each further part costs every person's first load.
echarts.use([LineChart, CustomChart, GridComponent, TooltipComponent, CanvasRenderer]);

export { echarts };
