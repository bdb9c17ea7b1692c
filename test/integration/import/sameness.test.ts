import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { goodLabels, goodPredictions, Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
afterEach(() => zoo.remove());

test('the same bytes whatever the zone and the locale of the process', async () => {
  zoo = new Zoo();
  const odd = {
    predicted: "['ä', 'Z', 'i', 'İ', 'a'][i % 5 + 1]",
    country: "['Österreich', 'zeta', 'Ireland', 'ireland', NULL][i % 5 + 1]",
    seen: "timezone('UTC', TIMESTAMP '2026-03-29 00:30:00' + to_hours(i % 4))",
    amount: 'if(i % 7 = 0, NULL, i * 1.5)',
  };
  // Local midnight differs from UTC midnight, and summer time begins in between.
  const at = "strftime(TIMESTAMP '2026-03-28' + to_hours(i), '%Y-%m-%d %H:%M:%S')";
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 48, { ...odd, at }));
  await zoo.parquet('predictions/b.parquet', goodPredictions(40, 96, { ...odd, at }));
  await zoo.parquet(
    'labels/a.parquet',
    goodLabels(0, 120, { label: "['ä', 'Z', 'i', 'İ', 'a'][i % 5 + 1]", labelled_at: "DATE '2026-03-29'" }),
  );
  zoo.yaml({
    task: 'multiclass',
    timezone: 'Europe/Berlin',
    'predictions.scoreOf': 'predicted',
    segments: ['country', 'seen'],
    features: undefined,
  });
  const script = join(zoo.folder, 'print.mjs');
  const module = (name: string) => JSON.stringify(new URL(`../../../src/main/accuracy/${name}`, import.meta.url).href);
  writeFileSync(
    script,
    `import { importDataset } from ${module('import/import-dataset.ts')};
     import { openDataset } from ${module('open-dataset.ts')};
     const cacheFolder = ${JSON.stringify(zoo.cacheFolder)};
     const work = { signal: new AbortController().signal, progress() {} };
     const summary = await importDataset(${JSON.stringify(zoo.yamlPath)}, { cacheFolder, work });
     const dataset = await openDataset(cacheFolder, summary.id);
     const tables = await dataset.database.rows("SELECT table_name AS name FROM duckdb_tables() WHERE table_name <> 'meta' ORDER BY 1");
     const rows = {};
     for (const { name } of tables) rows[name] = await dataset.database.rows('SELECT * FROM "' + name + '"');
     const { classes, segments, features, firstDay, lastDay, lastInstantUs } = dataset;
     await dataset.close();
     console.log(JSON.stringify({ summary, rows, classes, segments, features, firstDay, lastDay, lastInstantUs }));`,
  );
  const print = (env: Record<string, string>) => {
    rmSync(zoo.cacheFolder, { recursive: true, force: true });
    return execFileSync(process.execPath, [script], { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
  };
  const first = print({ TZ: 'UTC', LANG: 'C' });
  expect(JSON.parse(first).summary.ledger.distinctPredictions).toBe(96);
  expect(print({ TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toBe(first);
  expect(print({ TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8' })).toBe(first);
});
