import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { importDataset } from '../../../src/main/accuracy/import/import-dataset.ts';
import { Cancelled } from '../../../src/shared/errors.ts';
import type { Progress } from '../../../src/shared/model/progress.ts';
import { cacheContents } from '../../fixtures/zoo/cache-contents.ts';
import { GrowingWorld } from '../../fixtures/zoo/growing-world.ts';
import { goodLabels, goodPredictions, Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
afterEach(() => zoo.remove());

const CARRYING = 'carrying over unchanged rows';

/** Imports again; gives how many rows stayed as they were, null after a full import. */
async function carriedRows(): Promise<number | null> {
  const seen: Progress[] = [];
  await zoo.import(undefined, (progress) => seen.push(progress));
  const carrying = seen.findLast(({ step }) => step === CARRYING);
  // A full import that follows a given-up attempt reads the schemas once more.
  const readings = seen.filter(({ step, done }) => step === 'reading schemas' && done === 0);
  return carrying && readings.length === 1 ? carrying.done : null;
}

async function expectAsFresh(): Promise<void> {
  const { id } = await zoo.import();
  const fresh = join(zoo.folder, 'fresh');
  const work = { signal: new AbortController().signal, progress: () => {} };
  await importDataset(zoo.yamlPath, { cacheFolder: fresh, work });
  expect(await cacheContents(zoo.cacheFolder, id)).toEqual(await cacheContents(fresh, id));
  rmSync(fresh, { recursive: true });
}

describe.each(['binary', 'multiclass', 'regression'] as const)('a %s export of every day', (task) => {
  test.each([true, false])('is carried over day by day, label times: %s', async (labelTimes) => {
    const world = new GrowingWorld({
      seed: 3,
      task,
      labelTimes,
      times: 'text',
      ids: 'text',
      dirty: false,
      folders: true,
      identifiers: false,
    });
    zoo = world.zoo;
    await world.begin(13);
    expect(await carriedRows()).toBe(null);
    await world.appendDay();
    expect(await carriedRows()).toBeGreaterThan(700);
    await world.appendDay();
    expect(await carriedRows()).toBeGreaterThan(700);
    await world.exportNewestAgain();
    expect(await carriedRows()).toBeGreaterThan(700);
    await expectAsFresh();
    // Rows are gone from the end, and their numbers with them: the next rows would leave a gap.
    await world.appendDay();
    expect(await carriedRows()).toBe(null);
    await world.appendDay();
    expect(await carriedRows()).toBeGreaterThan(700);
    await expectAsFresh();
  });
});

test('a feature like an identifier stays one when a day is appended', async () => {
  const world = new GrowingWorld({
    seed: 3,
    task: 'binary',
    labelTimes: true,
    times: 'epoch',
    ids: 'number',
    dirty: false,
    folders: false,
    identifiers: true,
  });
  zoo = world.zoo;
  await world.begin(13);
  await zoo.import();
  await world.appendDay();
  expect(await carriedRows()).toBeGreaterThan(700);
  await expectAsFresh();
});

describe('a few files', () => {
  const begin = async () => {
    zoo = new Zoo();
    await zoo.parquet('predictions/a.parquet', goodPredictions(0, 500));
    await zoo.parquet('predictions/z.parquet', goodPredictions(600, 610, { country: "'ES'" }));
    await zoo.parquet('labels/a.parquet', goodLabels(0, 400));
    await zoo.parquet('labels/b.parquet', goodLabels(400, 420));
    zoo.yaml();
    await zoo.import();
  };
  const another: [string, () => Promise<void>][] = [
    ['a new value', () => zoo.parquet('predictions/b.parquet', goodPredictions(500, 510, { country: "'AT'" }))],
    ['another type', () => zoo.parquet('labels/c.parquet', goodLabels(420, 430, { label: 'CAST(i % 2 AS DOUBLE)' }))],
    ['most rows', () => zoo.parquet('labels/c.parquet', goodLabels(100, 500))],
    [
      'a prediction before the others',
      () => zoo.parquet('predictions/b.parquet', goodPredictions(-9, -5, { predicted: '0' })),
    ],
    ['the last of a value removed', async () => rmSync(zoo.path('predictions/z.parquet'))],
  ];
  test.each(another)('%s: everything is read, with the same outcome as ever', async (_, change) => {
    await begin();
    await change();
    expect(await carriedRows()).toBe(null);
    await expectAsFresh();
  });

  test('a file that turned out damaged is named, and the former cache stays', async () => {
    await begin();
    const { id } = await zoo.import();
    const before = await cacheContents(zoo.cacheFolder, id);
    zoo.write('predictions/b.parquet', 'PAR1 no more than that');
    expect(await zoo.fault()).toMatch(/predictions\/b\.parquet$/);
    expect(await cacheContents(zoo.cacheFolder, id)).toEqual(before);
  });

  test('files that are reached through a link are the same files', async () => {
    await begin();
    await zoo.parquet('labels/b.parquet', goodLabels(400, 415));
    symlinkSync(dirname(zoo.yamlPath), join(zoo.folder, 'link'));
    const steps: string[] = [];
    await importDataset(join(zoo.folder, 'link', 'dataset.yaml'), {
      cacheFolder: zoo.cacheFolder,
      work: { signal: new AbortController().signal, progress: ({ step }) => void steps.push(step) },
    });
    expect(steps).toContain(CARRYING);
    await expectAsFresh();
  });
});

test.each(['reading columns', 'joining predictions and labels', CARRYING, 'arranging values'])(
  'cancelled while %s: the former cache is untouched and the next import works',
  async (at) => {
    zoo = new Zoo();
    const ids = { id: "'p' || i" };
    const times = { at: "TIMESTAMP '2026-03-01' + to_seconds(i)" };
    await zoo.parquet('predictions/a.parquet', goodPredictions(0, 120_000, { ...ids, ...times }));
    await zoo.parquet('labels/a.parquet', goodLabels(0, 80_000, ids));
    zoo.yaml();
    const { id } = await zoo.import();
    const file = join(zoo.cacheFolder, `${id}.duckdb`);
    const before = readFileSync(file);
    await zoo.parquet('predictions/b.parquet', goodPredictions(120_000, 121_000, { ...ids, ...times }));
    await zoo.parquet('labels/b.parquet', goodLabels(80_000, 81_000, ids));
    const controller = new AbortController();
    let abortedAt = Number.POSITIVE_INFINITY;
    const result = zoo.import(controller.signal, ({ step }) => {
      if (step !== at || controller.signal.aborted) return;
      abortedAt = performance.now();
      controller.abort();
    });
    await expect(result).rejects.toBeInstanceOf(Cancelled);
    // A promise of the product, not a benchmark: half a second on a machine ten times overloaded.
    expect(performance.now() - abortedAt).toBeLessThan(1000);
    expect(zoo.cacheFiles()).toEqual([`${id}.duckdb`]);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await carriedRows()).toBe(119_900 - 1000);
    await expectAsFresh();
  },
);
