import { afterEach, describe, expect, it } from 'vitest';
import { pooledBins } from '../../../src/main/accuracy/drift/binned-values.ts';
import { featureDrift } from '../../../src/main/accuracy/drift/feature-drift.ts';
import { featureDriftByDay } from '../../../src/main/accuracy/drift/feature-drift-by-day.ts';
import { predictionDrift } from '../../../src/main/accuracy/drift/prediction-drift.ts';
import { valueBins } from '../../../src/main/accuracy/drift/value-bins.ts';
import { valueSources } from '../../../src/main/accuracy/drift/value-source.ts';
import { type SmallCache, type SmallCacheShape, smallCache } from './small-cache.ts';

const open: SmallCache[] = [];
afterEach(async () => {
  for (const cache of open.splice(0)) await cache.close();
});
const dataset = async (shape: SmallCacheShape) => {
  const cache = await smallCache(shape);
  open.push(cache);
  return cache.dataset;
};

/** 40 days x 500 rows: a smooth score, a heavy-tailed feature far from 0, a feature of few values with nulls. */
const shape: SmallCacheShape = {
  rows: `SELECT day, day * 86400000000 + i AS at_us, (u > 0.5)::INTEGER AS predicted, NULL::INTEGER AS label, NULL::BIGINT AS label_us,
      (u * u + CASE WHEN day >= 130 THEN 0.02 * (1 - u * u) ELSE 0 END)::DOUBLE AS score,
      (1e6 + exp(4 * u) / (1.001 - v) * CASE WHEN day >= 130 THEN 1.1 ELSE 1 END)::DOUBLE AS f0,
      CASE WHEN v < 0.1 THEN NULL ELSE floor(u * 7) + (day >= 130)::INTEGER END::DOUBLE AS f1
    FROM (SELECT (100 + i // 500)::INTEGER AS day, i::BIGINT AS i, ((i * 2654435761) % 4294967296) / 4294967296.0 AS u,
      ((i * 40503 + 12345) * 2246822519 % 4294967296) / 4294967296.0 AS v FROM range(20000) t(i))`,
  features: [
    { name: 'amount', kind: 'numeric' },
    { name: 'rating', kind: 'numeric' },
  ],
};
const reference = { from: 100, to: 129 };
const current = { from: 130, to: 139 };
const errorOf = (method: string | undefined) => Number(/error at most ([\d.e-]+)/.exec(method ?? '')?.[1] ?? 0);

describe('bins stored by the import', () => {
  it('give the distances of the sorted values within the bound they state', async () => {
    const exact = await dataset(shape);
    const binned = await dataset({ ...shape, binned: true });
    const window = { reference, current };
    const [before, after] = [await featureDrift(exact, window), await featureDrift(binned, window)];
    after.forEach((one, i) => {
      const truth = before[i]?.wasserstein ?? Number.NaN;
      expect(Math.abs((one.wasserstein ?? Number.NaN) - truth)).toBeLessThanOrEqual(
        errorOf(one.method) * 1.01 + 1e-9 * truth,
      );
      expect(errorOf(one.method)).toBeLessThan(0.05 * truth);
      expect(one.nullShareChange).toBeCloseTo(before[i]?.nullShareChange ?? Number.NaN, 12);
      expect(one.psi).toBeCloseTo(before[i]?.psi ?? Number.NaN, 2);
    });
    // Few values: each is a bin of its own.
    expect(after[1]?.method).toContain('exact');
    expect(after[1]?.ks).toBeCloseTo(before[1]?.ks ?? Number.NaN, 12);
    const [sorted, stored] = [
      await predictionDrift(exact, { ...window, seed: 5 }),
      await predictionDrift(binned, { ...window, seed: 5 }),
    ];
    expect(Math.abs((stored.distance ?? 0) - (sorted.distance ?? 1))).toBeLessThanOrEqual((stored.bound ?? 0) + 1e-12);
    expect(stored.bound).toBeLessThan(0.05 * (sorted.distance ?? 0));
    expect(stored.exceeds).toBe(sorted.exceeds);
    expect(Math.abs((stored.threshold ?? 0) / (sorted.threshold ?? 1) - 1)).toBeLessThan(0.1);
  });

  it('count the same by day as by an expression that only rows know', async () => {
    const binned = await dataset({ ...shape, binned: true });
    const sources = await valueSources(binned);
    const everything = { days: 'TRUE', rows: 'TRUE' };
    const settings = { bins: 100, exactCells: 0 };
    const byDay = await valueBins(binned.database, sources.of(0, everything), reference, settings);
    const byRows = await valueBins(
      binned.database,
      sources.of(0, { ...everything, group: 'day' }),
      reference,
      settings,
    );
    expect(byRows?.ends).toEqual(byDay?.ends);
    for (const day of [100, 117, 139]) {
      const [a, b] = [byDay, byRows].map((bins) => bins && pooledBins(bins, [day]));
      expect(b?.n).toEqual(a?.n);
      const largest = Math.max(...(a?.sum ?? []));
      a?.sum.forEach((sum, i) => {
        expect(Math.abs((b?.sum[i] ?? Number.NaN) - sum)).toBeLessThan(1e-9 * largest);
      });
    }
  });

  it('serve the drift of single days', async () => {
    const [exact, binned] = [await dataset(shape), await dataset({ ...shape, binned: true })];
    const request = { reference, range: current };
    const [before, after] = [await featureDriftByDay(exact, request), await featureDriftByDay(binned, request)];
    expect(after[1]?.days.map(({ drift }) => drift.wasserstein?.toFixed(9))).toEqual(
      before[1]?.days.map(({ drift }) => drift.wasserstein?.toFixed(9)),
    );
  });
});
