import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCsv, toTabbed } from '../../../../src/renderer/ui/delimited.ts';

/** A reader of RFC 4180, to read back what was written. */
const readCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quoted) {
      if (character === '"' && text[at + 1] === '"') {
        cell += '"';
        at++;
      } else if (character === '"') quoted = false;
      else cell += character;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(cell);
      cell = '';
    } else if (character === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at++;
    } else cell += character;
  }
  return rows;
};

describe('CSV', () => {
  test('numbers stay numbers, text that begins like a formula is defused', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          [-1.5, '-1.5'],
          [null, '=1+1'],
        ],
      ),
    ).toBe("a,b\r\n-1.5,'-1.5\r\n,'=1+1\r\n");
  });

  test('any text can be read back as it was', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !/^[=+\-@\t\r]/.test(value));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
        expect(readCsv(toCsv(['x', 'y'], rows))).toEqual([['x', 'y'], ...rows]);
      }),
    );
  });
});

test('a copied row is one line, whatever its values hold', () => {
  const text = toTabbed(
    ['a', 'b'],
    [
      ['x\ty\nz', '@evil'],
      [3, null],
    ],
  );
  expect(text).toBe("a\tb\nx y z\t'@evil\n3\t");
});
