import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listDatasets } from '../../../src/main/accuracy/open-dataset.ts';
import { Cancelled } from '../../../src/shared/errors.ts';
import { goodLabels, goodPredictions, Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
beforeEach(async () => {
  zoo = new Zoo();
  await zoo.parquet(
    'predictions/a.parquet',
    goodPredictions(0, 120_000, { id: "'p' || i", at: "TIMESTAMP '2026-03-01' + to_seconds(i)" }),
  );
  await zoo.parquet(
    'labels/a.parquet',
    goodLabels(0, 80_000, { id: "'p' || i", labelled_at: "TIMESTAMP '2026-03-09' + to_seconds(i)" }),
  );
  zoo.yaml();
});
afterEach(() => zoo.remove());

test.each([
  'listing files',
  'reading schemas',
  'collecting values',
  'looking for repeated ids',
  'joining predictions and labels',
  'arranging values',
])('cancelled while %s: nothing is left behind and the next import works', async (at) => {
  const controller = new AbortController();
  const result = zoo.import(controller.signal, ({ step }) => {
    if (step === at) setTimeout(() => controller.abort(), 1);
  });
  let abortedAt = Number.POSITIVE_INFINITY;
  controller.signal.addEventListener('abort', () => {
    abortedAt = performance.now();
  });
  await expect(result).rejects.toBeInstanceOf(Cancelled);
  // A promise of the product, not a benchmark: half a second on a machine ten times overloaded.
  expect(performance.now() - abortedAt).toBeLessThan(1000);
  expect(zoo.cacheFiles()).toEqual([]);
  expect((await zoo.import()).ledger.joined).toBe(80_000);
});

test('cancelled before it began', async () => {
  await expect(zoo.import(AbortSignal.abort())).rejects.toBeInstanceOf(Cancelled);
});

test('an import that is killed leaves the former cache, and the next import clears up', async () => {
  const { id, ledger } = await zoo.import();
  await zoo.parquet('labels/b.parquet', goodLabels(80_000, 80_010, { id: "'p' || i" }));
  const script = join(zoo.folder, 'import.mjs');
  const module = new URL('../../../src/main/accuracy/import/import-dataset.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { importDataset } from ${JSON.stringify(module)};
     const progress = ({ step }) => console.log(step);
     await importDataset(${JSON.stringify(zoo.yamlPath)}, { cacheFolder: ${JSON.stringify(zoo.cacheFolder)}, work: { signal: new AbortController().signal, progress } });`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes('joining')) child.kill('SIGKILL');
    });
    child.on('exit', () => resolve());
  });
  expect(zoo.cacheFiles()).toEqual([`${id}.duckdb`, `${id}.importing`]);
  expect(await listDatasets(zoo.cacheFolder)).toMatchObject([{ id, rows: 120_000 }]);
  expect((await zoo.import()).ledger.labelRows).toBe(ledger.labelRows + 10);
  expect(zoo.cacheFiles()).toEqual([`${id}.duckdb`]);
});

test('two imports of one dataset at once queue', async () => {
  const [a, b] = await Promise.all([zoo.import(), zoo.import()]);
  expect(b).toEqual(a);
  expect(zoo.cacheFiles()).toEqual([`${a.id}.duckdb`]);
});

test('a fault leaves nothing behind', async () => {
  zoo.yaml({ segments: ['nowhere'] });
  await expect(zoo.import()).rejects.toThrow('unknown column');
  expect(zoo.cacheFiles()).toEqual([]);
});

test('what other programs left in the cache folder is not touched', async () => {
  mkdirSync(zoo.cacheFolder, { recursive: true });
  writeFileSync(join(zoo.cacheFolder, 'notes.txt'), 'mine');
  await zoo.import();
  expect(existsSync(join(zoo.cacheFolder, 'notes.txt'))).toBe(true);
});
