import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelMaturity, windowSummary } from '../../../src/main/accuracy/maturity/day-maturity.ts';
import { likeForLikeRows, survivors } from '../../../src/main/accuracy/maturity/like-for-like.ts';
import type { Scope } from '../../../src/main/accuracy/scope.ts';
import { type SmallCache, smallCache } from '../drift/small-cache.ts';

// Hourly rows over 40 days; right answers are labelled after 10 days, wrong ones (every fifth) after one: what the youngest days show
// is wrong answers only. Nothing else ever changes.
const rows = `SELECT h // 24 AS day, h * 3600000000::BIGINT AS at_us, 1::INTEGER AS predicted, (i % 5 > 0)::INTEGER AS label,
    (h + CASE WHEN i % 5 > 0 THEN 240 ELSE 24 END) * 3600000000::BIGINT AS label_us, 0.8::DOUBLE AS score
  FROM (SELECT i, i // 5 AS h FROM range(40 * 24 * 5) t(i))`;
const hour = 3_600_000_000;
const scope: Scope = {
  reference: { from: 0, to: 19 },
  current: { from: 30, to: 39 },
  asOfUs: 40 * 24 * hour,
  within: 'TRUE',
};

describe('like-for-like labels', () => {
  let cache: SmallCache;
  beforeAll(async () => {
    cache = await smallCache({ rows, hasLabelTimes: true });
  });
  afterAll(() => cache.close());

  it('weights reference labels by the chance that the current window could have shown them', async () => {
    const { database } = cache.dataset;
    const { ages, arrival } = await labelMaturity(cache.dataset, scope.asOfUs);
    const weighted = await likeForLikeRows(database, scope, ages, arrival.longestHours);
    const share = async (window: string): Promise<number> => {
      const [row] = await database.rows<{ share: number }>(
        `SELECT sum(${weighted.weight} * (predicted = label)::INTEGER) / sum(${weighted.weight}) AS share
         FROM ${weighted.over('row')} WHERE day BETWEEN ${window} AND label_us <= ${scope.asOfUs}`,
      );
      return row?.share as number;
    };
    const naive = 0.8;
    const current = await share('30 AND 39');
    expect(current).toBeLessThan(0.1);
    expect(await share('0 AND 19')).toBeCloseTo(current, 3);
    expect(Math.abs(naive - current)).toBeGreaterThan(0.7);
    await weighted.release();
  });

  it('knows which days are provisional', async () => {
    const { arrival, days } = await labelMaturity(cache.dataset, scope.asOfUs);
    expect(arrival.neverShare).toBeCloseTo(0, 12);
    expect(arrival.latency.medianDays).toBeCloseTo(10, 1);
    expect(windowSummary(scope.reference, days)).toMatchObject({ maturity: 1, provisional: false, labelled: 2400 });
    const current = windowSummary(scope.current, days);
    expect(current.provisional).toBe(true);
    expect(current.maturity).toBeGreaterThan(0.15);
    expect(current.maturity).toBeLessThan(0.3);
  });

  it('counts every row fully when all labels had time to arrive', async () => {
    const old = { ...scope, current: { from: 20, to: 25 } };
    const { ages, arrival } = await labelMaturity(cache.dataset, old.asOfUs);
    expect((await likeForLikeRows(cache.dataset.database, old, ages, arrival.longestHours)).weight).toBe('1.0');
  });
});

describe('survivors', () => {
  it('is the share of predictions at least so old', () => {
    const share = survivors([0, 10, 20], [5, 3, 2]);
    expect([0, 1, 10, 11, 20, 21].map(share)).toEqual([1, 0.5, 0.5, 0.2, 0.2, 0]);
    expect(survivors([], [])(0)).toBe(0);
  });
});
