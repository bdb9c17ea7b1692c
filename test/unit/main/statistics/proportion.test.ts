import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logGamma, normalCdf } from '../../../../src/main/statistics/distributions.ts';
import {
  clopperPearson,
  meanDifference,
  meanDifferenceTail,
  newcombe,
  newcombeTailProbability,
  wilson,
} from '../../../../src/main/statistics/proportion.ts';
import { shareDropTail } from '../../../../src/main/statistics/tail-probability.ts';

const counts = fc
  .tuple(fc.integer({ min: 0, max: 1e4 }), fc.double({ min: 1, max: 1e7, noNaN: true }))
  .map(([share, n]) => ({ k: (share / 1e4) * n, n }));

const mass = (k: number, n: number, p: number): number =>
  Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p));

describe('interval of a share', () => {
  it('holds the share, stays in 0..1 and mirrors with it, for fractional counts too', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0.8, 0.95, 0.99), ({ k, n }, level) => {
        for (const method of [wilson, clopperPearson]) {
          const { value, low, high } = method(k, n, level) as { value: number; low: number; high: number };
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(value + 1e-12);
          expect(high).toBeGreaterThanOrEqual(value - 1e-12);
          const mirrored = method(n - k, n, level) as { low: number };
          expect(Math.abs(mirrored.low - (1 - high))).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('covers as published: Wilson near, Clopper-Pearson never below the level', () => {
    for (const [n, p] of [
      [20, 0.1],
      [50, 0.5],
      [100, 0.94],
    ] as const) {
      const covered = { wilson: 0, exact: 0 };
      for (let k = 0; k <= n; k++) {
        const inside = ({ low, high }: { low: number | null; high: number | null }) =>
          (low as number) <= p && p <= (high as number) ? mass(k, n, p) : 0;
        covered.wilson += inside(wilson(k, n, 0.95));
        covered.exact += inside(clopperPearson(k, n, 0.95));
      }
      expect(covered.wilson).toBeGreaterThan(0.93);
      expect(covered.wilson).toBeLessThan(0.98);
      expect(covered.exact).toBeGreaterThanOrEqual(0.95);
    }
  });

  it('gives a reason instead of a number without rows', () => {
    for (const none of [wilson(0, 0, 0.95), clopperPearson(0, 0, 0.95), newcombe(1, 2, 0, 0, 0.95)]) {
      expect(none).toMatchObject({ value: null, low: null, high: null, reason: 'no rows' });
    }
    expect(wilson(5, 3, 0.95).reason).toContain('outside');
  });
});

describe('difference of shares', () => {
  it('is antisymmetric', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const ab = newcombe(a.k, a.n, b.k, b.n, 0.95);
        const ba = newcombe(b.k, b.n, a.k, a.n, 0.95);
        expect((ab.low as number) + (ba.high as number)).toBeCloseTo(0, 12);
      }),
    );
  });

  it('has a tail probability that agrees with its interval', () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    const rows = fc.integer({ min: 10, max: 100_000 });
    fc.assert(
      fc.property(share, rows, share, rows, fc.double({ min: 0, max: 0.2, noNaN: true }), (p1, n1, p0, n0, margin) => {
        const p = newcombeTailProbability(p1, n1, p0, n0, margin);
        const { high } = newcombe(p1 * n1, n1, p0 * n0, n0, 0.95);
        fc.pre(Math.abs((high as number) + margin) > 1e-9);
        expect(p < 0.025).toBe((high as number) < -margin);
        if (Math.abs(p1 - p0 + margin) > 1e-9) expect(p > 0.5).toBe(p1 - p0 > -margin);
      }),
    );
  });

  it('keeps tiny probabilities apart', () => {
    const near = newcombeTailProbability(0.71, 1000, 0.94, 5000, 0.01);
    const far = newcombeTailProbability(0.5, 3000, 0.9, 3000, 0);
    expect(near).toBeGreaterThan(1e-100);
    expect(far).toBeGreaterThan(0);
    expect(far).toBeLessThan(1e-240);
  });
});

describe('skewness-aware tail of a drop', () => {
  it('matches the exact mid-p of both binomials at the constrained rates', () => {
    for (const [k1, n1, k0, n0, margin] of [
      [82, 100, 376, 400, 0.01],
      [86, 100, 376, 400, 0.01],
      [20, 60, 55, 100, 0],
      [93, 100, 297, 300, 0.02],
    ] as const) {
      let best = { likelihood: Number.NEGATIVE_INFINITY, rate: 0 };
      for (let rate = margin + 1e-4; rate < 1; rate += 1e-4) {
        const current = rate - margin;
        const likelihood =
          k1 * Math.log(current) +
          (n1 - k1) * Math.log1p(-current) +
          k0 * Math.log(rate) +
          (n0 - k0) * Math.log1p(-rate);
        if (likelihood > best.likelihood) best = { likelihood, rate };
      }
      const observed = k1 / n1 - k0 / n0;
      let tail = 0;
      for (let i = 0; i <= n1; i++) {
        for (let j = 0; j <= n0; j++) {
          const gap = i / n1 - j / n0 - observed;
          const weight = gap < -1e-12 ? 1 : gap < 1e-12 ? 0.5 : 0;
          if (weight > 0) tail += weight * mass(i, n1, best.rate - margin) * mass(j, n0, best.rate);
        }
      }
      expect(Math.abs(Math.log(shareDropTail(k1, n1, k0, n0, margin) / tail))).toBeLessThan(0.06);
    }
  });

  it('is a probability for any counts', () => {
    fc.assert(
      fc.property(counts, counts, fc.double({ min: 0, max: 0.5, noNaN: true }), (a, b, margin) => {
        const p = shareDropTail(a.k, a.n, b.k, b.n, margin);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('falls as the drop grows and is 1/2 on the margin', () => {
    const share = fc.double({ min: 0.1, max: 0.95, noNaN: true });
    const rows = fc.integer({ min: 30, max: 100_000 });
    fc.assert(
      fc.property(share, rows, share, rows, fc.double({ min: 0, max: 0.05, noNaN: true }), (p1, n1, p0, n0, margin) => {
        const p = shareDropTail(p1 * n1, n1, p0 * n0, n0, margin);
        expect(shareDropTail(0.99 * p1 * n1, n1, p0 * n0, n0, margin)).toBeLessThanOrEqual(p + 1e-5);
        if (p < 0.4) expect(p1 - p0).toBeLessThan(-margin);
      }),
    );
    expect(shareDropTail(930, 1000, 940, 1000, 0.01)).toBeCloseTo(0.5, 2);
  });

  it.each([
    [100, 100, 1000, 1000, 0.01],
    [0, 100, 0, 100, 0.01],
    [5, 10, 0, 0, 0.01],
  ])('sees no drop in %d/%d against %d/%d', (k1, n1, k0, n0, margin) => {
    expect(shareDropTail(k1, n1, k0, n0, margin)).toBe(1);
  });
});

describe('difference of means', () => {
  it('is the normal interval and tail', () => {
    expect(meanDifferenceTail(1, 0.3, 2, 0.4, 0)).toBeCloseTo(normalCdf(-2), 14);
    expect(meanDifferenceTail(1, 0, 2, 0, 0.5)).toBe(0);
    expect(meanDifferenceTail(1, 0, 1, 0, 0.5)).toBe(1);
    const { low, high } = meanDifference(1, 0.3, 50, 2, 0.4, 80, 0.95);
    expect([low, high].map((limit) => (limit as number) + 1)).toEqual([
      expect.closeTo(-0.9799819922700269, 12),
      expect.closeTo(0.9799819922700269, 12),
    ]);
  });
});
