import { describe, expect, it } from 'vitest';
import { onset, onsetOfMeans } from '../../../../src/main/statistics/change-point.ts';
import { createRandom, type Random } from '../../../../src/main/statistics/random.ts';

/** Daily counts at 94 %, lower by `drop` on days from..to, with a day effect on the share. */
function series(random: Random, rows: number, change: { from?: number; to?: number; drop?: number; effect?: number }) {
  const { from = 90, to = 90, drop = 0, effect = 0 } = change;
  return Array.from({ length: 90 }, (_, day) => {
    const share = 0.94 + effect * random.normal() - (day >= from && day < to ? drop : 0);
    return { day: day + 100, k: random.binomial(rows, Math.min(1, share)), n: rows };
  });
}

const means = (days: { day: number; k: number; n: number }[]) =>
  days.map(({ day, k, n }) => ({ day, n, sum: 5 + 2 * k + 4 * n, sumSquares: 16 * n + 20 * k }));

describe('onset of a change', () => {
  it('finds planted steps within its interval at least at the nominal rate', () => {
    const random = createRandom(31);
    let covered = 0;
    const runs = 200;
    for (let run = 0; run < runs; run++) {
      const found = onset(series(random, 60, { from: 60, drop: 0.1 }));
      if (found && found.low <= 160 && 160 <= found.high) covered += 1;
      if (found) expect(found.after).toBeLessThan(found.before);
    }
    expect(covered / runs).toBeGreaterThanOrEqual(0.95);
  });

  it.each([1, 2, 3])('finds a fall of the last %i days, fewer than a segment holds', (length) => {
    const random = createRandom(40 + length);
    let [found, covered, exact] = [0, 0, 0];
    for (let run = 0; run < 50; run++) {
      const days = series(random, 5000, { from: 90 - length, drop: 0.08, effect: 0.004 });
      for (const one of [onset(days), onsetOfMeans(means(days))]) {
        if (!one) continue;
        found += 1;
        if (one.low <= 190 - length && 190 - length <= one.high) covered += 1;
        if (one.day === 190 - length) exact += 1;
      }
    }
    expect(found).toBeGreaterThan(90);
    expect(covered / found).toBeGreaterThanOrEqual(0.95);
    expect(exact / found).toBeGreaterThanOrEqual(0.95);
  });

  it('is silent about as often as it should be, by bound and by permutation, with overdispersed days too', () => {
    const random = createRandom(32);
    const alarms = { bound: 0, permutation: 0, means: 0 };
    const runs = 100;
    for (let run = 0; run < runs; run++) {
      const days = series(random, 500, { effect: 0.02 });
      if (onset(days)) alarms.bound += 1;
      if (onset(days, { random, replicates: 59 })) alarms.permutation += 1;
      if (onsetOfMeans(means(days))) alarms.means += 1;
    }
    // Binomial(100, 5 %): more than 13 happens three times in 10 000.
    for (const count of Object.values(alarms)) expect(count).toBeLessThanOrEqual(13);
  });

  it('needs overdispersion to be reported, not ignored', () => {
    const found = onset(series(createRandom(33), 2000, { from: 50, drop: 0.08, effect: 0.02 }));
    expect(found?.dispersion).toBeGreaterThan(5);
    expect(Math.abs((found?.day ?? 0) - 150)).toBeLessThanOrEqual(3);
  });

  it('tells a drop that lasts to the end from one that passed', () => {
    const random = createRandom(34);
    const lasting = onset(series(random, 300, { from: 60, drop: 0.08 }));
    expect(lasting?.until).toBeNull();
    const passed = onset(series(random, 300, { from: 40, to: 60, drop: 0.08 }));
    expect(Math.abs((passed?.until ?? 0) - 160)).toBeLessThanOrEqual(3);
    expect(passed?.after).toBeCloseTo(0.86, 1);
  });

  it('gives the same day for a mean as for a share', () => {
    const days = series(createRandom(35), 300, { from: 60, drop: 0.08 });
    expect(onsetOfMeans(means(days))?.day).toBe(onset(days)?.day);
    expect(onsetOfMeans(means(days))?.before).toBeGreaterThan(4 + 2 * 0.92);
  });

  it('is null for short, constant or empty series, and takes days in any order', () => {
    const days = series(createRandom(36), 300, { from: 60, drop: 0.1 });
    expect(onset(days.slice(58, 63))).toBeNull();
    expect(onset(days.map(({ day, n }) => ({ day, k: n, n })))).toBeNull();
    expect(onset(days.map(({ day }) => ({ day, k: 0, n: 0 })))).toBeNull();
    expect(onset([...days].reverse())).toEqual(onset(days));
  });
});
