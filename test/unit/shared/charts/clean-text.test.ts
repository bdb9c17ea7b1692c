import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '../../../../src/shared/charts/clean-text.ts';

test('ordinary text stays as it is', () => expect(cleanText('gp-4.1 (München) → 2')).toBe('gp-4.1 (München) → 2'));

test('long text is cut by characters, not by halves of them', () =>
  expect(cleanText('😀'.repeat(9), 4)).toBe('😀😀😀…'));

test('no text can break the line, reorder it or speak the markup of the canvas', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 80 });
  const markup = fc.tuple(fc.stringMatching(/^\w{1,5}$/), anything).map(([name, text]) => `{${name}|${text}}`);
  fc.assert(
    fc.property(fc.oneof(anything, markup), (text) => {
      const clean = cleanText(text);
      expect(clean).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(clean).not.toMatch(/\{\w+\|/);
    }),
  );
});
