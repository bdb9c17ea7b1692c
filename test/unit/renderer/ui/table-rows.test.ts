import { expect, test } from 'vitest';
import { type Column, cellsOf, filteredRows, rowTexts, sortedRows } from '../../../../src/renderer/ui/table-rows.ts';

interface Row {
  name: string;
  size: number | null;
}

const columns: Column<Row>[] = [
  { id: 'name', title: 'Name', value: (row) => row.name },
  { id: 'size', title: 'Size', value: (row) => row.size },
];

const rows: Row[] = [
  { name: 'b', size: 2 },
  { name: 'a', size: null },
  { name: 'Z', size: 10 },
  { name: 'c', size: 2 },
];

const names = (list: Row[]): string => list.map(({ name }) => name).join('');

test('numbers sort as numbers, unknown ones last in both directions, equals keep their order', () => {
  expect(names(sortedRows(rows, columns, { column: 'size', descending: false }))).toBe('bcZa');
  expect(names(sortedRows(rows, columns, { column: 'size', descending: true }))).toBe('Zbca');
  expect(names(rows)).toBe('baZc');
});

test('text sorts by code point on every machine', () => {
  expect(names(sortedRows(rows, columns, { column: 'name', descending: false }))).toBe('Zabc');
  expect(names(sortedRows(rows, columns, null))).toBe('baZc');
  expect(names(sortedRows(rows, columns, { column: 'gone', descending: true }))).toBe('baZc');
});

test('a filter needs all its words, in any column and any case', () => {
  const textOf = rowTexts(columns);
  expect(names(filteredRows(rows, textOf, 'z 10'))).toBe('Z');
  expect(names(filteredRows(rows, textOf, 'z 2'))).toBe('');
  expect(names(filteredRows(rows, textOf, '  '))).toBe('baZc');
});

test('letter after letter reads each row once, and never the words of a picture', () => {
  let read = 0;
  let drawn = 0;
  const textOf = rowTexts<Row>([
    {
      ...columns[0]!,
      value: ({ name }) => {
        read += 1;
        return name;
      },
    },
    {
      id: 'picture',
      title: 'Picture',
      filters: false,
      value: () => {
        drawn += 1;
        return 'z picture';
      },
    },
  ]);
  expect(names(filteredRows(rows, textOf, 'z'))).toBe('Z');
  expect(names(filteredRows(rows, textOf, 'z p'))).toBe('');
  expect([read, drawn]).toEqual([rows.length, 0]);
});

test('cells leave in the order of the columns', () => {
  expect(cellsOf(rows.slice(0, 1), columns)).toEqual([['b', 2]]);
});
