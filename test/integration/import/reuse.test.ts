import { renameSync, rmSync, utimesSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listDatasets, openDataset } from '../../../src/main/accuracy/open-dataset.ts';
import { goodLabels, goodPredictions, goodZoo, type Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
beforeEach(async () => {
  zoo = await goodZoo();
});
afterEach(() => zoo.remove());

/** Everything a cache holds, as JSON. */
async function contents(of: Zoo, id: string): Promise<unknown> {
  const dataset = await openDataset(of.cacheFolder, id);
  const { database, ledger, sha256, features, classes } = dataset;
  try {
    const tables = await database.rows<{ name: string }>(
      "SELECT table_name AS name FROM duckdb_tables() WHERE table_name <> 'meta' ORDER BY 1",
    );
    const rows: Record<string, unknown> = {};
    for (const { name } of tables) rows[name] = await database.rows(`SELECT * FROM "${name}"`);
    return { ledger, sha256, features, classes, rows };
  } finally {
    await dataset.close();
  }
}

/** The same files, imported from nothing. */
async function fresh(of: Zoo, id: string): Promise<unknown> {
  const cache = `${of.cacheFolder}-before`;
  renameSync(of.cacheFolder, cache);
  await of.import();
  const found = await contents(of, id);
  rmSync(of.cacheFolder, { recursive: true });
  renameSync(cache, of.cacheFolder);
  return found;
}

const importedAt = async () => (await listDatasets(zoo.cacheFolder))[0]!.importedAt;

test('added, changed and removed files give what a fresh import gives', async () => {
  const { id, sha256 } = await zoo.import();
  const seen = new Set([sha256]);
  const steps: [string, () => Promise<void> | void][] = [
    ['added', () => zoo.parquet('labels/b.parquet', goodLabels(72, 80, { label: '1 - i % 2' }))],
    ['new values', () => zoo.parquet('predictions/c.parquet', goodPredictions(90, 130, { country: "'AT'" }))],
    ['changed', () => zoo.parquet('predictions/a.parquet', goodPredictions(0, 40))],
    ['removed', () => rmSync(zoo.path('predictions/b.parquet'))],
  ];
  for (const [what, change] of steps) {
    await change();
    const again = await zoo.import();
    expect(again.id).toBe(id);
    expect(seen.has(again.sha256), what).toBe(false);
    seen.add(again.sha256);
    expect(await contents(zoo, id), what).toEqual(await fresh(zoo, id));
  }
});

test('a file that was only touched is recognised by its content', async () => {
  const { id } = await zoo.import();
  const before = await importedAt();
  utimesSync(zoo.path('labels/a.parquet'), new Date(0), new Date(0));
  const steps: string[] = [];
  await zoo.import(undefined, ({ step }) => steps.push(step));
  expect(steps).toEqual(['listing files', 'fingerprinting files']);
  expect(await importedAt()).toBe(before);
  expect((await listDatasets(zoo.cacheFolder)).map((dataset) => dataset.id)).toEqual([id]);
});

test('the same bytes under the same size but other content are noticed', async () => {
  const { sha256 } = await zoo.import();
  const bytes = zoo.bytes('labels/a.parquet');
  await zoo.parquet('labels/a.parquet', goodLabels(0, 72, { label: 'CAST(i % 4 > 1 AS INTEGER)' }));
  expect(zoo.bytes('labels/a.parquet').length).toBe(bytes.length);
  expect((await zoo.import()).sha256).not.toBe(sha256);
});

test('another meaning is another dataset; the same words in another folder too', async () => {
  const first = await zoo.import();
  zoo.yaml({ keep: 'last' });
  const second = await zoo.import();
  expect(second.id).not.toBe(first.id);
  const other = await goodZoo();
  try {
    Object.assign(other, { cacheFolder: zoo.cacheFolder });
    const third = await other.import();
    expect(third.id).toBe(`${first.id}-2`);
    expect(third.sha256).toBe(first.sha256);
    expect(third.ledger).toEqual(first.ledger);
    expect((await other.import()).id).toBe(third.id);
  } finally {
    other.remove();
  }
});

test('a cache of another version or a damaged one is built again', async () => {
  const { id, ledger } = await zoo.import();
  const { writeFileSync } = await import('node:fs');
  writeFileSync(`${zoo.cacheFolder}/${id}.duckdb`, 'not a database');
  expect(await listDatasets(zoo.cacheFolder)).toEqual([]);
  expect((await zoo.import()).ledger).toEqual(ledger);
});
