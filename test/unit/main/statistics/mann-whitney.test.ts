import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannWhitney } from '../../../../src/main/statistics/mann-whitney.ts';

describe('Mann-Whitney', () => {
  it('is the same from both sides and under any rising transformation', () => {
    const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(sample, sample, (x, y) => {
        const there = mannWhitney(x, y);
        const back = mannWhitney(y, x);
        if (there === null || back === null) {
          expect(new Set([...x, ...y]).size).toBe(1);
          return;
        }
        expect(there.pValue).toBeCloseTo(back.pValue, 12);
        expect(there.u + back.u).toBe(x.length * y.length);
        expect(there.pValue).toBeGreaterThan(0);
        expect(there.pValue).toBeLessThanOrEqual(1);
        expect(mannWhitney(x.map(Math.exp), y.map(Math.exp))).toEqual(there);
      }),
    );
  });

  it('counts all orderings of small samples', () => {
    // 2 of the 20 orderings of three and three are this extreme.
    expect(mannWhitney([1, 2, 3], [4, 5, 6])).toEqual({
      u: 0,
      pValue: expect.closeTo(0.1, 12),
      method: 'mann-whitney-exact@1',
    });
    expect(mannWhitney([1, 2, 3], [3, 5, 6])?.method).toBe('mann-whitney-normal@1');
    expect(mannWhitney([], [1])).toBeNull();
  });
});
