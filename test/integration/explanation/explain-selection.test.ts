import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainSelection, prepareSelections } from '../../../src/main/accuracy/explanation/explain-selection.ts';
import type { Database } from '../../../src/main/platform/duckdb.ts';
import { UserFault } from '../../../src/shared/errors.ts';
import { CompareRequest } from '../../../src/shared/model/request.ts';
import { RowSelection, SelectionExplanation } from '../../../src/shared/model/selection.ts';
import { type SmallCache, type SmallCacheShape, smallCache } from '../drift/small-cache.ts';

// Twenty days of 1 000 rows. Country a (a fifth) always asks on a phone, the others in one of ten cases; amounts of country a lie
// 500 higher; predictions of country b are wrong on days 16 to 19. Nothing else is connected.
const rows = `SELECT i // 1000 AS day, i::BIGINT AS at_us, 1::INTEGER AS predicted, s0, s1, 0.5::DOUBLE AS score, NULL::BIGINT AS label_us,
    CASE WHEN s0 = 1 AND i // 1000 >= 16 THEN 0 ELSE 1 END::INTEGER AS label,
    ((hash(i, 7) % 1000) + CASE WHEN s0 = 0 THEN 500 ELSE 0 END)::DOUBLE AS f0, 3.0::DOUBLE AS f1
  FROM (SELECT i, (i % 5)::INTEGER AS s0, CASE WHEN i % 5 = 0 OR hash(i, 2) % 10 = 0 THEN 1 ELSE 0 END::INTEGER AS s1
    FROM range(20000) t(i))`;
const shape: SmallCacheShape = {
  rows,
  segments: [
    { name: 'country', values: ['a', 'b', 'c', 'd', null] },
    { name: 'device', values: ['desk', 'phone'] },
  ],
  features: [
    { name: 'amount', kind: 'numeric' },
    { name: 'fixed', kind: 'numeric' },
  ],
};
const request = CompareRequest.parse({
  dataset: 'small',
  reference: { from: '1970-01-01', to: '1970-01-10' },
  current: { from: '1970-01-11', to: '1970-01-20' },
});
const select = (selection: Partial<RowSelection>) => ({ request, selection: RowSelection.parse(selection) });

describe('a selection', () => {
  let cache: SmallCache;
  beforeAll(async () => {
    cache = await smallCache(shape);
  });
  afterAll(() => cache.close());

  it('is held against the rest of the current window: the planted difference comes first, with its counts', async () => {
    const found = await explainSelection(cache.dataset, select({ segment: { country: 'a' } }));
    expect(SelectionExplanation.parse(found)).toEqual(found);
    expect(found.n).toEqual({ inside: 2000, rest: 8000 });
    expect(found.window).toEqual(request.current);
    const [row] = await cache.dataset.database.rows<{ n: number }>(
      'SELECT count(*) AS n FROM row WHERE day >= 10 AND s0 > 0 AND s1 = 1',
    );
    const phone = found.findings.find(({ column, value }) => column === 'device' && value === 'phone');
    expect(phone).toMatchObject({
      inside: { n: 2000, share: 1 },
      rest: { n: row?.n, share: (row?.n as number) / 8000 },
    });
    expect(phone?.lift).toBeCloseTo(8000 / (row?.n as number), 12);
    expect(found.findings.slice(0, 2).map(({ column }) => column)).toEqual(['device', 'device']);
    const high = found.findings.find(({ column, value }) => column === 'amount' && value?.startsWith('above'));
    expect(high?.difference.low).toBeGreaterThan(0.2);
    expect(found.findings.some(({ column }) => column === 'country')).toBe(false);
    expect(found.leftOut).toEqual(['country: fixed by the selection', 'fixed: constant or empty']);
  });

  it('tells the same whatever was looked at before', async () => {
    const fresh = async (selection: Partial<RowSelection>) => {
      const other = await smallCache(shape);
      try {
        return await explainSelection(other.dataset, select(selection));
      } finally {
        await other.close();
      }
    };
    const walked: Partial<RowSelection>[] = [
      { segment: { country: 'b' } },
      { segment: { country: 'b', device: 'phone' } },
      { segment: { country: null } },
      { segment: { country: 'b' }, errorsOnly: true },
      { segment: { country: 'b' }, days: { from: '1970-01-09', to: '1970-01-12' } },
    ];
    for (const selection of walked) {
      const found = await explainSelection(cache.dataset, select(selection));
      expect(found).toEqual(await fresh(selection));
      expect(found.sql.length % 2).toBe(0);
    }
  });

  it('asks the whole window nothing when that was read ahead', async () => {
    const other = await smallCache(shape);
    const asked: string[] = [];
    const { database } = other.dataset;
    const listening: Database = {
      ...database,
      columns: (sql, parameters) => {
        asked.push(sql);
        return database.columns(sql, parameters);
      },
    };
    const dataset = { ...other.dataset, database: listening };
    try {
      expect(await prepareSelections(dataset, request)).toBe(4);
      const ahead = asked.splice(0);
      const found = await explainSelection(dataset, select({ segment: { country: 'c' } }));
      expect(found).toEqual(await explainSelection(cache.dataset, select({ segment: { country: 'c' } })));
      expect(asked.filter((sql) => !sql.includes('s0 = 2'))).toEqual([]);
      expect(found.sql.filter((sql) => ahead.includes(sql))).toHaveLength(found.sql.length / 2);
    } finally {
      await other.close();
    }
  });

  it('of the wrong predictions only is held against the right ones among the same rows', async () => {
    const found = await explainSelection(cache.dataset, select({ errorsOnly: true }));
    expect(found.rest).toBe('the right predictions among the same rows');
    expect(found.n).toEqual({ inside: 800, rest: 9200 });
    const [first] = found.findings.filter(({ kind }) => kind === 'segment');
    expect(first).toMatchObject({ column: 'country', value: 'b', inside: { n: 800, share: 1 }, rest: { n: 1200 } });
  });

  it('of days takes the window they lie in', async () => {
    const days = { from: '1970-01-03', to: '1970-01-04' };
    const found = await explainSelection(cache.dataset, select({ days }));
    expect(found.window).toEqual(request.reference);
    expect(found.n).toEqual({ inside: 2000, rest: 8000 });
    // Nothing was planted there: no value differs by more than chance.
    expect(found.findings.filter(({ pAdjusted }) => pAdjusted < 0.01)).toEqual([]);
    const across = await explainSelection(cache.dataset, select({ days: { from: '1970-01-09', to: '1970-01-12' } }));
    expect(across.window).toEqual({ from: '1970-01-01', to: '1970-01-20' });
  });

  it('keeps the books: the values of a column add up to both sides, the same each time', async () => {
    const found = await explainSelection(cache.dataset, select({ segment: { device: 'desk' } }));
    const amounts = found.findings.filter(({ column }) => column === 'amount');
    expect(amounts).toHaveLength(5);
    expect(amounts.reduce((sum, { inside }) => sum + inside.n, 0)).toBe(found.n.inside);
    expect(amounts.reduce((sum, { rest }) => sum + rest.n, 0)).toBe(found.n.rest);
    expect(await explainSelection(cache.dataset, select({ segment: { device: 'desk' } }))).toEqual(found);
  });

  it('places the bins of numbers once for a dataset, whatever is selected', async () => {
    const asked: string[] = [];
    const { database } = cache.dataset;
    const heard: Database = {
      ...database,
      columns: (sql, parameters) => {
        asked.push(sql);
        return database.columns(sql, parameters);
      },
    };
    const dataset = { ...cache.dataset, database: heard };
    const placing = () => asked.filter((sql) => sql.includes('quantile_disc')).length;
    const of = (found: SelectionExplanation) =>
      found.findings.flatMap(({ column, value }) => (column === 'amount' ? [value] : [])).sort();
    const first = of(await explainSelection(dataset, select({ segment: { country: 'a' } })));
    expect([first.length, placing()]).toEqual([5, 1]);
    expect(of(await explainSelection(dataset, select({ errorsOnly: true })))).toEqual(first);
    expect(placing()).toBe(1);
  });

  it.each([
    ['nothing is selected', {}],
    ['the selection holds no rows', { segment: { country: 'a', device: 'desk' } }],
    ['the selection is the whole window', { days: request.current }],
    ['segment column country never has the value: nowhere', { segment: { country: 'nowhere' } }],
  ])('refuses: %s', async (message, selection) => {
    await expect(explainSelection(cache.dataset, select(selection))).rejects.toThrow(message);
    await expect(explainSelection(cache.dataset, select(selection))).rejects.toBeInstanceOf(UserFault);
  });
});
