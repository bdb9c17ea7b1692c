import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/main/statistics/random.ts';

describe('seeded generator', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const draw = (seed: number) => {
      const random = createRandom(seed);
      return [random.next(), random.normal(), random.integer(1000), random.binomial(500, 0.3)];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(new Set(Array.from({ length: 200 }, (_, seed) => draw(seed)[0])).size).toBe(200);
  });

  it('keeps its first words, so that old results can be recomputed', () => {
    const random = createRandom(1);
    expect([random.next(), random.next(), random.integer(1e6)]).toMatchInlineSnapshot(`
      [
        0.55274200317649,
        0.6236907266002506,
        649971,
      ]
    `);
  });

  it.each([
    [5, 0.3],
    [100, 0.05],
    [100, 0.3],
    [1e6, 0.7],
    [1e9, 5e-9],
  ])('binomial(%d, %d) has the right mean and variance', (n, p) => {
    const random = createRandom(3);
    const draws = 100_000;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < draws; i++) {
      const deviation = random.binomial(n, p) - n * p;
      sum += deviation;
      squares += deviation * deviation;
    }
    const variance = n * p * (1 - p);
    expect(Math.abs(sum / draws)).toBeLessThan(4.5 * Math.sqrt(variance / draws));
    expect(Math.abs(squares / draws / variance - 1)).toBeLessThan(0.03);
  });

  it('multinomial counts add up, respect zeros and follow the weights', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 1e6 }),
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 20 }).filter((w) => w.some((x) => x > 0)),
        (seed, n, weights) => {
          const counts = createRandom(seed).multinomial(n, weights);
          expect(counts.reduce((a, b) => a + b, 0)).toBe(n);
          const total = weights.reduce((a, b) => a + b, 0);
          weights.forEach((weight, i) => {
            const p = weight / total;
            const allowed = 7 * Math.sqrt(n * p * (1 - p)) + 7 * Number(weight > 0);
            expect(Math.abs((counts[i] as number) - n * p)).toBeLessThanOrEqual(allowed + 1e-9);
          });
        },
      ),
    );
  });
});
