import { afterEach, beforeEach, expect, test } from 'vitest';
import { goodLabels, goodPredictions, goodZoo, type Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
beforeEach(async () => {
  zoo = await goodZoo();
});
afterEach(() => zoo.remove());

const bothSides = async (predictionId: string, labelId: string) => {
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 48, { id: predictionId }));
  await zoo.parquet('predictions/b.parquet', goodPredictions(48, 96, { id: predictionId }));
  await zoo.parquet('labels/a.parquet', goodLabels(0, 72, { id: labelId }));
};

test('integers against text are compared as text and noted', async () => {
  await bothSides('i', 'CAST(i AS VARCHAR)');
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({ matchedLabels: 72, orphanLabels: 0 });
  expect(ledger.notes.map(({ text }) => text)).toEqual([
    'ids are an integer in predictions (id) and text in labels (id), compared as text',
  ]);
});

test('integers against padded text match nothing', async () => {
  await bothSides('i', "lpad(CAST(i AS VARCHAR), 6, '0')");
  expect(await zoo.fault()).toBe(
    'no label belongs to a prediction (integers on one side, text on the other): ids in predictions look like 0, ids in labels like 000000, of 72 labels',
  );
});

test('ids without any overlap', async () => {
  await bothSides("'a' || i", "'b' || i");
  expect(await zoo.fault()).toBe(
    'no label belongs to a prediction: ids in predictions look like a0, ids in labels like b0, of 72 labels',
  );
});

test('floating-point ids', async () => {
  await bothSides('i::DOUBLE', 'i');
  expect(await zoo.fault()).toBe(
    'id column id of predictions is a floating-point number, which cannot identify rows exactly, export it as integer or text: DOUBLE',
  );
  await bothSides('i', "TIMESTAMP '2026-01-01' + to_hours(i)");
  expect(await zoo.fault()).toBe(
    'id column id of labels is a timestamp without zone, which is no id, export it as integer or text: TIMESTAMP',
  );
});

test.each([
  ['beyond 2^53', '9007199254740993 + i', '9007199254740993 + i'],
  ['unsigned beyond 2^63', '18446744073709551000::UBIGINT + i::UBIGINT', '18446744073709551000::UBIGINT + i::UBIGINT'],
  [
    'decimals of 30 digits',
    '123456789012345678901234567890::DECIMAL(38,0) + i',
    '123456789012345678901234567890::DECIMAL(38,0) + i',
  ],
  ['integers of different width', 'i::SMALLINT', 'i::BIGINT'],
  ['large integers against their text', '9007199254740993 + i', 'CAST(9007199254740993 + i AS VARCHAR)'],
  [
    'UUIDs',
    "CAST('00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0') AS UUID)",
    "'00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0')",
  ],
])('ids are exact: %s', async (_, predictionId, labelId) => {
  await bothSides(predictionId, labelId);
  expect((await zoo.import()).ledger).toMatchObject({ matchedLabels: 72, orphanLabels: 0, duplicatePredictions: 0 });
});

test('missing ids are counted on both sides', async () => {
  await bothSides("if(i % 10 = 0, NULL, 'x' || i)", "if(i % 9 = 0, NULL, 'x' || i)");
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({ predictionRows: 96, distinctPredictions: 86, nullKeys: 18, labelRows: 72 });
  // Labels 10, 20, 30.. exist, their predictions have no id; 0 is missing on both sides.
  expect(ledger).toMatchObject({ orphanLabels: 7, matchedLabels: 57 });
  expect(ledger.notes.map(({ text }) => text)).toEqual([
    '8 labels have no id in column id and were excluded',
    '10 predictions have no id in column id and were excluded',
  ]);
  expect(ledger.examples.orphanLabels).toEqual(['x10', 'x20', 'x30', 'x40', 'x50', 'x60', 'x70']);
});

test('repeated predictions: the earliest stays, conflicts are told apart from copies', async () => {
  await zoo.parquet('predictions/c.parquet', goodPredictions(10, 14));
  await zoo.parquet(
    'predictions/d.parquet',
    goodPredictions(20, 22, { predicted: '1 - i % 2', at: "TIMESTAMP '2026-02-01' + to_hours(i)" }),
  );
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({
    predictionRows: 102,
    distinctPredictions: 96,
    duplicatePredictions: 6,
    conflictingDuplicates: 2,
    matchedLabels: 72,
  });
  expect(ledger.examples).toEqual({
    duplicatePredictions: ['p00010', 'p00011', 'p00012', 'p00013', 'p00020', 'p00021'],
    conflictingDuplicates: ['p00020', 'p00021'],
  });
  const rows = await zoo.rows();
  expect(rows).toHaveLength(96);
  expect(rows[0]).toMatchObject({ at_us: Date.UTC(2026, 1, 1, 20) * 1000, predicted: '1', f0: 30 });
});

test.each([
  ['first', 'c'],
  ['last', 'd'],
] as const)('several labels for a prediction: keep %s', async (keep, expected) => {
  await zoo.parquet(
    'labels/a.parquet',
    `SELECT 'p00001' AS id, * FROM (VALUES ('c', TIMESTAMP '2026-03-02'), ('d', TIMESTAMP '2026-03-04'), ('d', TIMESTAMP '2026-03-03'),
       ('e', TIMESTAMP '2026-02-01'), ('a', NULL)) t(label, labelled_at)
     UNION ALL SELECT 'p00002', 'c', TIMESTAMP '2026-03-09' UNION ALL SELECT 'p00003', 'd', TIMESTAMP '2026-03-09'
     UNION ALL SELECT 'nobody', 'c', TIMESTAMP '2026-03-09' UNION ALL SELECT 'nobody', 'd', TIMESTAMP '2026-03-09'`,
  );
  for (const file of ['a', 'b'])
    await zoo.parquet(
      `predictions/${file}.parquet`,
      goodPredictions(file === 'a' ? 0 : 48, file === 'a' ? 48 : 96, { predicted: "['c', 'd'][i % 2 + 1]" }),
    );
  zoo.yaml({ keep, task: 'multiclass', 'predictions.scoreOf': 'predicted' });
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({
    labelRows: 9,
    matchedLabels: 3,
    orphanLabels: 2,
    earlyLabels: 1,
    conflictingLabels: 2,
    joined: 3,
  });
  expect(ledger.examples).toEqual({
    conflictingLabels: ['nobody', 'p00001'],
    orphanLabels: ['nobody'],
    earlyLabels: ['p00001'],
  });
  expect(ledger.notes).toMatchObject([{ code: 'superseded-labels', count: 3 }]);
  expect((await zoo.rows())[1]).toMatchObject({ label: expected });
});

test('many rows on both sides for the same ids never multiply', async () => {
  await zoo.parquet('predictions/c.parquet', `SELECT p.* FROM (${goodPredictions(0, 96)}) p, range(5)`);
  await zoo.parquet('labels/b.parquet', `SELECT l.* FROM (${goodLabels(0, 72)}) l, range(4)`);
  const { ledger } = await zoo.import();
  expect(ledger).toMatchObject({
    predictionRows: 576,
    distinctPredictions: 96,
    duplicatePredictions: 480,
    conflictingDuplicates: 0,
    labelRows: 360,
    matchedLabels: 72,
    joined: 72,
  });
  expect(ledger.notes).toMatchObject([{ code: 'superseded-labels', count: 288 }]);
  expect(await zoo.rows()).toHaveLength(96);
});

test('early, orphaned and missing labels', async () => {
  await zoo.parquet(
    'labels/a.parquet',
    goodLabels(0, 120, {
      label: 'if(i % 8 = 0, NULL, i % 2)',
      labelled_at: "if(i % 5 = 0, TIMESTAMP '2026-02-01', TIMESTAMP '2026-03-03' + to_hours(i))",
    }),
  );
  const { ledger } = await zoo.import();
  const known = Array.from({ length: 96 }, (_, i) => i);
  const early = known.filter((i) => i % 8 !== 0 && i % 5 === 0);
  expect(ledger).toMatchObject({
    labelRows: 120,
    orphanLabels: 24,
    earlyLabels: early.length,
    matchedLabels: known.filter((i) => i % 8 !== 0 && i % 5 !== 0).length,
  });
  expect(ledger.notes).toMatchObject([{ code: 'null-labels', count: 12 }]);
  expect(ledger.examples.earlyLabels).toEqual(early.map((i) => `p${String(i).padStart(5, '0')}`));
});

test('at most a hundred ids are listed', async () => {
  await zoo.parquet('labels/b.parquet', goodLabels(5000, 5300));
  const { ledger } = await zoo.import();
  expect(ledger.orphanLabels).toBe(300);
  expect(ledger.examples.orphanLabels).toHaveLength(100);
  expect(ledger.examples.orphanLabels?.[0]).toBe('p05000');
});
