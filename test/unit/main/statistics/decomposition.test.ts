import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellDisde, kitagawa } from '../../../../src/main/statistics/decomposition.ts';
import { kitagawaIntervals } from '../../../../src/main/statistics/decomposition-interval.ts';
import { createRandom, type Random } from '../../../../src/main/statistics/random.ts';

const group = fc
  .tuple(
    fc.integer({ min: 0, max: 500 }),
    fc.integer({ min: 0, max: 500 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([n0, n1, m0, m1]) => ({ n0, k0: n0 * m0, n1, k1: n1 * m1 }));
const partition = fc
  .array(group, { minLength: 1, maxLength: 20 })
  .filter((groups) => groups.some((g) => g.n0 > 0) && groups.some((g) => g.n1 > 0));

const overall = (groups: { n0: number; k0: number; n1: number; k1: number }[]) => {
  const sum = (pick: (g: (typeof groups)[number]) => number) => groups.reduce((total, g) => total + pick(g), 0);
  return sum((g) => g.k1) / sum((g) => g.n1) - sum((g) => g.k0) / sum((g) => g.n0);
};

describe('mix, relation, unseen', () => {
  it('add up to the change of the overall mean, whatever is unseen', () => {
    fc.assert(
      fc.property(partition, (groups) => {
        const parts = kitagawa(groups);
        expect(parts?.total).toBe((parts?.mix ?? 0) + (parts?.relation ?? 0) + (parts?.unseen ?? 0));
        expect(parts?.total).toBeCloseTo(overall(groups), 12);
        const cells = cellDisde(groups);
        if (cells) expect(cells.total).toBeCloseTo(overall(groups), 12);
        else expect(groups.every((g) => g.n0 === 0 || g.n1 === 0)).toBe(true);
      }),
    );
  });

  it('do not move when a constant is added to the metric', () => {
    fc.assert(
      fc.property(partition, (groups) => {
        const shifted = groups.map((g) => ({ ...g, k0: g.k0 + 7 * g.n0, k1: g.k1 + 7 * g.n1 }));
        for (const term of ['mix', 'relation', 'unseen'] as const) {
          expect(kitagawa(shifted)?.[term]).toBeCloseTo(kitagawa(groups)?.[term] as number, 10);
        }
      }),
    );
  });

  it('put a pure change into its own term', () => {
    const before = [
      { n0: 80, k0: 76 },
      { n0: 20, k0: 10 },
    ];
    const onlyMix = kitagawa(before.map((g, i) => ({ ...g, n1: i ? 50 : 50, k1: (50 * g.k0) / g.n0 })));
    expect(onlyMix).toMatchObject({ relation: 0, unseen: 0 });
    expect(onlyMix?.mix).toBeCloseTo(-0.3 * 0.45, 12);
    const onlyRelation = kitagawa(before.map((g) => ({ ...g, n1: g.n0, k1: g.k0 - 0.1 * g.n0 })));
    expect(onlyRelation?.mix).toBe(0);
    expect(onlyRelation?.relation).toBeCloseTo(-0.1, 12);
    const same = kitagawa([...before.map((g) => ({ ...g, n1: g.n0, k1: g.k0 })), { n0: 0, k0: 0, n1: 100, k1: 86 }]);
    expect(same?.unseen).toBeCloseTo(0, 12);
    expect(same).toMatchObject({ mix: 0, relation: 0, unseenMass: 0.5 });
  });

  it('are unseen altogether without a shared group, and null without rows', () => {
    const apart = [
      { n0: 10, k0: 9, n1: 0, k1: 0 },
      { n0: 0, k0: 0, n1: 10, k1: 5 },
    ];
    expect(kitagawa(apart)).toMatchObject({ mix: 0, relation: 0, unseen: -0.4, unseenMass: 1 });
    expect(cellDisde(apart)).toBeNull();
    expect(kitagawa([{ n0: 10, k0: 9, n1: 0, k1: 0 }])).toBeNull();
  });
});

describe('day-block intervals of the terms', () => {
  const shares = [0.95, 0.8, 0.6];
  const window = (random: Random, days: number, weights: number[], drop: number) =>
    Array.from({ length: days }, () => {
      const n = random.multinomial(
        400,
        weights.map((weight) => weight * Math.exp(0.3 * random.normal())),
      );
      return { n, k: n.map((rows, i) => random.binomial(rows, (shares[i] as number) - drop)) };
    });

  it('cover the planted terms', () => {
    const random = createRandom(41);
    // Group weights vary log-normally by day, so the truth comes from one very long pair of windows.
    const sums = (days: ReturnType<typeof window>) =>
      [0, 1, 2].map((i) => [
        days.reduce((sum, day) => sum + (day.n[i] as number), 0),
        days.reduce((sum, day) => sum + (day.k[i] as number), 0),
      ]);
    const before = sums(window(random, 20000, [6, 3, 1], 0));
    const after = sums(window(random, 20000, [4, 4, 2], 0.03));
    const truth = kitagawa(
      before.map(([n0, k0], i) => ({
        n0: n0 as number,
        k0: k0 as number,
        n1: after[i]?.[0] as number,
        k1: after[i]?.[1] as number,
      })),
    );
    const covered = { mix: 0, relation: 0, total: 0 };
    const runs = 150;
    for (let run = 0; run < runs; run++) {
      const terms = kitagawaIntervals({
        reference: window(random, 30, [6, 3, 1], 0),
        current: window(random, 10, [4, 4, 2], 0.03),
      });
      for (const term of ['mix', 'relation', 'total'] as const) {
        const { low, high } = terms?.[term] ?? { low: null, high: null };
        if ((low as number) <= (truth?.[term] as number) && (truth?.[term] as number) <= (high as number))
          covered[term] += 1;
      }
    }
    for (const count of Object.values(covered)) expect(count / runs).toBeGreaterThan(0.88);
    expect(covered.mix / runs).toBeLessThan(1);
  });

  it('keep the values but not the limits with few days', () => {
    const random = createRandom(42);
    const terms = kitagawaIntervals({
      reference: window(random, 30, [1, 1, 1], 0),
      current: window(random, 3, [1, 1, 1], 0),
    });
    expect(terms?.mix).toMatchObject({ low: null, high: null, reason: 'fewer than 5 days: 3', n: 1200 });
    expect(terms?.mix.value).not.toBeNull();
    expect(kitagawaIntervals({ reference: [], current: window(random, 9, [1, 1, 1], 0) })).toBeNull();
  });
});
