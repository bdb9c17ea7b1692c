import { describe, expect, it } from 'vitest';
import { dayDraws } from '../../../../src/main/statistics/day-resampling.ts';
import {
  dayBlockBootstrap,
  designEffect,
  designEffectOfMeans,
  pooledDesignEffect,
} from '../../../../src/main/statistics/interval-from-days.ts';
import { createRandom, type Random } from '../../../../src/main/statistics/random.ts';

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** 500 rows a day, share about 0.92, with a day effect of the given sd on the logit. */
const days = (random: Random, count: number, sd: number) =>
  Array.from({ length: count }, () => ({ k: random.binomial(500, logistic(2.5 + sd * random.normal())), n: 500 }));

const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('design effect', () => {
  it('is near 1 for independent rows and near the planted inflation for correlated ones', () => {
    const random = createRandom(1);
    const average = (sd: number) =>
      mean(Array.from({ length: 200 }, () => designEffect(days(random, 60, sd)).value as number));
    expect(average(0)).toBeLessThan(1.12);
    // 1 + (n - 1) rho, rho = (sd^2 p q)(1 + …) on the logit: 1 + 500 * 0.3^2 * p q, p q averaged over the day effect
    const planted = 1 + 500 * 0.09 * 0.0702;
    expect(Math.abs(average(0.3) / planted - 1)).toBeLessThan(0.15);
  });

  it('agrees between shares and means of 0 and 1', () => {
    const sample = days(createRandom(2), 20, 0.3);
    const asMeans = sample.map(({ k, n }) => ({ n, sum: k, sumSquares: k }));
    expect(designEffectOfMeans(asMeans).value).toBeCloseTo(designEffect(sample).value as number, 10);
  });

  it('can be borrowed by a short window, and is widened for few days on request', () => {
    const random = createRandom(3);
    const long = days(random, 30, 0.3);
    const short = days(random, 5, 0.3);
    expect(designEffect(short)).toEqual({ value: null, reason: 'fewer than 8 days: 5' });
    const pooled = pooledDesignEffect([long, short]).value as number;
    expect(pooled).toBeGreaterThan(1.5);
    expect(pooledDesignEffect([long, short], 0.95).value as number).toBeGreaterThan(pooled);
    expect(designEffect(long.map(({ n }) => ({ k: n, n }))).reason).toBe('no variation between rows');
  });
});

describe('day-block bootstrap', () => {
  const share = (sum: Float64Array) => ((sum[1] as number) > 0 ? (sum[0] as number) / (sum[1] as number) : null);
  const vectors = (random: Random, count: number, sd: number) =>
    days(random, count, sd).map(({ k, n }) => Float64Array.of(k, n));

  it('covers about its level with ten days and a day effect', () => {
    const random = createRandom(4);
    const truth = mean(vectors(random, 20000, 0.3).map((day) => share(day) as number));
    let covered = 0;
    const runs = 400;
    for (let run = 0; run < runs; run++) {
      const { low, high } = dayBlockBootstrap({
        days: vectors(random, 10, 0.3),
        statistic: share,
        draws: dayDraws(random, 300),
      });
      if ((low as number) <= truth && truth <= (high as number)) covered += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.91);
    expect(covered / runs).toBeLessThan(0.98);
  });

  it('draws a list of days once for all its statistics, and another list anew', () => {
    const sample = vectors(createRandom(8), 12, 0.1);
    const draws = dayDraws(createRandom(9), 50);
    expect(draws.of(sample)).toBe(draws.of(sample));
    expect(draws.of([...sample])).not.toEqual(draws.of(sample));
    const failures = (sum: Float64Array) => 1 - (share(sum) as number);
    const of = (statistic: (sum: Float64Array) => number | null) =>
      dayBlockBootstrap({ days: sample, statistic, draws: dayDraws(createRandom(10), 500) });
    const both = dayDraws(createRandom(10), 500);
    const right = dayBlockBootstrap({ days: sample, statistic: share, draws: both });
    const wrong = dayBlockBootstrap({ days: sample, statistic: failures, draws: both });
    expect([right, wrong]).toEqual([of(share), of(failures)]);
    // Of the same draws, so that two ways to say one thing have the same limits.
    expect(1 - (wrong.high as number)).toBeCloseTo(right.low as number, 12);
  });

  it('is repeatable, and says why there is no interval', () => {
    const sample = vectors(createRandom(6), 12, 0.1);
    const draws = () => dayDraws(createRandom(7), 2000);
    const run = () => dayBlockBootstrap({ days: sample, statistic: share, draws: draws() });
    expect(run()).toEqual(run());
    const few = dayBlockBootstrap({ days: sample.slice(0, 4), statistic: share, draws: draws() });
    expect(few).toMatchObject({ low: null, high: null, reason: 'fewer than 5 days: 4' });
    expect(few.value).not.toBeNull();
    const never = dayBlockBootstrap({ days: sample, statistic: () => null, draws: draws() });
    expect(never).toMatchObject({ value: null, reason: 'statistic undefined' });
    // Undefined whenever the first day is not drawn.
    const rare = sample.map((day, i) => Float64Array.of(Number(i === 0), day[1] as number));
    const often = dayBlockBootstrap({
      days: rare,
      statistic: (sum) => ((sum[0] as number) > 0 ? 1 : null),
      draws: draws(),
    });
    expect(often.failed / often.replicates).toBeCloseTo((11 / 12) ** 12, 1);
    expect(often.reason).toBe('statistic undefined in too many replicates');
  });
});
