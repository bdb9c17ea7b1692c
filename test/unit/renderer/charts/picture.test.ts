import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wrapped } from '../../../../src/renderer/charts/picture.ts';

const measure = (text: string): number => text.length;

it('breaks a caption where it no longer fits', () => {
  expect(wrapped('reference 2026-01-01 current', 20, measure)).toEqual(['reference 2026-01-01', 'current']);
  expect(wrapped('a', 0, measure)).toEqual(['a']);
});

it('loses no word and is never wider than asked, but for a word that is', () => {
  const text = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 40 }), (parts, width) => {
      const lines = wrapped(parts.join(' '), width, measure);
      expect(lines.join(' ')).toBe(parts.join(' '));
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
    }),
  );
});
