import { afterEach, describe, expect, it } from 'vitest';
import { featureDrift } from '../../../src/main/accuracy/drift/feature-drift.ts';
import { featureDriftByDay } from '../../../src/main/accuracy/drift/feature-drift-by-day.ts';
import { type SmallCache, smallCache } from './small-cache.ts';

let cache: SmallCache | undefined;
afterEach(async () => {
  await cache?.close();
  cache = undefined;
});

const reference = { from: 100, to: 119 };
const current = { from: 120, to: 129 };

/** 30 days x 100 rows: f0 numeric with nulls from day 120 on, f1 a category that only appears then, f2 constant. */
const rows = `SELECT day, day * 86400000000 + i AS at_us, 0 AS predicted, NULL::INTEGER AS label, NULL::BIGINT AS label_us,
    u AS score, CASE WHEN day >= 120 AND i % 5 = 0 THEN NULL ELSE u + (day >= 120)::INTEGER / 4 END AS f0,
    CASE WHEN i % 10 = 0 THEN 0 WHEN day >= 120 AND i % 2 = 1 THEN 3 + (i % 50) // 2 ELSE 1 + i % 2 END::INTEGER AS f1, 7.5::DOUBLE AS f2
  FROM (SELECT (100 + i // 100)::INTEGER AS day, i::BIGINT AS i, (((i * 2654435761) % 4294967296) / 4294967296.0)::DOUBLE AS u
    FROM range(3000) t(i))`;
const categories = [null, 'even', 'odd', ...Array.from({ length: 25 }, (_, i) => `new ${String(i).padStart(2, '0')}`)];
const features = [
  { name: 'amount', kind: 'numeric' as const },
  { name: 'channel', kind: 'categorical' as const, values: categories },
  { name: 'fixed', kind: 'numeric' as const },
];

describe('feature drift', () => {
  it('measures numbers, categories, missing values and constants', async () => {
    cache = await smallCache({ rows, features });
    const [amount, channel, fixed] = await featureDrift(cache.dataset, { reference, current });
    expect(amount?.nullShareChange).toBeCloseTo(0.2, 12);
    expect(amount?.wasserstein).toBeCloseTo(0.25, 1);
    expect(amount?.newCategories).toBeNull();
    expect(channel?.newCategories).toHaveLength(20);
    expect(channel?.reason).toBe('25 new categories; the 20 most frequent are listed');
    expect(channel?.nullShareChange).toBe(0);
    expect(channel?.wasserstein).toBeNull();
    // Odd rows, half of all, went from one category to 25 others.
    expect(channel?.js).toBeCloseTo(Math.sqrt(0.5), 9);
    expect(fixed).toMatchObject({ wasserstein: 0, normalised: null, ks: 0, js: 0, psi: 0 });
    expect(fixed?.reason).toContain('constant');
  });

  it('gives the reason for empty windows', async () => {
    cache = await smallCache({ rows, features });
    const [amount, channel] = await featureDrift(cache.dataset, { reference, current: { from: 1, to: 2 } });
    expect(amount).toMatchObject({ wasserstein: null, ks: null, reason: 'no rows in the current window' });
    expect(channel).toMatchObject({ js: null, reason: 'no rows in the current window' });
  });

  it('says which of many features it left out, and measures those when named', async () => {
    const many = Array.from({ length: 230 }, (_, i) => ({ name: `f ${i}`, kind: 'numeric' as const }));
    const columns = many.map((_, i) => `(u * ${i})::DOUBLE AS f${i}`).join(', ');
    cache = await smallCache({
      rows: `SELECT day, day AS at_us, 0 AS predicted, NULL::INTEGER AS label, NULL::BIGINT AS label_us, 0.5 AS score, ${columns}
        FROM (SELECT 100 + i AS day, i / 30 AS u FROM range(30) t(i))`,
      features: many,
      sorted: false,
    });
    const all = await featureDrift(cache.dataset, { reference, current });
    expect(all).toHaveLength(230);
    expect(all.filter(({ wasserstein }) => wasserstein === null)).toHaveLength(30);
    expect(all.at(-1)?.reason).toContain('the first 200 of 230 features');
    const [named] = await featureDrift(cache.dataset, { reference, current, features: ['f 229'] });
    expect(named?.wasserstein).toBeCloseTo(229 / 2, 9);
  });

  it('agrees per day with the whole-window measure, within its bound', async () => {
    cache = await smallCache({ rows, features });
    const [amount, channel] = await featureDriftByDay(cache.dataset, { reference, range: { from: 100, to: 129 } });
    expect(amount?.days).toHaveLength(30);
    const last = amount?.days.at(-1);
    const [exact] = await featureDrift(cache.dataset, { reference, current: { from: 129, to: 129 } });
    const bound = Number(/error at most ([\d.e-]+)/.exec(last?.drift.method ?? '')?.[1] ?? 0);
    expect(bound).toBeLessThan(0.01);
    expect(Math.abs((last?.drift.wasserstein ?? Number.NaN) - (exact?.wasserstein ?? 0))).toBeLessThanOrEqual(
      bound + 1e-12,
    );
    expect(last?.drift.js).toBeCloseTo(exact?.js ?? 0, 12);
    expect(last?.drift.psi).toBeCloseTo(exact?.psi ?? 0, 12);
    expect(last?.drift.nullShareChange).toBeCloseTo(exact?.nullShareChange ?? 0, 12);
    expect(channel?.days[0]?.drift.js).toBeLessThan(0.1);
    expect(channel?.days.at(-1)?.drift.newCategories).toHaveLength(20);
  });
});
