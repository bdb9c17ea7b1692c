import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../../src/main/accuracy/scope.ts';
import { scoreHistogram } from '../../../src/main/accuracy/scores/score-histogram.ts';
import { type SmallCache, smallCache } from '../drift/small-cache.ts';

// Ten days of 1 000 rows; labels arrive on every second row, half of them after as-of.
const rows = `SELECT i // 1000 AS day, i::BIGINT AS at_us, 1::INTEGER AS predicted,
    CASE WHEN i % 2 = 0 THEN 1 END::INTEGER AS label, CASE WHEN i % 4 = 0 THEN 5 WHEN i % 2 = 0 THEN 50 END::BIGINT AS label_us,
    CASE WHEN i % 10 = 0 THEN NULL WHEN i % 10 = 1 THEN 1.0 ELSE (hash(i) % 100000) / 100000 END::DOUBLE AS score
  FROM range(10000) t(i)`;
const scope: Scope = {
  reference: { from: 0, to: 3 },
  current: { from: 6, to: 8 },
  asOfUs: 10,
  within: 'TRUE',
} as Scope;

describe('the histogram of scores', () => {
  let cache: SmallCache;
  let regression: SmallCache;
  beforeAll(async () => {
    cache = await smallCache({ rows, hasLabelTimes: true });
    const heavy = `SELECT day, at_us, CASE WHEN i = 77 THEN 1e6 ELSE i / 100 END AS predicted, label, label_us, score
      FROM (SELECT *, at_us AS i FROM (${rows}))`;
    regression = await smallCache({ rows: heavy, task: 'regression', hasLabelTimes: true });
  });
  afterAll(async () => {
    await cache.close();
    await regression.close();
  });

  it.each([
    ['kept by day', {}, {}],
    ['read for windows that hold little of the dataset', { lastDay: '1970-12-31' }, {}],
    ['read inside a restriction', {}, { within: '(predicted = 1)' }],
  ])('counts what a loop over the rows counts, %s', async (_, shape, restriction) => {
    const dataset = { ...cache.dataset, ...shape };
    const all = await dataset.database.rows<{ day: number; score: number | null; l: boolean }>(
      'SELECT day, score, coalesce(label IS NOT NULL AND label_us <= 10, false) AS l FROM row',
    );
    // The second windows are told from what was kept for the first.
    for (const current of [scope.current, { from: 5, to: 5 }]) {
      const predictions = [new Float64Array(200), new Float64Array(200)];
      const labelled = [new Float64Array(200), new Float64Array(200)];
      for (const { day, score, l } of all) {
        const window = day <= 3 ? 0 : day >= current.from && day <= current.to ? 1 : null;
        if (window === null || score === null) continue;
        const bin = Math.min(199, Math.floor(score * 200));
        predictions[window]![bin]! += 1;
        if (l) labelled[window]![bin]! += 1;
      }
      const histogram = await scoreHistogram(dataset, dataset.database, { ...scope, ...restriction, current });
      expect(histogram?.predictions).toEqual(predictions);
      expect(histogram?.labelled).toEqual(labelled);
      expect(histogram?.predictions[0].reduce((a, b) => a + b, 0)).toBe(3600);
    }
  });

  it('holds one extreme of a regression in the outermost bin', async () => {
    const { dataset } = regression;
    const histogram = await scoreHistogram(dataset, dataset.database, scope);
    expect(histogram?.of).toBe('predicted value');
    expect(histogram?.edges[0]).toBe(0);
    expect(histogram?.edges[199]).toBeLessThan(100);
    expect(histogram?.edges[200]).toBe(1e6);
    const counts = histogram?.predictions.map((window) => window.reduce((a, b) => a + b, 0));
    expect(counts).toEqual([4000, 3000]);
    expect(histogram?.predictions[0][199]).toBeGreaterThanOrEqual(1);
    // The current window lies above the reference, so does its histogram.
    expect(histogram?.predictions[1].slice(0, 50).reduce((a, b) => a + b, 0)).toBe(0);
  });

  it('is none without scores', async () => {
    const { dataset } = cache;
    expect(await scoreHistogram({ ...dataset, hasScores: false }, dataset.database, scope)).toBeNull();
  });
});
