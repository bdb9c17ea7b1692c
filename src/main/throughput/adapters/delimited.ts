import { type ResultFile, refusal } from './result-file.ts';

/** RFC 4180 cells of one text; quotes may enclose commas and line ends. */
const cells = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.length > 1 || row[0]!.trim() !== '') rows.push(row);
    row = [];
    cell = '';
  };
  const source = text.replace(/^\uFEFF/, '');
  for (let at = 0; at < source.length; at++) {
    const character = source[at]!;
    if (quoted) {
      if (character === '"' && source[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (character === '"') quoted = false;
      else cell += character;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
};

export interface TableRow {
  /** Counted from 1, without the header. */
  number: number;
  cell: Record<string, string>;
}

/** Header and rows of a csv; a row with another number of values than the header is never shifted into place. */
export const tableOf = (file: ResultFile, { trailingComma = false } = {}): { columns: string[]; rows: TableRow[] } => {
  const [header = [], ...body] = cells(file.text);
  const columns = header.map((name) => name.trim());
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated !== undefined) throw refusal(file, `column occurs twice (${repeated}), export the file again`);
  const rows = body.map((values, index) => {
    const row =
      trailingComma && values.length === columns.length + 1 && values.at(-1) === '' ? values.slice(0, -1) : values;
    if (row.length !== columns.length) {
      throw refusal(
        file,
        `${columns.length} columns in the header but ${row.length} values in row ${index + 1}, so values cannot be matched to columns, export the file again`,
      );
    }
    const pairs = columns.map((name, position): [string, string] => [name, row[position]!.trim()]);
    return { number: index + 1, cell: Object.assign(Object.create(null), Object.fromEntries(pairs)) };
  });
  return { columns, rows };
};
