import { afterEach, describe, expect, it } from 'vitest';
import { series } from '../../../src/main/accuracy/series.ts';
import type { Cell } from '../../../src/main/platform/duckdb.ts';
import type { SeriesRequest } from '../../../src/shared/model/request.ts';
import { quietWork } from '../../fixtures/scratch.ts';
import { type SmallCache, type SmallCacheShape, smallCache } from '../drift/small-cache.ts';

let cache: SmallCache | undefined;
afterEach(async () => {
  await cache?.close();
  cache = undefined;
});

const DAY = 86_400_000_000;
/** 2026-01-01, a Thursday. */
const FIRST = 20454;

/** `days` x `perDay` rows with a calibrated score and a label that arrives three days later. */
const rowsOf = (days: number, perDay: number, changes: Record<string, string> = {}): string => {
  const columns = {
    day: `(${FIRST} + i // ${perDay})::INTEGER`,
    at_us: `(${FIRST} + i // ${perDay}) * ${DAY}::BIGINT + i % ${perDay}`,
    predicted: '(u > 0.5)::INTEGER',
    label: '(v < u)::INTEGER',
    label_us: `(${FIRST + 3} + i // ${perDay}) * ${DAY}::BIGINT`,
    score: 'u::DOUBLE',
    s0: '(i % 2)::INTEGER',
    f0: '(u * 3)::DOUBLE',
    ...changes,
  };
  const list = Object.entries(columns).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${list.join(', ')} FROM (SELECT i::BIGINT AS i, ((i * 2654435761) % 4294967296) / 4294967296.0 AS u,
    ((i * 40503 + 12345)::HUGEINT * 2246822519 % 4294967296) / 4294967296.0 AS v FROM range(${days * perDay}) t(i))`;
};

const shape: SmallCacheShape = {
  rows: rowsOf(40, 150),
  segments: [{ name: 'country', values: ['FR', null] }],
  features: [{ name: 'amount', kind: 'numeric' }],
};

async function run(change: Partial<SmallCacheShape>, request: Partial<SeriesRequest>) {
  cache = await smallCache({ ...shape, ...change });
  const reference = { from: '2026-01-01', to: '2026-01-20' };
  return series(cache.dataset, { dataset: 'small', reference, chunk: '1d', seed: 1, ...request }, quietWork);
}

describe('series', () => {
  it('cuts days, ISO weeks, months and numbers of rows', async () => {
    const bounds = async (chunk: string) =>
      (await run({}, { chunk })).chunks.map(({ from, to, n }) => `${from}..${to} ${n}`);
    expect(await bounds('1d')).toHaveLength(40);
    await cache?.close();
    expect(await bounds('1w')).toEqual([
      '2026-01-01..2026-01-04 600',
      '2026-01-05..2026-01-11 1050',
      '2026-01-12..2026-01-18 1050',
      '2026-01-19..2026-01-25 1050',
      '2026-01-26..2026-02-01 1050',
      '2026-02-02..2026-02-08 1050',
      '2026-02-09..2026-02-09 150',
    ]);
    await cache?.close();
    expect(await bounds('1mo')).toEqual(['2026-01-01..2026-01-31 4650', '2026-02-01..2026-02-09 1350']);
    await cache?.close();
    const byRows = await run({}, { chunk: '1400' });
    expect(byRows.chunks.map(({ n, period }) => `${n} ${period}`)).toEqual([
      '1400 reference',
      '1400 reference',
      '200 reference',
      '1400 analysis',
      '1400 analysis',
      '200 analysis',
    ]);
    expect(byRows.chunks[0]?.from).toBe('2026-01-01T00:00:00.000Z');
  });

  it('cuts weeks and months before 1970 and up to 9999', async () => {
    const far = {
      rows: rowsOf(40, 150, { day: '(CASE WHEN i < 3000 THEN -4 + i // 1000 ELSE 2932896 END)::INTEGER', at_us: 'i' }),
    };
    const reference = { from: '1969-12-28', to: '1969-12-31' };
    const weeks = await run(far, { chunk: '1w', reference });
    expect(weeks.chunks.map(({ from, to, n }) => `${from}..${to} ${n}`)).toEqual([
      '1969-12-28..1969-12-28 1000',
      '1969-12-29..1970-01-04 2000',
      '9999-12-27..9999-12-31 3000',
    ]);
    await cache?.close();
    const months = await run(far, { chunk: '1mo', reference });
    expect(months.chunks.map(({ from, to }) => `${from}..${to}`)).toEqual([
      '1969-12-28..1969-12-31',
      '9999-12-01..9999-12-31',
    ]);
  });

  it('names a week that lies only partly in the reference', async () => {
    const result = await run({}, { chunk: '1w' });
    expect(result.chunks[3]?.period).toBe('analysis');
    expect(result.notes).toContain(
      'the chunk 2026-01-19..2026-01-25 lies only partly in the reference and counts as analysis',
    );
  });

  it('leaves the drift of features out where nobody wants it, and nothing else', async () => {
    const every = await run({}, {});
    await cache?.close();
    const some = await run({}, { featureDrift: false });
    expect(every.chunks.every(({ featureDrift }) => featureDrift.amount !== undefined)).toBe(true);
    expect(some.notes).toContain('feature drift by chunk was not asked for');
    expect(some.chunks).toEqual(every.chunks.map((chunk) => ({ ...chunk, featureDrift: {} })));
    expect(some.limits).toEqual(every.limits);
  });

  it('counts a segment of very many rows in the bins the import stored, to within their bound of the exact distance', async () => {
    const rows = rowsOf(40, 2530, { score: '(CASE WHEN i < 60000 THEN u ELSE u * u END)::DOUBLE' });
    const within = { country: 'FR' };
    const binned = await run({ rows, binned: true }, { within });
    await cache?.close();
    const exact = await run({ rows }, { within });
    expect(exact.chunks.map(({ n }) => n)).toEqual(Array(40).fill(1265));
    binned.chunks.forEach((chunk, i) => {
      const [a, b] = [chunk.predictionDrift, exact.chunks[i]!.predictionDrift];
      expect(a.method).toMatch(/^wasserstein-\d+-bins@1/);
      expect(b.method).toMatch(/^wasserstein-exact@1/);
      expect(Math.abs(a.distance! - b.distance!)).toBeLessThanOrEqual(a.bound! + 1e-12);
      expect(a.exceeds).toBe(b.exceeds);
      expect(Math.abs(a.threshold! / b.threshold! - 1)).toBeLessThan(0.05);
      expect(Object.keys(chunk.featureDrift)).toEqual(['amount']);
    });
    expect(binned.chunks.filter(({ predictionDrift }) => predictionDrift.exceeds).length).toBe(17);
  });

  it('answers another reference from what was counted for the first as it would have been counted anew', async () => {
    // As many rows as the import makes bins of; every second one is without a label.
    const rows = rowsOf(40, 12_800, { label: '(CASE WHEN i % 2 = 0 THEN v < u END)::INTEGER' });
    const ask = { reference: { from: '2026-01-11', to: '2026-02-05' }, featureDrift: false };
    const anew = await run({ rows, binned: true }, ask);
    await cache?.close();

    cache = await smallCache({ ...shape, rows, binned: true });
    const { database } = cache.dataset;
    let scans = 0;
    const columns = database.columns.bind(database);
    Object.assign(database, {
      withSignal: () => database,
      columns: (sql: string, parameters?: Record<string, Cell>) => {
        if (/FROM row\b|FROM \(SELECT \*, rowid/.test(sql)) scans += 1;
        return columns(sql, parameters);
      },
    });
    const request = { dataset: 'small', chunk: '1d', seed: 1, ...ask };
    const first = await series(
      cache.dataset,
      { ...request, reference: { from: '2026-01-01', to: '2026-01-20' } },
      quietWork,
    );
    expect(scans).toBeGreaterThan(3);
    scans = 0;
    expect(await series(cache.dataset, request, quietWork)).toEqual(anew);
    expect(scans).toBe(0);
    expect(anew.chunks[20]?.estimated.accuracy).not.toEqual(first.chunks[20]?.estimated.accuracy);
  });

  it('raises no alarm when nothing happens, and both when the relation and the scores move', async () => {
    const still = await run({}, { metric: 'accuracy', chunk: '1d' });
    expect(still.chunks.flatMap(({ alarms }) => alarms.filter(({ kind }) => kind === 'performance'))).toEqual([]);
    await cache?.close();
    const broken = await run(
      {
        rows: rowsOf(40, 150, {
          label: `(CASE WHEN i // 150 = 30 THEN v >= u ELSE v < u END)::INTEGER`,
          score: 'CASE WHEN i // 150 = 30 THEN u * u ELSE u END::DOUBLE',
        }),
      },
      { metric: 'roc_auc' },
    );
    const alarms = broken.chunks[30]?.alarms ?? [];
    expect(alarms.map(({ kind }) => kind)).toEqual(['performance', 'prediction-drift']);
    expect(alarms[0]?.evidence).toEqual(['/chunks/30/realised/roc_auc', '/limits/roc_auc']);
    const others = broken.chunks.filter((_, i) => i !== 30).flatMap((chunk) => chunk.alarms);
    expect(others.filter(({ kind }) => kind === 'performance')).toEqual([]);
  });

  it('marks chunks whose labels are still arriving, and never alarms on their performance', async () => {
    const result = await run({ hasLabelTimes: true }, { asOf: '2026-02-08T12:00:00Z' });
    const last = result.chunks.at(-1);
    expect(last).toMatchObject({ labelled: 0, provisional: true });
    expect(last?.realised.accuracy).toMatchObject({ value: null, n: 0 });
    expect(last?.estimated.accuracy?.value).toBeGreaterThan(0.6);
    expect(result.chunks[0]).toMatchObject({ labelled: 150, provisional: false });
    expect(result.chunks.filter(({ provisional }) => provisional).length).toBeGreaterThanOrEqual(3);
  });

  it('estimates from scores alone what labels later show', async () => {
    const result = await run({}, { chunk: '1w' });
    for (const chunk of result.chunks.slice(0, 6)) {
      for (const name of ['accuracy', 'roc_auc', 'f1', 'brier', 'log_loss']) {
        const estimate = chunk.estimated[name];
        expect(estimate?.method).toBe('cbpe@1');
        expect(Math.abs((estimate?.value ?? 9) - (chunk.realised[name]?.value ?? 0))).toBeLessThan(0.06);
      }
    }
  });

  it('restricts every part to a segment, by days as by rows', async () => {
    const days = await run({}, { within: { country: null } });
    expect(days.chunks[0]).toMatchObject({ n: 75, labelled: 75 });
    expect(days.chunks[0]?.predictionDrift.n).toBe(75);
    await cache?.close();
    const rows = await run({}, { within: { country: null }, chunk: '75' });
    expect(rows.chunks.map((chunk) => chunk.realised.roc_auc?.value)).toEqual(
      days.chunks.map((chunk) => chunk.realised.roc_auc?.value),
    );
    expect(rows.chunks.map((chunk) => chunk.predictionDrift.distance)).toEqual(
      days.chunks.map((chunk) => chunk.predictionDrift.distance),
    );
    expect(rows.chunks.map((chunk) => chunk.featureDrift.amount?.js)).toEqual(
      days.chunks.map((chunk) => chunk.featureDrift.amount?.js),
    );
  });

  it('does without scores: classes drift, nothing is estimated', async () => {
    const result = await run({ hasScores: false, rows: rowsOf(40, 150, { score: 'NULL::DOUBLE' }) }, {});
    expect(result.chunks[35]?.predictionDrift.method).toContain('total-variation');
    expect(result.chunks[35]?.estimated.accuracy).toMatchObject({ value: null, reason: 'no scores to estimate from' });
    expect(result.chunks[35]?.realised.accuracy?.value).toBeGreaterThan(0.5);
  });

  it('does without labels', async () => {
    const result = await run(
      { rows: rowsOf(40, 150, { label: 'NULL::INTEGER', label_us: 'NULL::BIGINT' }) },
      { metric: 'roc_auc' },
    );
    expect(result.chunks[35]?.realised.roc_auc?.value).toBeNull();
    expect(result.chunks[35]?.estimated.roc_auc?.reason).toContain('no mature labels');
    expect(result.limits.roc_auc).toMatchObject({ low: null, high: null });
    expect(result.chunks[35]?.predictionDrift.threshold).toBeGreaterThan(0);
  });

  it('serves regressions', async () => {
    const result = await run(
      {
        task: 'regression',
        rows: rowsOf(40, 150, { predicted: 'u * 100', label: 'u * 100 + v', score: 'NULL::DOUBLE' }),
      },
      {},
    );
    expect(Object.keys(result.chunks[0]?.realised ?? {})[0]).toBe('mae');
    expect(result.chunks[0]?.realised.mae?.value).toBeCloseTo(0.5, 1);
    expect(result.chunks[0]?.estimated).toEqual({});
    expect(result.chunks[0]?.predictionDrift.distance).toBeGreaterThan(0);
  });

  // One score without a prediction, on the last day, and the scores of each chunk are counted instead of told from their bins.
  it.each([
    ['1d', false],
    ['1w', false],
    ['400', false],
    ['1d', true],
    ['1w', true],
  ])(
    'estimates the same from the bins of scores as from counting them, chunks of %s, stored bins: %s',
    async (chunk, binned) => {
      const classes = ['a', 'b', 'c'];
      const estimates = async (predicted: string) => {
        const rows = rowsOf(40, 150, {
          predicted,
          label: '(CASE WHEN v < u THEN i % 3 ELSE (i + 1) % 3 END)::INTEGER',
          score: '(floor(u * 50) / 50)::DOUBLE',
        });
        const { chunks } = await run({ rows, task: 'multiclass', classes, binned }, { chunk });
        await cache?.close();
        return chunks.map(({ estimated }) => estimated.accuracy);
      };
      const told = await estimates('(i % 3)::INTEGER');
      const counted = await estimates('(CASE WHEN i < 5999 THEN i % 3 END)::INTEGER');
      expect(told.slice(0, -1)).toEqual(counted.slice(0, -1));
      expect(told.every((one) => one !== undefined && one.value !== null)).toBe(true);
      expect((told.at(-1)?.n ?? 0) - (counted.at(-1)?.n ?? 0)).toBe(1);
    },
  );

  it('gives the same bytes for the same seed', async () => {
    const first = JSON.stringify(await run({}, { chunk: '1w' }));
    await cache?.close();
    expect(JSON.stringify(await run({}, { chunk: '1w' }))).toBe(first);
  });

  it('stops when cancelled', async () => {
    cache = await smallCache(shape);
    const stopping = new AbortController();
    const request = { dataset: 'small', reference: { from: '2026-01-01', to: '2026-01-20' }, chunk: '1d', seed: 1 };
    const work = {
      signal: stopping.signal,
      progress: ({ step }: { step: string }) => step === 'estimates' && stopping.abort(),
    };
    await expect(series(cache.dataset, request, work)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('refuses a reference without predictions, and chunks too small for the data', async () => {
    await expect(run({}, { reference: { from: '2020-01-01', to: '2020-01-31' } })).rejects.toThrow(
      'no predictions in the reference window (data covers 2026-01-01..2026-02-09): 2020-01-01..2020-01-31',
    );
    await cache?.close();
    await expect(run({}, { chunk: '1' })).rejects.toThrow('too many chunks');
    await cache?.close();
    await expect(run({}, { within: { country: 'DE' } })).rejects.toThrow('never has the value: DE');
  });
});
