import { expect, test } from 'vitest';
import { textTable, visible } from '../../../../src/main/command-line/text-table.ts';

test('names stand to the left, numbers to the right, nothing trails', () => {
  const rows = [
    ['metric', 'value', 'verdict'],
    ['Accuracy', '94.5\u202f%', 'no change'],
    ['F1', '\u22121\u202f000', ''],
  ];
  expect(textTable(rows)).toEqual([
    '  metric      value   verdict',
    '  Accuracy   94.5\u202f%   no change',
    '  F1         \u22121\u202f000',
  ]);
});

test('a terminal obeys no value', () => {
  expect(visible('a\u001b[31mred\u0007\r\n\u202eback')).toBe('a\ufffd[31mred\ufffd\ufffd\ufffd\ufffdback');
  expect(visible('Zürich 漢字 👍 <b>')).toBe('Zürich 漢字 👍 <b>');
});
