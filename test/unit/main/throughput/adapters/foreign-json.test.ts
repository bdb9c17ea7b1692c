import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonProblem, parseForeignJson } from '../../../../../src/main/throughput/adapters/foreign-json.ts';

describe('JSON of other programs', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1), (text, indent) => {
        const pretty = JSON.stringify(JSON.parse(text), null, indent);
        const rounded = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value);
        expect(JSON.stringify(parseForeignJson(pretty).value, rounded)).toBe(JSON.stringify(JSON.parse(pretty)));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps integers beyond 2^53 exact, and the words Python writes', () => {
    expect(
      parseForeignJson('[14771362308971278857, -9007199254740993, NaN, -Infinity, 9007199254740991]').value,
    ).toEqual([14771362308971278857n, -9007199254740993n, Number.NaN, Number.NEGATIVE_INFINITY, 9007199254740991]);
  });

  it('reports keys that occur twice by their path', () => {
    expect(parseForeignJson('{"a": [{"b": 1, "b": 2}], "c": 1}').duplicates).toEqual(['a[0].b']);
  });

  it.each([
    ['{"a": 1,}', 'not valid JSON at line 1, column 9'],
    ['[1\n2]', 'not valid JSON at line 2, column 1'],
    ['{"a": "b', 'ends too early at line 1, column 9'],
    ['[1] 2', 'not valid JSON at line 1, column 5'],
    ['"\\x"', 'not valid JSON at line 1, column 1'],
  ])('%j says where it breaks', (text, problem) => {
    expect(() => parseForeignJson(text)).toThrow(new JsonProblem(problem));
  });
});
