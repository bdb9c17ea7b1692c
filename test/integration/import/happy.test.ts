import { afterEach, beforeEach, expect, test } from 'vitest';
import { listDatasets } from '../../../src/main/accuracy/open-dataset.ts';
import { goodZoo, type Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
beforeEach(async () => {
  zoo = await goodZoo();
});
afterEach(() => zoo.remove());

test('a clean export arrives whole, joined, coded and sorted', async () => {
  const { id, name, ledger } = await zoo.import();
  expect(name).toBe('zoo');
  expect(id).toMatch(/^zoo-[0-9a-f]{8}$/);
  expect(ledger).toEqual({
    predictionRows: 96,
    distinctPredictions: 96,
    duplicatePredictions: 0,
    conflictingDuplicates: 0,
    labelRows: 72,
    matchedLabels: 72,
    orphanLabels: 0,
    earlyLabels: 0,
    conflictingLabels: 0,
    nullKeys: 0,
    badScores: { null: 0, nan: 0, infinite: 0, outOfRange: 0 },
    joined: 72,
    examples: {},
    notes: [],
  });
  const rows = await zoo.rows();
  const start = Date.UTC(2026, 2, 1) * 1000;
  const hour = 3_600_000_000;
  expect(rows).toEqual(
    Array.from({ length: 96 }, (_, i) => ({
      day: 20513 + Math.floor(i / 24),
      at_us: start + i * hour,
      label_us: i < 72 ? start + (48 + i) * hour : null,
      score: (i % 10) / 10,
      predicted: String(i % 2),
      label: i < 72 ? String(Number(i % 4 < 2)) : null,
      s0: ['DE', 'FR', 'IT'][i % 3],
      f0: i * 1.5,
    })),
  );
});

test('an open dataset says what is in it', async () => {
  const dataset = await zoo.open();
  try {
    expect(dataset).toMatchObject({
      classes: ['0', '1'],
      segments: ['country'],
      versions: [],
      features: [{ name: 'amount', kind: 'numeric', position: 0 }],
      firstDay: '2026-03-01',
      lastDay: '2026-03-04',
      lastInstantUs: Date.UTC(2026, 2, 5, 23) * 1000,
      hasLabelTimes: true,
      hasScores: true,
    });
    expect(await dataset.dictionary('segment', 0)).toEqual(['DE', 'FR', 'IT']);
    expect(await dataset.database.rows('SELECT value, day FROM sorted_f0 LIMIT 2')).toEqual([
      { value: 0, day: 20513 },
      { value: 1.5, day: 20513 },
    ]);
    expect(await listDatasets(zoo.cacheFolder)).toMatchObject([{ id: dataset.id, name: 'zoo', rows: 96 }]);
  } finally {
    await dataset.close();
  }
});

test('importing again what has not changed reads nothing and leaves the cache alone', async () => {
  const first = await zoo.import();
  const [before] = await listDatasets(zoo.cacheFolder);
  const steps: string[] = [];
  const second = await zoo.import(undefined, ({ step }) => steps.push(step));
  expect(second).toEqual(first);
  expect(steps).toEqual(['listing files']);
  expect((await listDatasets(zoo.cacheFolder))[0]).toEqual(before);
});
