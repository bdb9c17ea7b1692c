import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pelt } from '../../../../src/main/statistics/pelt.ts';
import { createRandom } from '../../../../src/main/statistics/random.ts';

/** Twice the negative log-likelihood of one segment, from its definition. */
function cost(values: readonly number[], floor: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const own = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const least = floor * floor;
  return values.length * (own > least ? Math.log(own) + 1 : Math.log(least) + own / least);
}

function total(values: readonly number[], points: readonly number[], penalty: number, floor: number): number {
  const bounds = [0, ...points, values.length];
  return points.reduce(
    (sum, point, i) => sum + penalty + cost(values.slice(point, bounds[i + 2]), floor),
    cost(values.slice(0, bounds[1]), floor),
  );
}

/** The best of all ways to cut, without pruning. */
function everyWay(values: readonly number[], penalty: number, floor: number): number {
  const best = new Array<number>(values.length + 1).fill(Number.POSITIVE_INFINITY);
  best[0] = -penalty;
  for (let to = 3; to <= values.length; to++) {
    for (let from = 0; from <= to - 3; from++) {
      best[to] = Math.min(best[to] as number, (best[from] as number) + cost(values.slice(from, to), floor) + penalty);
    }
  }
  return best[values.length] as number;
}

describe('PELT', () => {
  it('finds the optimum that trying every cut finds', () => {
    const level = fc.record({
      length: fc.integer({ min: 1, max: 9 }),
      mean: fc.integer({ min: -3, max: 3 }),
      spread: fc.constantFrom(0, 0.1, 1),
    });
    const series = fc.tuple(fc.array(level, { minLength: 1, maxLength: 6 }), fc.integer());
    fc.assert(
      fc.property(series, fc.constantFrom(0, 2, 8, 30), ([levels, seed], penalty) => {
        const random = createRandom(seed);
        const values = levels.flatMap(({ length, mean, spread }) =>
          Array.from({ length }, () => mean + spread * random.normal()),
        );
        fc.pre(values.length >= 3);
        const points = pelt(values, penalty, 0.05);
        const bounds = [0, ...points, values.length];
        for (let i = 1; i < bounds.length; i++) {
          expect((bounds[i] as number) - (bounds[i - 1] as number)).toBeGreaterThanOrEqual(3);
        }
        const got = total(values, points, penalty, 0.05);
        const wanted = everyWay(values, penalty, 0.05);
        expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-8 * (1 + Math.abs(wanted)));
      }),
      { numRuns: 300 },
    );
  });

  it('sees a change of the mean alone and of the variance alone', () => {
    const random = createRandom(51);
    const noise = Array.from({ length: 600 }, () => random.normal());
    const penalty = 15 * Math.log(600);
    const mean = pelt(
      noise.map((value, i) => value + (i < 200 ? 0 : 3)),
      penalty,
      0.01,
    );
    const spread = pelt(
      noise.map((value, i) => value * (i < 400 ? 1 : 5)),
      penalty,
      0.01,
    );
    expect(mean.map((point) => Math.abs(point - 200) <= 3)).toEqual([true]);
    expect(spread.map((point) => Math.abs(point - 400) <= 5)).toEqual([true]);
    expect(pelt(noise, penalty, 0.01)).toEqual([]);
    expect(pelt([1, 2], penalty, 0.01)).toEqual([]);
  });
});
