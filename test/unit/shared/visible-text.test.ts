import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentText } from '../../../src/shared/segment-text.ts';
import { visibleText, visibleValue } from '../../../src/shared/visible-text.ts';

test('nothing in a value can break, hide or reorder the line it stands in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(visibleText(value)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('line breaks are written out, overrides by their code point', () => {
  expect(visibleText('food\nnewline')).toBe('food\\nnewline');
  expect(visibleText('abc\u202edef')).toBe('abc‹U+202E›def');
  expect(visibleText('<b>IT</b>')).toBe('<b>IT</b>');
});

test('the missing value, the empty text and padding are told apart', () => {
  expect(visibleValue(null)).toBe('(missing)');
  expect(visibleValue('')).toBe('(empty)');
  expect(visibleValue(' x')).toBe('" x"');
  expect(visibleValue('x')).toBe('x');
});

test('a segment reads as its pairs', () => {
  expect(segmentText({})).toBe('all rows');
  expect(segmentText({ country: 'DE', tier: null })).toBe('country = DE and tier = (missing)');
});
