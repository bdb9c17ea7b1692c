import type { ChartTable, TableCell } from '../../../shared/charts/table.ts';
import { count, decimal } from '../../../shared/units.ts';
import { type Content, type Html, html, nothing, trusted } from './html.ts';

export interface Column {
  title: string;
  /** Numbers stand to the right. */
  number?: boolean;
  /** Takes what width the others leave, and breaks anywhere. */
  wide?: boolean;
}

export interface Row {
  id?: string;
  /** The first cell names the row. */
  cells: Content[];
  quiet?: boolean;
}

const classOf = (column: Column | undefined): Html =>
  column?.number ? html` class="number"` : column?.wide ? html` class="wide"` : nothing;

/** A caption without its markup. */
const spoken = (caption: Content): Html => trusted(html`${caption}`.markup.replace(/<[^>]*>/g, ''));

/** A table that scrolls inside itself where the page is narrow. */
export const table = (
  caption: Content,
  columns: readonly Column[],
  rows: readonly Row[],
  id?: string,
  kind?: string,
): Html => {
  const head = columns.map((column) => html`<th scope="col"${classOf(column)}>${column.title}</th>`);
  const body = rows.map(({ id: row, cells, quiet }) => {
    const [first = '', ...rest] = cells;
    return html`<tr${row ? html` id="${row}"` : nothing}${quiet ? html` class="quiet"` : nothing}><th scope="row"${classOf(columns[0])}>${first}</th>${rest.map((cell, index) => html`<td${classOf(columns[index + 1])}>${cell}</td>`)}</tr>
`;
  });
  return html`<div class="scroll"${columns.length > 2 ? html` tabindex="0" role="group" aria-label="${spoken(caption)}"` : nothing}><table${id ? html` id="${id}"` : nothing}${kind || columns.length === 2 ? html` class="${kind ?? 'narrow'}"` : nothing}><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>
`;
};

const plain = (value: TableCell, column: string): string => {
  if (value === null) return column === 'reason' ? 'none' : 'unknown';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return Number.isInteger(value) ? count(value) : decimal(value);
  return value === '' ? 'none' : value;
};

/** The numbers of a chart. */
export const chartTable = (caption: string, { columns, rows }: ChartTable): Html => {
  if (rows.length === 0) return html`<p>No row: there is nothing to draw.</p>`;
  const numeric = columns.map((_, at) => rows.some((row) => typeof row[at] === 'number'));
  return table(
    caption,
    columns.map((title, at) => ({ title, number: numeric[at] ?? false })),
    rows.map((row) => ({ cells: row.map((value, at) => plain(value, columns[at] ?? '')) })),
  );
};

/** Names and values below each other. */
export const facts = (entries: readonly (readonly [Content, Content])[], kind = 'facts'): Html =>
  html`<dl class="${kind}">${entries.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
  )}</dl>
`;

export const list = (items: readonly Content[]): Html =>
  html`<ul>${items.map(
    (item) => html`<li>${item}</li>
`,
  )}</ul>
`;

/** Closed until asked for, and open from the start where there is little to hide. */
export const folded = (summary: Content, body: Content, open = false): Html =>
  html`<details${open ? html` open` : nothing}><summary>${summary}</summary>
${body}</details>
`;
