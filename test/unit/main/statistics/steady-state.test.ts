import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/main/statistics/random.ts';
import { mser5, outliersOf, steadyState } from '../../../../src/main/statistics/steady-state.ts';

/** Times around 10 with 1 % noise, shaped by the share of the run that has passed. */
function times(n: number, shape: (share: number) => number, seed = 61): number[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => 10 * shape(i / n) * (1 + 0.01 * random.normal()));
}

describe('steady state', () => {
  it('is flat from the first iteration when nothing happens', () => {
    for (let seed = 0; seed < 20; seed++) {
      const found = steadyState(times(500, () => 1, seed));
      expect(found.kind).toBe('flat');
      expect(found.from).toBe(0);
      expect(found.settled).toBeCloseTo(10, 1);
    }
  });

  it('is reached after a warm-up, whose slow iterations do not count', () => {
    const found = steadyState(times(1000, (share) => (share < 0.1 ? 1.3 : 1)));
    expect(found.kind).toBe('warm-up');
    expect(Math.abs((found.from ?? 0) - 100)).toBeLessThanOrEqual(2);
    expect(found.settled).toBeCloseTo(10, 1);
    expect(found.burst).toBeNull();
  });

  it('names a slowdown with its first burst and its settled time', () => {
    const found = steadyState(times(1000, (share) => (share < 0.2 ? 0.9 : 1)));
    expect(found.kind).toBe('slowdown');
    expect(found.burst).toBeCloseTo(9, 1);
    expect(found.settled).toBeCloseTo(10, 1);
  });

  it.each([
    ['a late step', (share: number) => (share < 0.85 ? 1 : 1.1)],
    ['a slide', (share: number) => 1 + 0.3 * share],
    ['a wave', (share: number) => 1 + 0.1 * Math.sin(25 * share)],
  ])('is not claimed for %s, and no mean is given', (_, shape) => {
    expect(steadyState(times(1000, shape))).toMatchObject({ kind: 'no steady state', from: null, settled: null });
  });

  it('sets outliers aside instead of making levels of them', () => {
    const values = times(600, () => 1);
    for (const i of [50, 300, 301, 599]) values[i] = 40;
    const found = steadyState(values);
    expect(found).toMatchObject({ kind: 'flat', outliers: [50, 300, 301, 599] });
    expect(found.settled).toBeCloseTo(10, 1);
  });

  it('does not tell levels apart that differ by less than 0.2 %', () => {
    const random = createRandom(62);
    const values = Array.from({ length: 1000 }, (_, i) => (i < 500 ? 10 : 10.015) * (1 + 0.0005 * random.normal()));
    expect(steadyState(values)).toMatchObject({ kind: 'flat', from: 0 });
    expect(steadyState(values).segments.length).toBe(2);
  });

  it('says nothing about fewer than 40 iterations, and stands equal readings', () => {
    expect(steadyState(times(39, () => 1))).toMatchObject({
      kind: 'not classified',
      reason: 'fewer than 40 iterations: 39',
    });
    expect(steadyState(new Array(100).fill(3))).toMatchObject({ kind: 'flat', settled: 3, outliers: [] });
  });

  it('of a run of 20 000 iterations starts within a stretch of the change', () => {
    const found = steadyState(times(20_000, (share) => (share < 0.1 ? 1.2 : 1)));
    expect(found.kind).toBe('warm-up');
    expect(Math.abs((found.from ?? 0) - 2000)).toBeLessThanOrEqual(10);
  });
});

describe('MSER-5', () => {
  it('cuts a transient off, and does not settle on a slide', () => {
    const { cut, settled } = mser5(times(1000, (share) => 1 + Math.exp(-share * 40)));
    expect(settled).toBe(true);
    expect(cut).toBeGreaterThan(50);
    expect(cut).toBeLessThan(300);
    expect(mser5(times(1000, (share) => 1 + share)).settled).toBe(false);
    expect(mser5([1, 2, 3])).toEqual({ cut: 0, settled: false });
  });
});

describe('outliers', () => {
  it('are those of a window sorted anew at every iteration', () => {
    const values = fc.array(fc.constantFrom(1, 1.01, 1.02, 1.03, 2, 9), { minLength: 1, maxLength: 450 });
    const at = (sorted: number[], p: number) => {
      const position = p * (sorted.length - 1);
      const low = sorted[Math.floor(position)] as number;
      return low + ((sorted[Math.ceil(position)] as number) - low) * (position % 1);
    };
    fc.assert(
      fc.property(values, (series) => {
        const n = series.length;
        const size = Math.min(200, n);
        const wanted = series.flatMap((value, i) => {
          const from = Math.max(0, Math.min(Math.ceil(i - size / 2), n - size));
          const sorted = series.slice(from, from + size).sort((a, b) => a - b);
          return Math.abs(value - at(sorted, 0.5)) > 3 * (at(sorted, 0.9) - at(sorted, 0.1)) + 1e-12 ? [i] : [];
        });
        expect(outliersOf(series)).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });
});
