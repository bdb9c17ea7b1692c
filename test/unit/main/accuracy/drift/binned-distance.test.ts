import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binnedDeviation, binnedDistance, shareBins } from '../../../../../src/main/accuracy/drift/binned-distance.ts';
import type { BinnedValues } from '../../../../../src/main/accuracy/drift/binned-values.ts';
import { wasserstein } from '../../../../../src/main/statistics/distance.ts';

/** Bins of both samples whose ends are every `step`-th distinct value. */
function binned(reference: number[], current: number[], step: number) {
  const distinct = [...new Set([...reference, ...current])].sort((a, b) => a - b);
  const lowest = distinct[0] as number;
  const ends = distinct.filter((_, i) => i % step === step - 1 || i === distinct.length - 1);
  const side = (values: number[]): BinnedValues => {
    const out = { n: new Float64Array(ends.length), sum: new Float64Array(ends.length) };
    for (const value of values) {
      const j = ends.findIndex((end) => value <= end);
      out.n[j] = (out.n[j] as number) + 1;
      out.sum[j] = (out.sum[j] as number) + value - lowest;
    }
    return out;
  };
  const single = ends.map((end, j) =>
    Number(distinct.every((value) => value >= end || (j > 0 && value <= (ends[j - 1] as number)))),
  );
  return {
    bins: { lowest, ends: Float64Array.from(ends), single: Uint8Array.from(single) },
    reference: side(reference),
    current: side(current),
    exact: wasserstein(
      distinct,
      distinct.map((value) => reference.filter((one) => one === value).length),
      distinct.map((value) => current.filter((one) => one === value).length),
    ).value as number,
  };
}

const samples = fc.array(
  fc.integer({ min: -400, max: 400 }).map((value) => value / 8),
  { minLength: 1, maxLength: 60 },
);

describe('binned Wasserstein distance', () => {
  it('never errs by more than its bound', () => {
    fc.assert(
      fc.property(samples, samples, fc.integer({ min: 1, max: 12 }), (a, b, step) => {
        const { bins, reference, current, exact } = binned(a, b, step);
        const found = binnedDistance(bins, reference, current);
        expect(Math.abs((found?.wasserstein ?? Number.NaN) - exact)).toBeLessThanOrEqual((found?.bound ?? 0) + 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  it('is exact, and says so, when each value is a bin', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const { bins, reference, current, exact } = binned(a, b, 1);
        const found = binnedDistance(bins, reference, current);
        expect(found?.bound).toBe(0);
        expect(found?.wasserstein).toBeCloseTo(exact, 10);
      }),
    );
  });

  it('is exact on wide bins when one side lies wholly above the other', () => {
    const { bins, reference, current, exact } = binned([0, 1, 2, 3, 4, 5, 6, 7], [20, 21.5, 22, 29, 30, 31], 4);
    const found = binnedDistance(bins, reference, current);
    expect(found?.wasserstein).toBeCloseTo(exact, 12);
    expect(found?.bound).toBe(0);
  });

  it('answers null for an empty side', () => {
    const { bins, reference } = binned([1, 2, 3], [2], 1);
    const nothing = { n: new Float64Array(3), sum: new Float64Array(3) };
    expect(binnedDistance(bins, reference, nothing)).toBeNull();
    expect(binnedDistance(bins, nothing, reference)).toBeNull();
  });
});

describe('tenths of the reference', () => {
  it('hold a tenth each without ties, and keep ties together', () => {
    const plain = binned(
      Array.from({ length: 100 }, (_, i) => i),
      [5, 15, 95, 200],
      1,
    );
    const shares = shareBins(plain.reference, plain.current);
    expect([...shares.reference]).toEqual(Array(10).fill(10));
    expect([...shares.current]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
    const tied = binned([...Array(35).fill(0), ...Array.from({ length: 65 }, (_, i) => i + 1)], [0, 0], 1);
    expect(shareBins(tied.reference, tied.current).reference[0]).toBe(35);
  });
});

describe('deviation of binned values', () => {
  it('equals the population standard deviation when each value is a bin', () => {
    const { reference } = binned([1, 2, 2, 5], [3], 1);
    expect(binnedDeviation(reference)).toBeCloseTo(1.5, 12);
  });
});
