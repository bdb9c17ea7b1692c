import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  benjaminiHochberg,
  hierarchicalBenjaminiHochberg,
  holm,
} from '../../../../src/main/statistics/multiplicity.ts';
import { createRandom } from '../../../../src/main/statistics/random.ts';

const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

describe('adjusted p-values', () => {
  it('keep the order, never fall below p, and Holm is never below Benjamini-Hochberg', () => {
    fc.assert(
      fc.property(values, (p) => {
        const bh = benjaminiHochberg(p);
        const strict = holm(p);
        p.forEach((value, i) => {
          expect(bh[i]).toBeGreaterThanOrEqual(value * (1 - 1e-12));
          expect(strict[i]).toBeGreaterThanOrEqual((bh[i] as number) * (1 - 1e-12));
          p.forEach((other, j) => {
            if (value <= other) expect(bh[i]).toBeLessThanOrEqual(bh[j] as number);
          });
        });
      }),
    );
  });

  it('charge each level for the number of non-empty levels only', () => {
    expect(hierarchicalBenjaminiHochberg([[0.01], [], [0.02, 0.5]])).toEqual([[0.02], [], [0.08, 1]]);
    expect(hierarchicalBenjaminiHochberg([[0.01], []])).toEqual([[0.01], []]);
  });

  it('hold the false discovery rate of all levels together', () => {
    const random = createRandom(5);
    let falseShare = 0;
    const runs = 500;
    for (let run = 0; run < runs; run++) {
      // Ten parents of which two are harmed, 200 pairs of which five are.
      const level = (size: number, harmed: number) =>
        Array.from({ length: size }, (_, i) => (i < harmed ? random.next() * 1e-4 : random.next()));
      const adjusted = hierarchicalBenjaminiHochberg([level(10, 2), level(200, 5)]);
      const rejected = [adjusted[0]?.map((p) => p <= 0.1) ?? [], adjusted[1]?.map((p) => p <= 0.1) ?? []];
      const wrong = [...(rejected[0]?.slice(2) ?? []), ...(rejected[1]?.slice(5) ?? [])].filter(Boolean).length;
      falseShare += wrong / Math.max(1, rejected.flat().filter(Boolean).length) / runs;
    }
    expect(falseShare).toBeLessThan(0.1);
    expect(falseShare).toBeGreaterThan(0.01);
  });

  it('refuse what is no probability', () => {
    expect(() => benjaminiHochberg([0.5, Number.NaN])).toThrow('p-value outside 0..1: NaN');
  });
});
