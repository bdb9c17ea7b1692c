import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataFaults } from '../../../src/main/accuracy/explanation/faults.ts';
import { type SmallCache, smallCache } from '../drift/small-cache.ts';

// A hundred days of 1 000 rows, and a last day of 300 on which one amount comes in cents and another is constant.
let cache: SmallCache;
beforeAll(async () => {
  const amount = '(10 + hash(i, 7) % 1000)::DOUBLE';
  cache = await smallCache({
    rows: `SELECT least(i // 1000, 100) AS day, i::BIGINT AS at_us, 1::INTEGER AS predicted, 1::INTEGER AS label, 0.5::DOUBLE AS score,
        NULL::BIGINT AS label_us, (i % 3)::INTEGER AS s0, ${amount} * CASE WHEN i < 100000 THEN 1 ELSE 100 END AS f0,
        CASE WHEN i < 100000 THEN ${amount} ELSE 5 END AS f1, ${amount} * CASE WHEN i < 100000 THEN 1 ELSE 1.5 END AS f2
      FROM range(100300) t(i)`,
    segments: [{ name: 'country', values: ['a', 'b', 'c'] }],
    features: ['price', 'stuck', 'dearer'].map((name) => ({ name, kind: 'numeric' as const })),
  });
});
afterAll(() => cache.close());

it('a change of unit on one short day is told from drift, whichever window is the long one', async () => {
  const faults = async (side: string) =>
    (
      await dataFaults(cache.dataset, cache.dataset.database, { table: 'row', where: 'TRUE', side }, [['a', 'b', 'c']])
    ).map(({ feature, kind, reference, current }) => ({ feature, kind, ratio: Math.round(current / reference) }));
  expect(await faults('(day = 100)::INTEGER')).toEqual([
    { feature: 'price', kind: 'unit changed', ratio: expect.closeTo(100, -1) },
    { feature: 'stuck', kind: 'became constant', ratio: 0 },
  ]);
  expect(await faults('(day < 100)::INTEGER')).toEqual([{ feature: 'price', kind: 'unit changed', ratio: 0 }]);
});
