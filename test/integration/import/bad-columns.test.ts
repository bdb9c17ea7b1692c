import { afterEach, beforeEach, expect, test } from 'vitest';
import { goodLabels, goodPredictions, goodZoo, type Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
beforeEach(async () => {
  zoo = await goodZoo();
});
afterEach(() => zoo.remove());

const notes = async () => (await zoo.import()).ledger.notes.map(({ text }) => text);

test('an unknown column, with the name that was probably meant', async () => {
  zoo.yaml({ segments: ['contry'] });
  expect(await zoo.fault()).toBe('unknown column in predictions (did you mean country?): contry');
  zoo.yaml({ 'labels.value': 'outcome' });
  expect(await zoo.fault()).toBe('unknown column in labels, labels/a.parquet has id, label, labelled_at: outcome');
  zoo.yaml({ segments: ['Country'] });
  expect(await zoo.fault()).toBe('unknown column in predictions (did you mean country?): Country');
});

test('names that differ only in case are different columns', async () => {
  for (const [file, from, to] of [
    ['predictions/a.parquet', 0, 48],
    ['predictions/b.parquet', 48, 96],
  ] as const) {
    await zoo.parquet(file, goodPredictions(from, to, { countrz: "'other'" }));
    zoo.renameInside(file, 'countrz', 'Country');
  }
  zoo.yaml({ segments: ['Country', 'country'] });
  const rows = await zoo.rows();
  expect(rows[1]).toMatchObject({ s0: 'other', s1: 'FR' });
  zoo.yaml({ segments: ['COUNTRY'] });
  expect(await zoo.fault()).toBe(
    'unknown column in predictions, country and Country differ only in case so the exact name is needed: COUNTRY',
  );
});

test('a column that occurs twice', async () => {
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, { countrz: "'other'" }));
  zoo.renameInside('predictions/b.parquet', 'countrz', 'country');
  expect(await zoo.fault()).toBe(
    'column country occurs 2 times in a predictions file, keep one: predictions/b.parquet',
  );
});

test('a column missing in some files: needed ones are a fault, others are null there and said so', async () => {
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, { country: '', amount: '' }));
  expect(await notes()).toEqual([
    'column amount is missing in 1 of 2 predictions files and was read as null there, first: predictions/b.parquet',
    'column country is missing in 1 of 2 predictions files and was read as null there, first: predictions/b.parquet',
  ]);
  expect((await zoo.rows())[60]).toMatchObject({ s0: null, f0: null, predicted: '0' });
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, { predicted: '' }));
  expect(await zoo.fault()).toBe(
    'column predicted is missing in 1 of 2 predictions files, export it there too or leave them out, first: predictions/b.parquet',
  );
});

test('text against numbers in different files', async () => {
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, { amount: "'1,5'" }));
  expect(await zoo.fault()).toBe(
    'column amount is text in 1 of 2 predictions files and a number elsewhere, export one type: predictions/b.parquet',
  );
});

test('a column that is all null in one file may have any type there', async () => {
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, { country: 'CAST(NULL AS INTEGER)' }));
  expect((await zoo.import()).ledger.notes).toEqual([]);
  expect((await zoo.rows())[60]).toMatchObject({ s0: null });
});

test('types that widen safely are read as the widest and noted', async () => {
  await zoo.parquet(
    'predictions/b.parquet',
    goodPredictions(48, 96, { amount: 'i::INTEGER', predicted: '(i % 2)::BIGINT' }),
  );
  expect(await notes()).toEqual([
    'column amount has different types in the predictions files and was read as the widest: DOUBLE, INTEGER',
    'column predicted has different types in the predictions files and was read as the widest: BIGINT, INTEGER',
  ]);
  expect((await zoo.rows())[60]).toMatchObject({ f0: 60, predicted: '0' });
});

test('columns in another order', async () => {
  await zoo.parquet(
    'predictions/b.parquet',
    `SELECT amount, country, score, predicted, "at", id FROM (${goodPredictions(48, 96)})`,
  );
  expect((await zoo.rows())[60]).toMatchObject({ s0: 'DE', f0: 90, score: 0 });
});

test('nested and binary features are left out and named', async () => {
  const more = { parts: '[i, i + 1]', raw: "'x'::BLOB", deep: "{'a': i}", seen: "TIMESTAMP '2026-01-01'" };
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 48, more));
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, more));
  zoo.yaml({ features: undefined });
  expect(await notes()).toEqual(['features that are neither numbers nor text were left out: parts, raw, deep, seen']);
  zoo.yaml({ segments: ['parts'] });
  expect(await zoo.fault()).toBe(
    'column parts is a nested or binary value and cannot name a segment or version: INTEGER[]',
  );
});

test('a thousand values make a feature an identifier', async () => {
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 3000, { amount: "if(i % 2 = 0, 'user ' || i, NULL)" }));
  await zoo.parquet('predictions/b.parquet', goodPredictions(3000, 3001, { amount: "'x'" }));
  expect(await notes()).toEqual([
    'feature amount has more than 1000 different values (identifier-like), only its share of nulls is kept',
  ]);
  const dataset = await zoo.open();
  expect(dataset.features).toMatchObject([{ name: 'amount', kind: 'categorical', identifierLike: true }]);
  expect(await dataset.dictionary('feature', 0)).toEqual(['present', null]);
  expect(await dataset.database.rows('SELECT f0, count(*) AS n FROM row GROUP BY f0 ORDER BY f0')).toEqual([
    { f0: 0, n: 1501 },
    { f0: 1, n: 1500 },
  ]);
  await dataset.close();
});

test('two thousand columns, of which one try cannot hold the open blocks of every thread', async () => {
  const wide = Object.fromEntries(
    Array.from({ length: 2000 }, (_, n) => [`x${n}`, `(i + ${n})::DOUBLE + (i * ${2 * n + 1} % 1009) / 2018`]),
  );
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 3000, wide));
  await zoo.parquet('predictions/b.parquet', goodPredictions(3000, 3001, wide));
  zoo.yaml({ features: undefined });
  const dataset = await zoo.open();
  expect(dataset.features).toHaveLength(2001);
  expect(dataset.features.at(-1)).toMatchObject({ name: 'x1999', position: 2000 });
  expect(await dataset.database.rows('SELECT floor(f2000) AS last FROM row ORDER BY at_us LIMIT 2')).toEqual([
    { last: 1999 },
    { last: 2000 },
  ]);
  await dataset.close();
});

test('hostile names and values survive exactly', async () => {
  const names = [
    'day',
    'label',
    '__proto__',
    'a "quoted"; DROP TABLE row; --',
    "it's\na line",
    '<img src=x onerror=alert(1)>',
    '=1+1',
    '../../etc/passwd',
  ];
  const values = [
    '=cmd|calc',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    "'; DROP TABLE row; --",
    'two\nlines',
    '',
    ' ',
    '"',
  ];
  const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const hostile = Object.fromEntries(
    names.map((name) => [name, `[${values.map(literal).join(', ')}, 'nul' || chr(0) || 'inside'][i % 9 + 1]`]),
  );
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 48, hostile));
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, hostile));
  zoo.yaml({ segments: names, features: names });
  const rows = await zoo.rows();
  const expected = [...values, 'nul\0inside'];
  for (const [i, row] of rows.entries()) {
    for (const n of names.keys()) {
      expect(row[`s${n}`]).toBe(expected[i % 9]);
      expect(row[`f${n}`]).toBe(expected[i % 9]);
    }
  }
  const dataset = await zoo.open();
  expect(dataset.segments).toEqual(names);
  await dataset.close();
});

test('a partition key becomes a column only when the files lack it', async () => {
  const bare = { country: '' };
  await zoo.parquet('predictions/country=DE/a.parquet', goodPredictions(100, 110, bare));
  await zoo.parquet('predictions/country=Co%CC%82te%20d%27Ivoire/a.parquet', goodPredictions(110, 120, bare));
  await zoo.parquet('predictions/country=__HIVE_DEFAULT_PARTITION__/a.parquet', goodPredictions(120, 130, bare));
  const rows = await zoo.rows();
  expect(rows.slice(96).map(({ s0 }) => s0)).toEqual([
    ...Array(10).fill('DE'),
    ...Array(10).fill("Co\u0302te d'Ivoire"),
    ...Array(10).fill(null),
  ]);
  expect(rows[1]).toMatchObject({ s0: 'FR' });
});

test('a partition value that contradicts the file', async () => {
  await zoo.parquet(
    'predictions/country=DE/a.parquet',
    goodPredictions(100, 106, { country: "if(i < 104, 'FR', 'DE')" }),
  );
  expect(await zoo.fault()).toBe(
    'the folder says country=DE but 4 rows in 1 predictions file hold another value (FR), first: predictions/country=DE/a.parquet',
  );
});

test('a partition day agrees with instants of that day and with dates', async () => {
  await zoo.parquet('labels/dt=2026-03-04/a.parquet', goodLabels(72, 73, { dt: "DATE '2026-03-04'" }));
  await zoo.parquet('labels/dt=2026-03-05/a.parquet', goodLabels(73, 74, { dt: "TIMESTAMP '2026-03-05 11:00:00'" }));
  expect((await zoo.import()).ledger.matchedLabels).toBe(74);
});

test('categories that are numbers, booleans and dates are their text', async () => {
  const odd = { tier: 'i % 3', flag: 'i % 2 = 0', born: "DATE '2026-01-01' + i % 2" };
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 48, odd));
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, odd));
  zoo.yaml({ segments: ['tier', 'flag', 'born'] });
  expect((await zoo.rows())[1]).toMatchObject({ s0: '1', s1: 'false', s2: '2026-01-02' });
});

test('rows that lie in the folder of another day are counted', async () => {
  for (const day of [1, 2, 3]) {
    const from = (day - 1) * 24;
    await zoo.parquet(`byday/dt=2026-03-0${day}/a.parquet`, goodPredictions(from, from + (day === 2 ? 30 : 24)));
  }
  zoo.yaml({ 'predictions.path': 'byday' });
  const { ledger } = await zoo.import();
  expect(ledger.duplicatePredictions).toBe(6);
  expect(ledger.notes.map(({ text }) => text)).toEqual([
    '6 rows in 1 file of predictions lie in a dt folder of another day than at, first: byday/dt=2026-03-02/a.parquet',
  ]);
});
