import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { segmentDays } from '../../../src/main/accuracy/segments/segment-days.ts';
import type { Segment } from '../../../src/shared/model/comparison.ts';
import { type SmallCache, smallCache } from '../drift/small-cache.ts';

const rows = `SELECT i // 500 AS day, i::BIGINT AS at_us, 1::INTEGER AS predicted, (hash(i, 1) % 4)::INTEGER AS s0, (hash(i, 2) % 3)::INTEGER AS s1,
    0.5::DOUBLE AS score, NULL::BIGINT AS label_us,
    CASE WHEN hash(i, 3) % 10 = 0 THEN NULL ELSE (hash(i, 4) % 10 > 0)::INTEGER END AS label
  FROM range(5000) t(i)`;

describe('segments by day', () => {
  let cache: SmallCache;
  beforeAll(async () => {
    cache = await smallCache({
      rows,
      segments: [
        { name: 'country', values: ['a', 'b', 'c', null] },
        { name: 'category', values: ['x', 'y', 'z'] },
      ],
    });
  });
  afterAll(() => cache.close());

  it('counts what a loop over the rows counts, whatever the order of the columns', async () => {
    const { dataset } = cache;
    const segments: Segment[] = [{ country: 'b' }, { category: 'z', country: null }, {}, { country: 'nowhere' }];
    const found = await segmentDays(dataset, { dataset: 'small', segments });
    const all = await dataset.database.rows<{ day: number; s0: number; s1: number; x: boolean | null }>(
      'SELECT day, s0, s1, predicted = label AS x FROM row',
    );
    const naive = (keep: (row: (typeof all)[0]) => boolean) => {
      const labelled = new Array<number>(10).fill(0);
      const right = new Array<number>(10).fill(0);
      for (const row of all) {
        if (row.x === null || !keep(row)) continue;
        labelled[row.day] = (labelled[row.day] as number) + 1;
        if (row.x) right[row.day] = (right[row.day] as number) + 1;
      }
      return { labelled, right };
    };
    expect(found.days).toHaveLength(10);
    expect(found.cells).toEqual([
      naive(({ s0 }) => s0 === 1),
      naive(({ s0, s1 }) => s0 === 3 && s1 === 2),
      naive(() => true),
      naive(() => false),
    ]);
  });

  it('has none for a regression', async () => {
    const regression = { ...cache.dataset, spec: { ...cache.dataset.spec, task: 'regression' as const } };
    const found = await segmentDays(regression, { dataset: 'small', segments: [{ country: 'a' }] });
    expect(found).toMatchObject({ cells: null, reason: 'a regression has no right or wrong rows' });
  });
});
