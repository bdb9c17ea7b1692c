import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { histogramsOf } from '../../../../../src/main/accuracy/drift/day-histograms.ts';

/** Bins with one value each, the j-th at 2^j, for a few days. */
function binsOf(days: number[][]) {
  const width = days[0]?.length ?? 0;
  const ends = Float64Array.from({ length: width }, (_, j) => 2 ** j);
  return {
    lowest: 1,
    ends,
    single: new Uint8Array(width).fill(1),
    exact: true,
    groups: new Map(
      days.map((counts, d) => [
        100 + d,
        { n: Float64Array.from(counts), sum: Float64Array.from(counts, (n, j) => n * ((ends[j] as number) - 1)) },
      ]),
    ),
  };
}
const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe('histograms for the limit, from stored bins', () => {
  it('keep every row of every day, and the mean of all values', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }).chain((width) =>
          fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: width, maxLength: width }), {
            minLength: 1,
            maxLength: 4,
          }),
        ),
        (days) => {
          fc.pre(days.flat().some((n) => n > 0));
          const { days: merged, values } = histogramsOf(
            binsOf(days),
            days.map((_, d) => 100 + d),
          );
          expect(merged.map(total)).toEqual(days.map((counts) => counts.reduce((a, b) => a + b, 0)));
          const mean = merged.reduce(
            (sum, counts) => sum + counts.reduce((s, n, i) => s + n * (values[i] as number), 0),
            0,
          );
          const exact = days.reduce((sum, counts) => sum + counts.reduce((s, n, j) => s + n * 2 ** j, 0), 0);
          expect(mean / exact).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('merge the middle but leave single rows at the extremes apart', () => {
    const counts = [1, 1, ...Array<number>(996).fill(10), 1, 1];
    const { days, values } = histogramsOf(binsOf([counts]), [100]);
    expect(values.length).toBeLessThan(400);
    expect([...(days[0] as Float64Array).slice(0, 2)]).toEqual([1, 1]);
    expect([...(days[0] as Float64Array).slice(-2)]).toEqual([1, 1]);
  });
});
