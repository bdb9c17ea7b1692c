import { afterEach, describe, expect, it } from 'vitest';
import { predictionDrift } from '../../../src/main/accuracy/drift/prediction-drift.ts';
import { type SmallCache, type SmallCacheShape, smallCache } from './small-cache.ts';

let cache: SmallCache | undefined;
afterEach(async () => {
  await cache?.close();
  cache = undefined;
});

const open = async (shape: SmallCacheShape) => {
  cache = await smallCache(shape);
  return cache.dataset;
};

/** 40 days x 200 rows, from day 100 on; `score` sees i (row), day and a hash-like u in 0..1. */
const rowsOf = (score: string, predicted = 'u > 0.5') =>
  `SELECT day, day * 86400000000 + i AS at_us, (${predicted})::INTEGER AS predicted, NULL::INTEGER AS label,
     NULL::BIGINT AS label_us, (${score})::DOUBLE AS score, (i % 4)::INTEGER AS s0
   FROM (SELECT (100 + i // 200)::INTEGER AS day, i::BIGINT AS i, ((i * 2654435761) % 4294967296) / 4294967296.0 AS u
     FROM range(8000) t(i))`;
const reference = { from: 100, to: 129 };
const current = { from: 130, to: 139 };
const request = { reference, current, seed: 3 };

describe('prediction drift', () => {
  it('stays below its limit when nothing moved, and exceeds it when scores moved', async () => {
    const still = await predictionDrift(await open({ rows: rowsOf('u') }), request);
    expect(still.exceeds).toBe(false);
    expect(still.blocks).toBe(30);
    expect(still.method).toContain('day-block');
    await cache?.close();
    const moved = await predictionDrift(
      await open({ rows: rowsOf('CASE WHEN day < 130 THEN u ELSE least(u + 0.1, 1) END') }),
      request,
    );
    expect(moved.exceeds).toBe(true);
    expect(moved.distance).toBeGreaterThan(0.08);
    expect(moved.normalised).toBeCloseTo((moved.distance ?? 0) / Math.sqrt(1 / 12), 1);
  });

  it('gives the same bytes for the same seed, from sorted tables or a sort on the fly', async () => {
    const shape = { rows: rowsOf('u * u') };
    const dataset = await open(shape);
    const [first, second] = await Promise.all([predictionDrift(dataset, request), predictionDrift(dataset, request)]);
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
    await cache?.close();
    const unsorted = await predictionDrift(await open({ ...shape, sorted: false }), request);
    expect(unsorted.threshold).toBe(first.threshold);
    expect(unsorted.distance).toBeCloseTo(first.distance ?? 0, 12);
  });

  it('has a higher limit for fewer rows', async () => {
    const dataset = await open({ rows: rowsOf('u') });
    const wide = await predictionDrift(dataset, request);
    const narrow = await predictionDrift(dataset, { ...request, current: { from: 130, to: 130 } });
    expect(narrow.n).toBe(200);
    expect(narrow.threshold).toBeGreaterThan(2 * (wide.threshold ?? 1));
  });

  it('resamples rows when there are fewer than 14 reference days, and says so', async () => {
    const drift = await predictionDrift(await open({ rows: rowsOf('u') }), {
      ...request,
      reference: { from: 117, to: 129 },
    });
    expect(drift.method).toContain('iid-row');
    expect(drift.blocks).toBe(13);
  });

  it('restricts both windows to the rows asked for', async () => {
    const everywhere = rowsOf('CASE WHEN day >= 130 AND i % 4 = 2 THEN least(u + 0.3, 1) ELSE u END');
    const dataset = await open({ rows: everywhere });
    const inside = await predictionDrift(dataset, { ...request, whereSql: 's0 = 2' });
    const outside = await predictionDrift(dataset, { ...request, whereSql: 's0 <> 2' });
    expect(inside.n + outside.n).toBe(2000);
    expect(inside.exceeds).toBe(true);
    expect(outside.exceeds).toBe(false);
  });

  it('measures classes by total variation without scores', async () => {
    const drift = await predictionDrift(
      await open({
        rows: rowsOf('NULL', 'CASE WHEN day < 130 THEN i % 2 ELSE (i % 4 > 0)::INTEGER END'),
        hasScores: false,
      }),
      request,
    );
    expect(drift.distance).toBeCloseTo(0.25, 12);
    expect(drift.normalised).toBeNull();
    expect(drift.exceeds).toBe(true);
    expect(drift.method).toContain('total-variation');
  });

  it('answers null with the reason for empty windows and for scores that never vary', async () => {
    const dataset = await open({ rows: rowsOf('CASE WHEN day < 130 THEN 0.25 ELSE 0.75 END') });
    const constant = await predictionDrift(dataset, request);
    expect(constant).toMatchObject({ distance: 0.5, normalised: null, threshold: 0, exceeds: true });
    expect(constant.reason).toContain('constant');
    const nothing = await predictionDrift(dataset, { ...request, current: { from: 500, to: 510 } });
    expect(nothing).toMatchObject({ distance: null, threshold: null, exceeds: null, n: 0 });
    expect(nothing.reason).toBe('no scores in the current window');
    const before = await predictionDrift(dataset, { ...request, reference: { from: 1, to: 9 } });
    expect(before.reason).toBe('no scores in the reference window');
    await cache?.close();
    const never = await predictionDrift(await open({ rows: rowsOf('NULL'), hasScores: true }), request);
    expect(never).toMatchObject({ distance: null, exceeds: null });
  });
});
