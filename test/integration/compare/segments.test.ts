import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measuredRows } from '../../../src/main/accuracy/measured-rows.ts';
import { rowValue } from '../../../src/main/accuracy/row-value.ts';
import { type Moments, noMoments } from '../../../src/main/accuracy/segments/moments.ts';
import { pruneSegments } from '../../../src/main/accuracy/segments/prune.ts';
import { readMoments } from '../../../src/main/accuracy/segments/read-moments.ts';
import { readSegments, searchSegments, subsets } from '../../../src/main/accuracy/segments/search.ts';
import { EVERY_ROW_FULLY } from '../../../src/main/accuracy/weighted-rows.ts';
import { type SmallCache, smallCache } from '../drift/small-cache.ts';

// 40 days x 3 000 rows over 6 x 5 x 3 values; from day 20 on the cell s0 = 2, s1 = 3 answers 70 % instead of 95 % right.
const rows = `SELECT i // 3000 AS day, i::BIGINT AS at_us, 1::INTEGER AS predicted, s0, s1, s2, 0.5::DOUBLE AS score, NULL::BIGINT AS label_us,
    (hash(i, 4) % 10000 < CASE WHEN i // 3000 >= 20 AND s0 = 2 AND s1 = 3 THEN 7000 ELSE 9500 END)::INTEGER AS label
  FROM (SELECT i, (hash(i, 1) % 6)::INTEGER AS s0, (hash(i, 2) % 5)::INTEGER AS s1, (hash(i, 3) % 3)::INTEGER AS s2
    FROM range(120000) t(i))`;
const values = (count: number) => Array.from({ length: count }, (_, i) => `v${i}`);
const settings = { minCell: 100, depth: 2, delta: 0.01, level: 0.95, alpha: 0.01 };

describe('segments', () => {
  let cache: SmallCache;
  beforeAll(async () => {
    cache = await smallCache({
      rows,
      segments: [
        { name: 'country', values: values(6) },
        { name: 'category', values: values(5) },
        { name: 'tier', values: values(3) },
      ],
    });
  });
  afterAll(() => cache.close());

  const measured = async (weight?: string) => {
    const { dataset } = cache;
    return measuredRows(dataset, {
      weighted: weight ? { ...EVERY_ROW_FULLY, weight } : EVERY_ROW_FULLY,
      where: 'label IS NOT NULL',
      side: 'day >= 20',
      value: await rowValue(dataset, dataset.database, 'accuracy'),
    });
  };

  it.each([undefined, '(1 + day % 2)'])('reads the same moments as a loop over all rows, weight %s', async (weight) => {
    const { database } = cache.dataset;
    const all = await database.rows<{ s0: number; s1: number; day: number; x: number }>(
      'SELECT s0, s1, day, (predicted = label)::INTEGER AS x FROM row',
    );
    const naive = new Map<string, Map<number, { n: number; w: number; ww: number; k: number }>>();
    for (const { s0, s1, day, x } of all) {
      for (const key of [`0,1:${s0},${s1}`, `0:${s0}`, `1:${s1}`]) {
        const side = `${key}|${day >= 20 ? 1 : 0}`;
        const days = naive.get(side) ?? new Map();
        naive.set(side, days);
        const one = days.get(day) ?? { n: 0, w: 0, ww: 0, k: 0 };
        const w = weight ? 1 + (day % 2) : 1;
        days.set(day, { n: one.n + 1, w: one.w + w, ww: one.ww + w * w, k: one.k + w * x });
      }
    }
    const rowsIn = await measured(weight);
    const read = await readMoments(database, rowsIn, [[0, 1], [0], [1]]);
    expect(read).toHaveLength(30 + 6 + 5);
    for (const segment of read) {
      for (const [side, window] of [segment.reference, segment.current].entries()) {
        const days = [...(naive.get(`${segment.columns.join()}:${segment.codes.join()}|${side}`)?.values() ?? [])];
        const sum = (pick: (d: (typeof days)[0]) => number): number => days.reduce((total, d) => total + pick(d), 0);
        const expected: Moments = {
          ...noMoments,
          rows: sum((d) => d.n),
          weight: sum((d) => d.w),
          weightSquared: sum((d) => d.ww),
          sum: sum((d) => d.k),
          sumSquares: sum((d) => d.k),
          days: days.length,
          daySumSquared: sum((d) => d.k * d.k),
          daySumWeight: sum((d) => d.k * d.w),
          dayWeightSquared: sum((d) => d.w * d.w),
        };
        expect(window).toEqual(expected);
      }
    }
  });

  it('names the planted pair once; its parents and neighbours are explained by it', async () => {
    const { dataset } = cache;
    const rowsIn = await measured();
    const search = await searchSegments(
      dataset.database,
      rowsIn,
      settings,
      await readSegments(dataset, dataset.database, rowsIn, 2),
    );
    expect(search).toMatchObject({ examined: 14 + 63, tested: 14 + 63, notEnoughData: 0 });
    const overall = { change: -0.008, regressed: false };
    const pruned = await pruneSegments(dataset.database, rowsIn, settings, search.candidates, overall);
    expect(pruned.lines.map(({ columns, codes }) => ({ columns, codes }))).toEqual([
      { columns: [0, 1], codes: [2, 3] },
    ]);
    const explained = [...pruned.explainedBy.keys()].map(({ columns, codes }) => `${columns}:${codes}`);
    expect(explained).toContain('0:2');
    expect(explained).toContain('1:3');
  });

  it('folds segments that fell no further than the whole into the whole', async () => {
    const { dataset } = cache;
    const rowsIn = await measured();
    const everything = {
      ...rowsIn,
      source: `(SELECT * REPLACE (CASE WHEN side = 1 AND hash(day, s0, s1, s2, x) % 10 = 0 THEN 0 ELSE x END AS x) FROM ${rowsIn.source} WHERE NOT (s0 = 2 AND s1 = 3))`,
    };
    const search = await searchSegments(
      dataset.database,
      everything,
      settings,
      await readSegments(dataset, dataset.database, everything, 2),
    );
    const overall = { change: -0.095, regressed: true };
    const pruned = await pruneSegments(dataset.database, everything, settings, search.candidates, overall);
    expect(pruned.explainedBy.size).toBeGreaterThan(10);
    expect([...pruned.explainedBy.values()].filter((by) => by === 'everything').length).toBe(pruned.explainedBy.size);
  });
});

describe('subsets', () => {
  it('lists each once, in order', () => {
    expect(subsets(4, 2)).toHaveLength(6);
    expect(subsets(3, 3)).toEqual([[0, 1, 2]]);
    expect(subsets(2, 3)).toEqual([]);
    expect(new Set(subsets(6, 2).map(String)).size).toBe(15);
  });
});
