import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/main/statistics/random.ts';
import type { ThroughputComparison } from '../../../src/shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../src/shared/model/throughput-run.ts';
import { compared, exampleRun, minute } from '../../fixtures/compared-runs.ts';
import { runEffects } from '../../fixtures/run-simulation.ts';

/** Runs a side interleaved ABBA, the candidate slower by a share. */
const simulated = (random: Random, kind: string, runs: number, slowdown = 0, from = 0) => {
  const effect = runEffects[kind] as (random: Random) => number;
  const side = (prefix: string, level: number, place: (i: number) => number): ThroughputRun[] =>
    Array.from({ length: runs }, (_, i) =>
      exampleRun({
        id: `${prefix}${from}-${i}`,
        throughput: (level * (1 + 0.002 * random.normal())) / Math.exp(effect(random)),
        startedAt: minute(from + place(i)),
      }),
    );
  return {
    baseline: side('a', 100, (i) => 4 * i + 2 * (i % 2)),
    candidate: side('b', 100 / (1 + slowdown), (i) => 4 * i + 2 * (1 - (i % 2))),
  };
};

const repeat = (random: Random, n: number, kind: string, runs: number, slowdown = 0): ThroughputComparison[] =>
  Array.from({ length: n }, () => {
    const { baseline, candidate } = simulated(random, kind, runs, slowdown);
    return compared(baseline, candidate);
  });

const share = (found: readonly ThroughputComparison[], is: (one: ThroughputComparison) => boolean): number =>
  found.filter(is).length / found.length;

describe('comparisons of a machine with itself, whole', () => {
  it.each(Object.keys(runEffects))('with %s runs are called a regression in at most 5 of 100', (kind) => {
    for (const runs of [3, 5, 8]) {
      const found = repeat(createRandom(90 + runs), 200, kind, runs);
      expect(share(found, ({ verdict }) => verdict === 'regression')).toBeLessThanOrEqual(0.05);
      expect(share(found, ({ verdict }) => verdict === 'improvement')).toBeLessThanOrEqual(0.05);
      // Nobody is told that nothing changed where a change of the size of the tolerance would have gone unseen.
      for (const { verdict, smallestDetectableEffect: effect } of found)
        if (verdict === 'no change') expect(effect).toBeLessThanOrEqual(0.03);
      // And nothing is named as a cause.
      for (const { causes } of found) for (const { weight } of causes) expect(weight).toBeLessThan(0.3);
    }
  });
});

describe('planted slowdowns, whole', () => {
  it.each([0.03, 0.05, 0.1])(
    'of %d are told from none four times in five where the stated effect says so',
    (slowdown) => {
      let within = 0;
      let told = 0;
      for (const runs of [5, 8, 12]) {
        for (const one of repeat(createRandom(400 + runs), 120, 'normal', runs, slowdown)) {
          // A slowdown by a share of the time is a smaller fall of the rate.
          if ((one.smallestDetectableEffect ?? 1) > slowdown / (1 + slowdown)) continue;
          within += 1;
          if ((one.metrics.throughput?.ratio.high ?? 1) < 1) told += 1;
        }
      }
      expect(within).toBeGreaterThan(50);
      expect(told / within).toBeGreaterThanOrEqual(0.8);
    },
  );

  it('of the stated regression become the verdict with 80 %, so that both printed numbers hold', () => {
    const random = createRandom(77);
    const probe = repeat(random, 60, 'normal', 8);
    const mean = (pick: (one: ThroughputComparison) => number | null) =>
      probe.reduce((sum, one) => sum + (pick(one) ?? 0), 0) / probe.length;
    const fall = mean((one) => one.smallestRegression);
    expect(fall).toBeGreaterThan(mean((one) => one.smallestDetectableEffect) + 0.025);
    const found = repeat(random, 250, 'normal', 8, 1 / (1 - fall) - 1);
    // 80 % of 250 within three standard errors.
    expect(Math.abs(share(found, ({ verdict }) => verdict === 'regression') - 0.8)).toBeLessThan(0.076);
  });

  it('of 10 % are a regression with 8 runs a side, and the effect that was planted is found again', () => {
    const found = repeat(createRandom(78), 100, 'normal', 8, 0.1);
    expect(share(found, ({ verdict }) => verdict === 'regression')).toBeGreaterThanOrEqual(0.98);
    const held = share(found, ({ metrics }) => {
      const { low, high } = metrics.throughput!.ratio;
      return (low as number) <= 1 / 1.1 && 1 / 1.1 <= (high as number);
    });
    expect(held).toBeGreaterThanOrEqual(0.93);
  });
});

describe('the stated effect with earlier sessions', () => {
  it('is right to 10 % for throttled runs, which the runs compared alone state too small', () => {
    const random = createRandom(79);
    const effects = (known: boolean) =>
      Array.from({ length: 25 }, () => {
        const { baseline, candidate } = simulated(random, 'throttled', 8, 0, 0);
        const before = Array.from({ length: 5 }, (_, i) => simulated(random, 'throttled', 8, 0, -1440 * (i + 1)));
        const earlier = before.flatMap((one) => [...one.baseline, ...one.candidate]);
        return compared(baseline, candidate, {}, known ? earlier : []).smallestDetectableEffect ?? 0;
      });
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    // The slowdown that four of five comparisons tell from none, of 300.
    const lows = repeat(random, 300, 'throttled', 8).map(({ metrics }) => metrics.throughput?.ratio.high ?? 1);
    const actual = 1 - 1 / (lows.sort((a, b) => b - a)[Math.floor(0.2 * lows.length)] as number);
    expect(mean(effects(false)) / actual).toBeLessThan(0.95);
    expect(Math.abs(mean(effects(true)) / actual - 1)).toBeLessThan(0.1);
  });
});
