import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moverDifference } from '../../../../src/main/statistics/difference.ts';
import { newcombe, wilson } from '../../../../src/main/statistics/proportion.ts';
import { decide, neededN } from '../../../../src/main/statistics/verdict.ts';

const estimate = (value: number, low: number, high: number, n = 100) => ({
  value,
  low,
  high,
  level: 0.95,
  n,
  method: 'test@1',
});

describe('verdict', () => {
  it.each([
    [-0.05, -0.02, 'regression', 'improvement'],
    [0.02, 0.05, 'improvement', 'regression'],
    [-0.009, 0.01, 'no change', 'no change'],
    [-0.02, 0.005, 'inconclusive', 'inconclusive'],
    [-0.05, 0.05, 'inconclusive', 'inconclusive'],
    [-0.05, -0.005, 'inconclusive', 'inconclusive'],
  ] as const)('of [%d, %d] within 0.01 is %s, and %s for a loss', (low, high, higher, lower) => {
    expect(decide({ low, high, delta: 0.01, direction: 'higher-is-better' })).toBe(higher);
    expect(decide({ low, high, delta: 0.01, direction: 'lower-is-better' })).toBe(lower);
  });

  it('is inconclusive without limits', () => {
    expect(decide({ low: null, high: 1, delta: 0.01, direction: 'higher-is-better' })).toBe('inconclusive');
  });

  it('is decided by the rows it asks for, and not by fewer', () => {
    const limits = fc.tuple(
      fc.double({ min: -0.1, max: 0.1, noNaN: true }),
      fc.double({ min: 0.001, max: 0.2, noNaN: true }),
      fc.double({ min: 0.001, max: 0.2, noNaN: true }),
    );
    fc.assert(
      fc.property(limits, ([value, below, above]) => {
        const delta = 0.02;
        fc.pre(Math.abs(Math.abs(value) - delta) > 1e-3);
        const n = neededN(estimate(value, value - below, value + above), delta) as number;
        const at = (rows: number) => {
          const scale = Math.sqrt(100 / rows);
          return decide({
            low: value - below * scale,
            high: value + above * scale,
            delta,
            direction: 'higher-is-better',
          });
        };
        expect(n).toBeGreaterThanOrEqual(100);
        expect(at(n * 1.001)).not.toBe('inconclusive');
        if (n > 101) expect(at(n * 0.98)).toBe('inconclusive');
      }),
    );
    expect(neededN(estimate(0.02, 0, 0.05), 0.02)).toBeNull();
    expect(neededN({ ...estimate(0, 0, 0), low: null }, 0.02)).toBeNull();
  });
});

describe('difference of two estimates', () => {
  it('is Newcombe when the estimates are Wilson shares', () => {
    const wanted = newcombe(56, 70, 48, 80, 0.95);
    const got = moverDifference(wilson(56, 70, 0.95), wilson(48, 80, 0.95));
    for (const key of ['value', 'low', 'high'] as const) expect(got[key]).toBeCloseTo(wanted[key] as number, 12);
    expect(got.n).toBe(70);
  });

  it('passes reasons on', () => {
    const unknown = { ...estimate(0, 0, 0), value: null, low: null, high: null, reason: 'no rows' };
    expect(moverDifference(unknown, estimate(0, 0, 0)).reason).toBe('current: no rows');
    const bare = { ...estimate(1, 0, 0), low: null, high: null, reason: 'few days' };
    expect(moverDifference(bare, estimate(0.25, 0, 1))).toMatchObject({ value: 0.75, low: null, reason: 'few days' });
  });
});
