import { afterEach, beforeEach, expect, test } from 'vitest';
import { labelMaturity } from '../../../src/main/accuracy/maturity/day-maturity.ts';
import { goodLabels, goodPredictions, goodZoo, type Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
beforeEach(async () => {
  zoo = await goodZoo();
});
afterEach(() => zoo.remove());

const withTimes = async (at: string, labelledAt?: string) => {
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 48, { at }));
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, { at }));
  if (labelledAt !== undefined) await zoo.parquet('labels/a.parquet', goodLabels(0, 72, { labelled_at: labelledAt }));
};
const notes = async () => (await zoo.import()).ledger.notes.map(({ text }) => text);
const instants = async () => (await zoo.rows()).map(({ at_us }) => Number(at_us) / 1e6);
const start = Date.UTC(2026, 2, 1) / 1000;
const hours = Array.from({ length: 96 }, (_, i) => start + i * 3600);
const moment = "(TIMESTAMP '2026-03-01' + to_hours(i))";

test.each([
  ['timestamps of milliseconds', `${moment}::TIMESTAMP_MS`],
  ['timestamps of nanoseconds', `${moment}::TIMESTAMP_NS`],
  ['timestamps with zone', `timezone('UTC', ${moment})`],
  ['ISO text', `strftime(${moment}, '%Y-%m-%dT%H:%M:%S')`],
  ['ISO text with fractions', `strftime(${moment}, '%Y-%m-%d %H:%M:%S.%f')`],
  ['ISO text in Z', `strftime(${moment}, '%Y-%m-%dT%H:%M:%SZ')`],
  ['ISO text with an offset', `strftime(${moment} + INTERVAL 330 MINUTE, '%Y-%m-%dT%H:%M:%S+05:30')`],
  ['ISO text with a short offset', `strftime(${moment} - INTERVAL 4 HOUR, '%Y-%m-%d %H:%M:%S-0400')`],
])('%s', async (_, at) => {
  await withTimes(at);
  expect(await notes()).toEqual([]);
  expect(await instants()).toEqual(hours);
});

test.each([
  ['seconds', `epoch(${moment})::BIGINT`],
  ['milliseconds', `epoch_ms(${moment})`],
  ['microseconds', `epoch_us(${moment})`],
  ['nanoseconds', `epoch_ns(${moment})`],
  ['seconds', `epoch(${moment})::DOUBLE`],
])('epoch numbers in %s', async (unit, at) => {
  await withTimes(at);
  expect(await notes()).toEqual([`at of predictions holds epoch numbers, read as ${unit} since 1970 UTC`]);
  expect(await instants()).toEqual(hours);
});

test('epoch numbers of different units', async () => {
  await withTimes(`if(i % 8 = 0, epoch(${moment})::BIGINT, epoch_ms(${moment}))`);
  expect(await zoo.fault()).toBe(
    'time column at in predictions mixes epoch units: 84 values look like milliseconds and 12 like seconds, export one unit, first: predictions/a.parquet',
  );
});

test('text with and without zone', async () => {
  await withTimes(`strftime(${moment}, '%Y-%m-%dT%H:%M:%S') || if(i < 10, 'Z', '')`);
  expect(await zoo.fault()).toBe(
    'time column at in predictions mixes 10 values with a zone and 86 without, write all of them one way, first without: predictions/a.parquet',
  );
});

test('text that is no time', async () => {
  await withTimes(`if(i % 32 = 1, '03/01/2026 ' || i, strftime(${moment}, '%Y-%m-%d'))`);
  expect(await zoo.fault()).toBe(
    '3 of 96 values of time column at in predictions are not ISO 8601 such as 2026-03-01T12:00:00Z, first in predictions/a.parquet: 03/01/2026 1',
  );
  await withTimes("'2026-02-30'");
  expect(await zoo.fault()).toBe(
    '96 of 96 values of time column at in predictions are not ISO 8601 such as 2026-03-01T12:00:00Z, first in predictions/a.parquet: 2026-02-30',
  );
});

test('instants with a zone in one file and without in another', async () => {
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, { at: `timezone('UTC', ${moment})` }));
  expect(await zoo.fault()).toBe(
    'column at is a timestamp with zone in 1 of 2 predictions files and a timestamp without zone elsewhere, export one type: predictions/b.parquet',
  );
});

test.each([
  ['dates', `CAST(${moment} AS DATE)`, `CAST(${moment} AS DATE)`],
  ['date text', `strftime(${moment}, '%Y-%m-%d')`, `strftime(${moment}, '%Y-%m-%d')`],
  ['instants against dates', moment, `CAST(${moment} AS DATE)`],
])('a label of the same day is not early: %s', async (_, at, labelledAt) => {
  await withTimes(at, labelledAt);
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({ earlyLabels: 0, matchedLabels: 72 });
  expect(ledger.notes.filter(({ code }) => code === 'date-only').length).toBeGreaterThan(0);
  for (const { at_us, label_us } of await zoo.rows())
    if (label_us !== null) expect(label_us).toBeGreaterThanOrEqual(at_us as number);
});

test('a label of the day before is early, also by date', async () => {
  await withTimes(`CAST(${moment} AS DATE)`, `CAST(${moment} - INTERVAL 1 DAY AS DATE)`);
  expect((await zoo.import()).ledger).toMatchObject({ earlyLabels: 72, matchedLabels: 0 });
});

test('naive instants are read in the zone of the dataset and days are cut in it', async () => {
  // Summer time starts on 2026-03-29: two hours after one o'clock it is four.
  await withTimes("TIMESTAMP '2026-03-29 00:30:00' + to_hours(if(i = 2, 3, i))");
  zoo.yaml({ timezone: 'Europe/Berlin', 'labels.time': undefined });
  const rows = await zoo.rows();
  expect(rows.slice(0, 3).map(({ at_us }) => new Date(Number(at_us) / 1000).toISOString())).toEqual([
    '2026-03-28T23:30:00.000Z',
    '2026-03-29T00:30:00.000Z',
    '2026-03-29T01:30:00.000Z',
  ]);
  expect(rows.slice(0, 3).map(({ day }) => day)).toEqual([20541, 20541, 20541]);
});

test('1970 and 9999', async () => {
  await withTimes(
    "if(i = 0, TIMESTAMP '1970-01-01', if(i = 1, TIMESTAMP '9999-12-31 23:59:59.999999', if(i = 2, TIMESTAMP '1969-12-31 12:00:00', TIMESTAMP '2026-03-01' + to_hours(i))))",
    moment,
  );
  const dataset = await zoo.open();
  expect([dataset.firstDay, dataset.lastDay]).toEqual(['1969-12-31', '9999-12-31']);
  await dataset.close();
  expect(await notes()).toEqual([
    '3 predictions lie before 1980 or after 2099 in column at, as fillers for a missing time do, and were kept, but not to tell how late labels come',
  ]);
  expect((await zoo.rows())[0]).toMatchObject({ day: -1, at_us: -43_200_000_000 });
});

test('a filler for a missing time does not make labels late', async () => {
  await withTimes(`if(i % 4 = 0, TIMESTAMP '1970-01-01', ${moment})`, `${moment} + INTERVAL 2 DAY`);
  const dataset = await zoo.open();
  try {
    const { arrival, days } = await labelMaturity(dataset, dataset.lastInstantUs);
    expect(arrival.latency.p95Days).toBeCloseTo(2, 1);
    expect(arrival.longestHours).toBe(48);
    expect(days[0]).toMatchObject({ day: 0, predictions: 24 });
  } finally {
    await dataset.close();
  }
});

test('a filler for a missing label time is named, and neither makes labels late nor days mature', async () => {
  const filler = "if(i % 9 = 0, TIMESTAMP '2999-12-31', if(i % 9 = 1, TIMESTAMP '1970-01-01', ";
  await withTimes(moment, `${filler}${moment} + INTERVAL 2 DAY))`);
  expect(await notes()).toEqual([
    '16 labels lie before 1980 or after 2099 in column labelled_at, as fillers for a missing time do, and do not tell how late labels come',
  ]);
  const dataset = await zoo.open();
  try {
    expect(dataset.ledger).toMatchObject({ matchedLabels: 64, earlyLabels: 8 });
    expect(new Date(dataset.lastInstantUs / 1000).toISOString()).toBe('2026-03-05T23:00:00.000Z');
    const { arrival, days } = await labelMaturity(dataset, dataset.lastInstantUs);
    expect(arrival.latency.p95Days).toBeCloseTo(2, 1);
    expect(arrival.longestHours).toBe(48);
    expect(days.map(({ labelled }) => labelled)).toEqual([21, 21, 22, 0]);
    expect(days.at(-1)!.maturity).toBeLessThan(0.5);
  } finally {
    await dataset.close();
  }
});

test('missing and infinite times are excluded, counted and named', async () => {
  await withTimes(
    `if(i < 5, NULL, if(i < 8, TIMESTAMP 'infinity', if(i < 9, TIMESTAMP '-infinity', ${moment})))`,
    "if(i = 20, TIMESTAMP 'infinity', TIMESTAMP '2026-03-05')",
  );
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({
    distinctPredictions: 96,
    matchedLabels: 62,
    orphanLabels: 0,
    earlyLabels: 0,
    joined: 62,
  });
  expect(ledger.notes.map(({ text }) => text)).toEqual([
    '1 label has an infinite time in column labelled_at and was excluded',
    '4 predictions have an infinite time in column at and were excluded',
    '9 labels belong to predictions that were excluded',
    '5 predictions have no time in column at and were excluded',
  ]);
  expect(await zoo.rows()).toHaveLength(87);
});

test('no usable time at all, and times that are none', async () => {
  await withTimes('CAST(NULL AS TIMESTAMP)');
  expect(await zoo.fault()).toBe('no prediction has a usable time in column at, of 96');
  await withTimes('i % 2 = 0');
  expect(await zoo.fault()).toBe(
    'time column at of predictions is a boolean, expected a timestamp, ISO text or epoch integers: BOOLEAN',
  );
});
