import { describe, expect, it } from 'vitest';
import { totalVariation, wasserstein } from '../../../../src/main/statistics/distance.ts';
import { classDriftLimits, driftLimits } from '../../../../src/main/statistics/prediction-drift.ts';
import { createRandom, type Random } from '../../../../src/main/statistics/random.ts';

const values = Float64Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40);

/** One day of scores around `centre`, moved by a day effect. */
const day = (random: Random, rows: number, effect: number, centre = 0.6): Float64Array => {
  const middle = centre + effect * random.normal();
  return random.multinomial(
    rows,
    values.map((value) => Math.exp(-12 * (value - middle) ** 2)),
  );
};

const window = (random: Random, count: number, rows: number, effect: number, centre?: number) =>
  Array.from({ length: count }, () => day(random, rows, effect, centre));

const pooled = (days: Float64Array[]) => values.map((_, i) => days.reduce((sum, one) => sum + (one[i] as number), 0));

const rowsOf = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);

describe('chance limit of prediction drift', () => {
  it.each([0, 0.03])('is exceeded about once in a hundred when nothing changed (day effect %d)', (effect) => {
    const random = createRandom(8);
    let exceeded = 0;
    const runs = 200;
    for (let run = 0; run < runs; run++) {
      const reference = window(random, 30, 300, effect);
      const current = pooled(window(random, 7, 300, effect));
      const { threshold } = driftLimits({ reference, values, replicates: 150, seed: run })({
        days: 7,
        rows: rowsOf(current),
      });
      if ((wasserstein(values, pooled(reference), current).value as number) > (threshold as number)) exceeded += 1;
    }
    // Binomial(200, 1 %): more than eight happens once in 4000.
    expect(exceeded).toBeLessThanOrEqual(8);
  });

  it('finds a real shift, and grows as the current window shrinks', () => {
    const random = createRandom(9);
    const reference = window(random, 30, 2000, 0.01);
    const limits = driftLimits({ reference, values, seed: 1 });
    const limit = (rows: number) => limits({ days: 7, rows }).threshold as number;
    const moved = pooled(window(random, 7, 2000, 0.01, 0.65));
    expect(wasserstein(values, pooled(reference), moved).value as number).toBeGreaterThan(limit(14000));
    expect(limit(100)).toBeGreaterThan(2 * limit(14000));
  });

  it('says when days are too few to be the blocks, and is repeatable', () => {
    const reference = window(createRandom(10), 13, 500, 0.02);
    const run = () => driftLimits({ reference, values, replicates: 100, seed: 2 })({ days: 3, rows: 900 });
    expect(run()).toMatchObject({ method: 'wasserstein-iid-row-bootstrap@2', blocks: 13 });
    expect(run()).toEqual(run());
  });

  it('is null with a reason without rows, and ignores empty days', () => {
    const limitOf = (reference: Float64Array[], rows = 10) =>
      driftLimits({ values, reference, seed: 1, replicates: 50 })({ days: 1, rows });
    expect(limitOf([]).reason).toBe('no rows in the reference');
    const reference = [...window(createRandom(3), 14, 50, 0), new Float64Array(40)];
    expect(limitOf(reference, 0).reason).toBe('no rows in the current window');
    expect(limitOf(reference).blocks).toBe(14);
  });

  it('does not hang on which windows were asked about before', () => {
    const reference = window(createRandom(12), 20, 300, 0.02);
    const fresh = () => driftLimits({ values, reference, seed: 7, replicates: 200 });
    const asked = fresh();
    asked({ days: 7, rows: 1500 });
    asked({ days: 2, rows: 90, quantile: 0.999 });
    for (const current of [
      { days: 1, rows: 120 },
      { days: 7, rows: 1500, quantile: 0.9 },
      { days: 30, rows: 9000 },
    ]) {
      expect(asked(current)).toEqual(fresh()(current));
    }
  });

  it('works for classes with the total variation distance', () => {
    const random = createRandom(11);
    const classes = (weights: number[]) => random.multinomial(400, weights);
    const reference = Array.from({ length: 20 }, () => classes([5, 3, 2]));
    const { threshold, method } = classDriftLimits({ reference, seed: 1 })({ days: 5, rows: 2000 });
    const total = (days: Float64Array[]) =>
      [0, 1, 2].map((i) => days.reduce((sum, one) => sum + (one[i] as number), 0));
    const moved = Array.from({ length: 5 }, () => classes([4, 3, 3]));
    const same = Array.from({ length: 5 }, () => classes([5, 3, 2]));
    expect(method).toBe('total-variation-day-block-bootstrap@2');
    expect(totalVariation(total(reference), total(moved)).value as number).toBeGreaterThan(threshold as number);
    expect(totalVariation(total(reference), total(same)).value as number).toBeLessThan(threshold as number);
  });
});
