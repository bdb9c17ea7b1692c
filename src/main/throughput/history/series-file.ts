import { asNumber } from '../adapters/fields.ts';
import { isObject, type Json } from '../adapters/foreign-json.ts';
import { documentOf, type ResultFile, refusal, resultFile } from '../adapters/result-file.ts';
import type { SeriesFound, SeriesInput, SeriesPoint } from './series-input.ts';

interface RawPoint {
  index: number;
  at: string | null;
  value: number | null;
}

/** Points without a number are left out and counted; the others keep their index. */
const seriesOf = (name: string, unit: string, raw: readonly RawPoint[], notes: string[]): SeriesInput => {
  const points = raw.flatMap(({ index, at, value }): SeriesPoint[] => (value === null ? [] : [{ index, at, value }]));
  const lost = raw.length - points.length;
  if (lost > 0) notes.push(`${name}: points without a number, left out: ${lost} of ${raw.length}`);
  return { name, unit, points, boundaries: [] };
};

const instantOf = (cell: Json | undefined): string | null => {
  if (typeof cell !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(cell)) return null;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(cell) ? `${cell}T00:00:00Z` : cell);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

const missingWords = /^\s*(?:|nan|na|n\/a|null|none|-)\s*$/i;

const stem = (file: ResultFile): string => file.name.replace(/\.[^.]*$/, '') || 'series';

/** `index,value` with or without a header; the first column may be instants, and every further column is a series. */
const csvSeries = (file: ResultFile, notes: string[]): SeriesInput[] => {
  const lines = file.text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((text, at) => ({
      cells: text.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')),
      number: at + 1,
      text,
    }))
    .filter(({ text }) => text.trim() !== '' && !text.startsWith('#'));
  const [first] = lines;
  if (!first) throw refusal(file, 'the file is empty, write lines of index,value');
  const width = first.cells.length;
  const uneven = lines.find(({ cells }) => cells.length !== width);
  if (uneven)
    throw refusal(
      file,
      `line ${uneven.number} has ${uneven.cells.length} cells where the first has ${width}, make them equal`,
    );
  const values = (cells: readonly string[]) => (width === 1 ? cells : cells.slice(1));
  const isHeader = values(first.cells).some((cell) => asNumber(cell) === null && !missingWords.test(cell));
  const rows = isHeader ? lines.slice(1) : lines;
  if (rows.length === 0) throw refusal(file, 'the file has a header and no values, write lines of index,value');
  const names = isHeader ? values(first.cells) : values(first.cells).map(() => '');
  const indexOf = indices(width === 1 ? null : rows.map(({ cells }) => cells[0] ?? ''), file);
  return names.map((name, column) => {
    const raw = rows.map(({ cells, number }, at): RawPoint => {
      const cell = values(cells)[column] ?? '';
      const value = asNumber(cell);
      if (value === null && !missingWords.test(cell))
        throw refusal(
          file,
          `line ${number} holds a value that is not a number, correct or empty it (${cell.slice(0, 40)})`,
        );
      return { index: indexOf(at), at: width === 1 ? null : instantOf(cells[0]), value };
    });
    const named = name !== '' && (names.length > 1 || !/^value$/i.test(name)) ? name : stem(file);
    return seriesOf(named, '', raw, notes);
  });
};

/** The first column is an index where it is whole numbers that rise; else the place of the row counts. */
const indices = (cells: readonly string[] | null, file: ResultFile): ((at: number) => number) => {
  const numbers = cells?.map((cell) => asNumber(cell)) ?? [];
  if (!cells || numbers.some((number) => number === null || !Number.isSafeInteger(number))) return (at) => at;
  const falls = numbers.findIndex((number, at) => at > 0 && (number as number) <= (numbers[at - 1] as number));
  if (falls > 0)
    throw refusal(
      file,
      `the index does not rise, sort the file oldest first (${numbers[falls - 1]} before ${numbers[falls]})`,
    );
  return (at) => numbers[at] as number;
};

const valueKeys = ['value', 'y', 'mean', 'median'] as const;
const timeKeys = ['at', 'time', 'timestamp', 'date', 'startedAt'] as const;

const rawPoint = (item: Json | undefined, at: number, file: ResultFile, name: string): RawPoint => {
  if (Array.isArray(item) && item.length === 2) {
    const [x, y] = item;
    return { index: at, at: instantOf(x), value: numberOf(y, at, file, name) };
  }
  if (isObject(item)) {
    const key = valueKeys.find((one) => one in item);
    if (!key) throw refusal(file, `point ${at} of ${name} has no value, give it one of ${valueKeys.join(', ')}`);
    const time = timeKeys.map((one) => instantOf(item[one])).find((instant) => instant !== null);
    return { index: at, at: time ?? null, value: numberOf(item[key], at, file, name) };
  }
  return { index: at, at: null, value: numberOf(item, at, file, name) };
};

const numberOf = (value: Json | undefined, at: number, file: ResultFile, name: string): number | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const number = asNumber(value);
  if (number === null && !(typeof value === 'string' && missingWords.test(value)))
    throw refusal(file, `point ${at} of ${name} is not a number, correct it or write null`);
  return number;
};

const isPoint = (item: Json): boolean =>
  !isObject(item) ||
  (!('values' in item) && !('points' in item) && !('series' in item) && valueKeys.some((key) => key in item));

const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** An object with `values` (or `points`, or `series` as a list of numbers) is one series. */
const oneSeries = (item: Json, fallback: string, file: ResultFile, notes: string[]): SeriesInput => {
  const fields = isObject(item) ? item : null;
  const values = fields ? (fields.values ?? fields.points ?? fields.series) : item;
  const name = text(fields?.name) ?? fallback;
  if (!Array.isArray(values))
    throw refusal(file, `series ${name} has no list of values, write {"name": "…", "values": [1, 2]}`);
  const times = Array.isArray(fields?.at) ? fields.at : Array.isArray(fields?.times) ? fields.times : null;
  const raw = values.map((value, at) => {
    const point = rawPoint(value, at, file, name);
    return times ? { ...point, at: point.at ?? instantOf(times[at]) } : point;
  });
  return seriesOf(name, text(fields?.unit) ?? '', raw, notes);
};

/**
 * Numbers, `{name, values}`, a list of those, or names to lists of numbers - at the top or below the key `series`. A list of points may hold numbers, pairs
 * of instant and value, or objects with a value.
 */
const jsonSeries = (value: Json, file: ResultFile, notes: string[]): SeriesInput[] => {
  if (Array.isArray(value)) {
    if (value.length === 0) throw refusal(file, 'the list is empty, write the values oldest first');
    if (value.every(isPoint)) {
      const listed =
        value.every((item) => Array.isArray(item)) &&
        !value.every((item) => Array.isArray(item) && item.length === 2 && instantOf(item[0]) !== null);
      return listed
        ? value.map((item, at) => oneSeries(item, `${stem(file)} ${at + 1}`, file, notes))
        : [oneSeries(value, stem(file), file, notes)];
    }
    return value.map((item, at) => oneSeries(item, `${stem(file)} ${at + 1}`, file, notes));
  }
  if (!isObject(value)) throw refusal(file, 'not a series, write a list of numbers or {"name": "…", "values": [1, 2]}');
  if ('values' in value || 'points' in value) return [oneSeries(value, stem(file), file, notes)];
  const inner = value.series;
  if (inner !== undefined && typeof inner === 'object' && inner !== null) return jsonSeries(inner, file, notes);
  const lists = Object.entries(value).filter(([, item]) => Array.isArray(item) || isObject(item));
  if (lists.length === 0)
    throw refusal(file, 'no list of numbers in the file, write a list or {"name": "…", "values": [1, 2]}');
  return lists.map(([name, item]) =>
    oneSeries(isObject(item) ? { name, ...item } : { name, values: item as Json }, name, file, notes),
  );
};

/** The series in a file: csv `index,value` or json in one of several shapes, oldest first. Whatever cannot be read is a `UserFault` that names the file. */
export const seriesInFile = (source: string, fileName: string): SeriesFound => {
  const file = resultFile(source, fileName);
  const notes: string[] = [];
  const isJson = /^\uFEFF?\s*[[{]/.test(source) || /\.json$/i.test(file.name);
  const series = isJson ? jsonSeries(documentOf(file), file, notes) : csvSeries(file, notes);
  return { series, notes };
};
