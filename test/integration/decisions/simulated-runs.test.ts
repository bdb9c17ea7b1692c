import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/main/statistics/random.ts';
import { falseRegressions, power, reportedEffect, runEffects, statedEffect } from '../../fixtures/run-simulation.ts';

describe('simulated comparisons', () => {
  // The figures of docs/methods.md come from bench/run-decisions.bench.ts; here a small sample guards them.
  it.each(Object.keys(runEffects))('of equals with %s run effects are rarely called a regression', (kind) => {
    const random = createRandom(72);
    for (const runs of [3, 6, 12]) {
      const { band, none } = falseRegressions(random, kind, runs, 200);
      expect(band).toBeLessThanOrEqual(0.01);
      expect(none).toBeLessThanOrEqual(0.05);
    }
  });

  it.each(Object.keys(runEffects))('report a planted slowdown right to a tenth with %s run effects', (kind) => {
    const random = createRandom(74);
    for (const runs of [5, 8, 12]) {
      const { ratio, covered } = reportedEffect(random, kind, runs, 0.05, 400);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.1);
      // 95 % of 400 within three standard errors.
      expect(covered).toBeGreaterThan(0.917);
    }
  });

  it('find what the stated smallest effect promises, which is right to 10 %', () => {
    const random = createRandom(73);
    for (const runs of [4, 8]) {
      const { stated, actual } = statedEffect(random, 'normal', runs, 400);
      expect(Math.abs(stated / actual - 1)).toBeLessThan(0.1);
      const { told } = power(random, 'normal', runs, Math.expm1(stated), 250);
      const { called, kept } = power(random, 'normal', runs, 1.03 * Math.exp(stated) - 1, 250);
      // 80 % of 250 within three standard errors.
      expect(Math.abs(told - 0.8)).toBeLessThan(0.076);
      expect(Math.abs(called - 0.8)).toBeLessThan(0.076);
      expect(kept).toBeGreaterThan(0.8);
    }
  });
});
