import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fewestForPercentile,
  harrellDavis,
  orderStatisticRanks,
  percentile,
  sortedQuantile,
} from '../../../../src/main/statistics/percentile.ts';
import { createRandom } from '../../../../src/main/statistics/random.ts';

const latencies = fc.array(fc.double({ min: 0.01, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('quantiles', () => {
  it('stay inside the values, rise with p and keep the unit', () => {
    const shares = fc.tuple(fc.double({ min: 0.02, max: 0.98 }), fc.double({ min: 0.02, max: 0.98 }));
    fc.assert(
      fc.property(latencies, shares, (values, [p, q]) => {
        fc.pre(p < q);
        const sorted = Float64Array.from(values).sort();
        for (const quantile of [sortedQuantile, harrellDavis]) {
          const low = quantile(sorted, p);
          const high = quantile(sorted, q);
          const slack = 1e-9 * (sorted.at(-1) as number);
          expect(low).toBeGreaterThanOrEqual((sorted[0] as number) - slack);
          expect(high).toBeLessThanOrEqual((sorted.at(-1) as number) + slack);
          expect(low).toBeLessThanOrEqual(high + slack);
          expect(
            quantile(
              sorted.map((value) => 1000 * value),
              p,
            ),
          ).toBeCloseTo(1000 * low, 5);
        }
      }),
    );
  });
});

describe('percentile of a run', () => {
  it.each([
    [0.5, 6],
    [0.9, 36],
    [0.95, 72],
    [0.99, 368],
  ])('p%d is refused below %d values, with the number in the reason', (p, fewest) => {
    expect(fewestForPercentile(p)).toBe(fewest);
    const values = Array.from({ length: fewest }, (_, i) => i + 1);
    expect(percentile(values.slice(1), p)).toMatchObject({
      value: null,
      low: null,
      reason: `p${100 * p} needs ${fewest} values: ${fewest - 1}`,
    });
    const got = percentile(values, p);
    expect(got.low).toBeLessThanOrEqual(got.value as number);
    expect(got.high).toBe(fewest);
  });

  it('changes its method at 200 values, and the order of the values does not matter', () => {
    const values = Array.from({ length: 200 }, (_, i) => Math.sin(i) + 2);
    expect(percentile(values.slice(1), 0.9).method).toBe('harrell-davis@1');
    expect(percentile(values, 0.9).method).toBe('type-7@1');
    expect(percentile([...values].reverse(), 0.9)).toEqual(percentile(values, 0.9));
  });

  it('holds the true value at least as often as it says, whatever the distribution', () => {
    const random = createRandom(41);
    const runs = 400;
    let held = 0;
    for (let run = 0; run < runs; run++) {
      const { low, high } = percentile(
        Array.from({ length: 100 }, () => random.next() ** 8),
        0.9,
      );
      if ((low as number) <= 0.9 ** 8 && 0.9 ** 8 <= (high as number)) held += 1;
    }
    // At least 95 %: 365 of 400 and fewer happens once in a thousand.
    expect(held).toBeGreaterThan(365);
  });

  it('gives ranks that mirror each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 36, max: 3000 }), (n) => {
        const high = orderStatisticRanks(n, 0.9);
        const low = orderStatisticRanks(n, 0.1);
        expect(low).toEqual({ low: n + 1 - (high?.high ?? 0), high: n + 1 - (high?.low ?? 0) });
      }),
      { numRuns: 50 },
    );
  });

  it('does not take what is not a number', () => {
    expect(() => percentile([1, Number.NaN], 0.5)).toThrow('not a finite number among the values');
    expect(() => percentile([1], 1)).toThrow('percentile outside 0..1: 1');
  });
});
