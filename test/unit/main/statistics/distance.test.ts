import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  jensenShannon,
  kolmogorovSmirnov,
  populationStability,
  sturgesEdges,
  totalVariation,
  wasserstein,
} from '../../../../src/main/statistics/distance.ts';
import {
  evidentlyDefault,
  nannymlLimits,
  tfdvCategorical,
  tfdvNumeric,
} from '../../../../src/main/statistics/drift-presets.ts';
import { kolmogorovExact } from '../../../../src/main/statistics/kolmogorov.ts';

const histograms = fc.integer({ min: 2, max: 30 }).chain((cells) => {
  const histogram = fc
    .array(fc.integer({ min: 0, max: 100 }), { minLength: cells, maxLength: cells })
    .filter((counts) => counts.some((count) => count > 0));
  return fc.tuple(histogram, histogram, histogram);
});

const positions = (counts: number[]) => counts.map((_, i) => i * i * 0.01);

describe('distances', () => {
  it('are 0 for equal shares, symmetric, and obey the triangle inequality', () => {
    fc.assert(
      fc.property(histograms, ([a, b, c]) => {
        const measures = [
          (p: number[], q: number[]) => wasserstein(positions(p), p, q).value as number,
          (p: number[], q: number[]) => totalVariation(p, q).value as number,
          (p: number[], q: number[]) => jensenShannon(p, q, { base: 2 }).distance.value as number,
          (p: number[], q: number[]) => kolmogorovSmirnov(p, q)?.statistic as number,
        ];
        for (const distance of measures) {
          expect(
            distance(
              a,
              a.map((count) => 3 * count),
            ),
          ).toBeCloseTo(0, 7);
          expect(distance(a, b)).toBeCloseTo(distance(b, a), 12);
          expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c) + 1e-7);
        }
        expect(kolmogorovSmirnov(a, b)?.statistic).toBeLessThanOrEqual((totalVariation(a, b).value as number) + 1e-12);
        expect(measures[2]?.(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('measure a shift in the unit of the score', () => {
    expect(wasserstein([0, 0.1, 0.2, 0.3], [5, 5, 0, 0], [0, 0, 5, 5]).value).toBeCloseTo(0.2, 12);
  });

  it('are null with a reason for an empty side, and for PSI with an empty cell and no fill', () => {
    expect(wasserstein([0, 1], [0, 0], [1, 1]).reason).toBe('no rows in the reference');
    expect(jensenShannon([1], [0]).distance.reason).toBe('no rows in the current window');
    expect(kolmogorovSmirnov([0], [1])).toBeNull();
    expect(populationStability([1, 0], [1, 1]).reason).toBe('a cell is empty on one side only');
    expect(populationStability([1, 0, 0], [1, 1, 0], { zeroFill: 1e-4 }).value).toBeGreaterThan(0);
  });

  it('bin a constant and a narrow integer sample as numpy does', () => {
    expect(Array.from(sturgesEdges({ n: 10, min: 3, max: 3 }))).toEqual([2.5, 3.5]);
    expect(sturgesEdges({ n: 1000, min: 0, max: 4, integer: true }).length).toBe(5);
    expect(sturgesEdges({ n: 1000, min: 0, max: 4 }).length).toBe(12);
  });
});

describe('exact Kolmogorov-Smirnov', () => {
  it('counts lattice paths: full separation has the two extreme paths only', () => {
    expect(kolmogorovExact(1, 4, 3)).toBeCloseTo(2 / 35, 14);
    expect(kolmogorovExact(0, 4, 3)).toBe(1);
    expect(kolmogorovExact(1, 100, 80)).toBeGreaterThan(0);
  });
});

describe('presets of other tools', () => {
  const x = Array.from({ length: 30 }, (_, i) => i);
  const flat = x.map(() => 10);
  const tilted = x.map((i) => i);

  it('choose the test the tool would choose', () => {
    const big = flat.map((count) => 10 * count);
    expect(evidentlyDefault({ x, reference: flat, current: tilted })).toMatchObject({ method: 'ks', drifted: true });
    expect(evidentlyDefault({ x, reference: big, current: tilted }).method).toBe('wasserstein');
    expect(evidentlyDefault({ x: null, reference: big, current: tilted }).method).toBe('jensenshannon');
    const few = { x: null, reference: [50, 30, 20], current: [30, 30, 40] };
    // scipy.stats.chisquare([30, 30, 40], [50, 30, 20])
    expect(evidentlyDefault(few).score.value).toBeCloseTo(8.315287191035679e-7, 15);
    expect(evidentlyDefault({ x: null, reference: [50, 50], current: [40, 60] })).toMatchObject({
      method: 'z',
      drifted: false,
    });
  });

  it('set the limits the tool would set', () => {
    expect(nannymlLimits([1, 2, 3, 4])).toEqual({ low: 2.5 - 3 * Math.sqrt(1.25), high: 2.5 + 3 * Math.sqrt(1.25) });
    expect(nannymlLimits([0.9, 1, 0.9, 1], { high: 1 })?.high).toBe(1);
    expect(nannymlLimits([])).toBeNull();
    expect(tfdvCategorical({ x: null, reference: [1, 1], current: [3, 1] }, 0.2)).toMatchObject({
      score: { value: 0.25 },
      drifted: true,
    });
    expect(tfdvNumeric({ x: null, reference: [1, 0], current: [0, 1] }, 0.5).score.value).toBeCloseTo(1, 12);
  });
});
