import type { EChartsOption } from 'echarts';
import type { ChartPalette } from '../../shared/charts/palette.ts';
import type { ChartTable } from '../../shared/charts/table.ts';
import { counted } from '../../shared/units.ts';
import { type Content, type Html, html } from './markup/html.ts';
import { chartTable, folded } from './markup/table.ts';
import { reportPalette } from './pictures/palette.ts';
import { picture } from './pictures/picture.ts';

export interface Figure {
  id: string;
  title: string;
  /** What the picture says, for those who do not see it. */
  label: string;
  chart: (palette: ChartPalette) => EChartsOption;
  numbers: ChartTable;
  height: number;
  width?: number;
  /** How to read it, or why values are missing. */
  notes?: Content[];
}

const chartWidth = 960;

/** A chart with its caption, and below it the numbers it draws. */
export const figure = ({ id, title, label, chart, numbers, height, width = chartWidth, notes = [] }: Figure): Html =>
  html`<figure id="${id}"><figcaption>${title}</figcaption>
${picture(id, chart(reportPalette), label, width, height)}
${notes.map(
  (note) => html`<p class="note">${note}</p>
`,
)}${folded(`The numbers of this chart, ${counted(numbers.rows.length, 'row')}`, chartTable(title, numbers))}</figure>
`;
