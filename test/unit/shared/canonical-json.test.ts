import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../src/shared/canonical-json.ts';

test.each<[unknown, string]>([
  [{ b: 1, a: [true, null, 'é"\u2028'] }, '{"a":[true,null,"é\\"\u2028"],"b":1}'],
  [{ '\u00e9': 1, z: 2, '': 3 }, '{"":3,"z":2,"é":1}'],
  [{ gone: undefined, kept: null }, '{"kept":null}'],
  [[undefined, 1], '[null,1]'],
  [-0, '0'],
  [1e21, '1e+21'],
])('%j', (value, text) => {
  expect(canonicalJson(value)).toBe(text);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, { a: [Number.NEGATIVE_INFINITY] }])('%j is refused', (value) => {
  expect(() => canonicalJson(value)).toThrow(/^not a JSON number: /);
});

test.each([1n, () => 1, Symbol('a')])('a %s is refused', (value) => {
  expect(() => canonicalJson({ value })).toThrow(/^not a JSON value: /);
});

describe('for any JSON value', () => {
  test('it says the same, and says it the same way whatever the order of keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});
