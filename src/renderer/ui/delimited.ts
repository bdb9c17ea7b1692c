/** Rows as CSV (RFC 4180) and as tab-separated text for the clipboard. */
export type DelimitedCell = string | number | null;

const formula = /^[=+\-@\t\r]/;

const csvCell = (cell: DelimitedCell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  // A spreadsheet runs text that begins like a formula: values come from somebody's data, so they are defused.
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const toCsv = (header: readonly string[], rows: readonly (readonly DelimitedCell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

const tabCell = (cell: DelimitedCell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = cell.replace(/[\t\r\n]+/g, ' ');
  return formula.test(text) ? `'${text}` : text;
};

export const toTabbed = (header: readonly string[], rows: readonly (readonly DelimitedCell[])[]): string =>
  [header, ...rows].map((row) => row.map(tabCell).join('\t')).join('\n');
