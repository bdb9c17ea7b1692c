import { appendFileSync, mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { goodLabels, goodPredictions, goodZoo, type Zoo } from '../../fixtures/zoo/zoo.ts';

let zoo: Zoo;
beforeEach(async () => {
  zoo = await goodZoo();
});
afterEach(() => zoo.remove());

test('a truncated file', async () => {
  truncateSync(zoo.path('predictions/b.parquet'), zoo.bytes('predictions/b.parquet').length - 10);
  expect(await zoo.fault()).toBe('Parquet file is truncated, copy or export it again: predictions/b.parquet');
});

test('a file cut inside its magic', async () => {
  truncateSync(zoo.path('predictions/b.parquet'), 6);
  expect(await zoo.fault()).toBe('Parquet file is truncated, copy or export it again: predictions/b.parquet');
});

test('an empty file', async () => {
  zoo.write('labels/z.parquet', '');
  expect(await zoo.fault()).toBe('file is empty (0 bytes), export it again: labels/z.parquet');
});

test('a file that is not Parquet', async () => {
  zoo.write('predictions/c.parquet', 'id,at,predicted\n1,2026-03-01,0\n');
  expect(await zoo.fault()).toBe('not a Parquet file, export it as Parquet or move it away: predictions/c.parquet');
});

test('a footer that is damaged', async () => {
  const bytes = zoo.bytes('predictions/b.parquet');
  const length = bytes.readUInt32LE(bytes.length - 8);
  bytes.fill(0xff, bytes.length - 8 - length, bytes.length - 8);
  zoo.write('predictions/b.parquet', bytes);
  expect(await zoo.fault()).toBe('Parquet footer is damaged, export the file again: predictions/b.parquet');
});

test('one broken partition among many, its pages corrupt', async () => {
  for (let day = 1; day <= 9; day += 1) {
    await zoo.parquet(`predictions/dt=2026-04-0${day}/part.parquet`, goodPredictions(day * 100, day * 100 + 10));
  }
  const name = 'predictions/dt=2026-04-05/part.parquet';
  const bytes = zoo.bytes(name);
  bytes.fill(0xee, 8, bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8));
  zoo.write(name, bytes);
  expect(await zoo.fault()).toBe(`Parquet file is damaged inside, copy or export it again: ${name}`);
  expect(zoo.cacheFiles()).toEqual([]);
});

test('no files, and no such path', async () => {
  mkdirSync(zoo.path('empty'));
  zoo.write('empty/readme.txt', 'nothing here');
  zoo.yaml({ 'labels.path': 'empty' });
  expect(await zoo.fault()).toBe(
    'no Parquet files for labels, export them as Parquet or correct the path (1 other file there): empty',
  );
  zoo.yaml({ 'labels.path': 'labls' });
  expect(await zoo.fault()).toBe('labels path not found, it is relative to the dataset file: labls');
  zoo.yaml({ 'labels.path': 'labels/2026-*.parquet' });
  expect(await zoo.fault()).toBe(
    'no Parquet files for labels, export them as Parquet or correct the path (1 other file there): labels/2026-*.parquet',
  );
});

test('files without rows', async () => {
  await zoo.parquet('labels/a.parquet', goodLabels(0, 0));
  expect(await zoo.fault()).toBe(
    'labels have no rows in 1 file, export them again or correct the path, first: labels/a.parquet',
  );
  await zoo.parquet('labels/a.parquet', goodLabels(0, 72));
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 0));
  await zoo.parquet('predictions/b.parquet', goodPredictions(0, 0));
  expect(await zoo.fault()).toBe(
    'predictions have no rows in 2 files, export them again or correct the path, first: predictions/a.parquet',
  );
});

test('one file without rows among others is no fault', async () => {
  await zoo.parquet('predictions/c.parquet', goodPredictions(0, 0));
  expect((await zoo.import()).ledger.predictionRows).toBe(96);
});

test('links that lead out of the folder are read like files', async () => {
  await zoo.parquet('elsewhere/c.parquet', goodPredictions(200, 212));
  symlinkSync(zoo.path('elsewhere/c.parquet'), zoo.path('predictions/c.parquet'));
  expect((await zoo.import()).ledger.predictionRows).toBe(96 + 12);
});

test('links that lead round in circles are followed once', async () => {
  symlinkSync(zoo.path('predictions'), zoo.path('predictions/again'));
  symlinkSync(zoo.path('predictions/loop'), zoo.path('predictions/loop'));
  symlinkSync(zoo.path('predictions/a.parquet'), zoo.path('predictions/z.parquet'));
  const { ledger } = await zoo.import();
  expect(ledger.predictionRows).toBe(96);
  expect(ledger.notes.map(({ code, count, text }) => ({ code, count, text }))).toEqual([
    {
      code: 'ignored-files',
      count: 1,
      text: '1 file in predictions is hidden, marked or not Parquet and was not read, first: predictions/loop',
    },
    {
      code: 'repeated-links',
      count: 2,
      text: '2 links in predictions lead to places already read and were not followed, first: predictions/again',
    },
  ]);
});

test('a link to a folder around the predictions is a circle, not more predictions', async () => {
  symlinkSync('..', zoo.path('predictions/up'));
  const { ledger } = await zoo.import();
  expect(ledger.predictionRows).toBe(96);
  expect(ledger.notes.map(({ code, file }) => ({ code, file }))).toEqual([
    { code: 'repeated-links', file: 'predictions/up' },
  ]);
});

test('a link to an export that is gone is not a smaller export', async () => {
  symlinkSync(zoo.path('gone.parquet'), zoo.path('predictions/c.parquet'));
  expect(await zoo.fault()).toBe(
    '1 link in predictions leads nowhere, restore the file or remove the link, first: predictions/c.parquet',
  );
});

test('text that is no UTF-8 is named as such', async () => {
  await zoo.parquet('predictions/a.parquet', goodPredictions(0, 48, { country: "'Qzzq'" }));
  zoo.renameInside('predictions/a.parquet', 'Qzzq', '\xff\xfe\xff\xfe');
  expect(await zoo.fault()).toBe('text in a Parquet file is not UTF-8, export it as UTF-8: predictions/a.parquet');
});

test('hidden files, markers and other files are passed over and counted', async () => {
  zoo.write('predictions/_SUCCESS', '');
  zoo.write('predictions/.a.parquet.crc', 'x');
  zoo.write('predictions/notes.md', 'x');
  zoo.write('predictions/_temporary/0/part.parquet', 'not parquet');
  const { ledger } = await zoo.import();
  expect(ledger.predictionRows).toBe(96);
  expect(ledger.notes).toMatchObject([{ code: 'ignored-files', count: 4 }]);
});

test('a file, a folder, a glob, nested folders and names full of wildcards', async () => {
  await zoo.parquet('predictions/deep/er/we[i]rd * ?.parquet', goodPredictions(96, 120));
  expect((await zoo.import()).ledger.predictionRows).toBe(120);
  zoo.yaml({ 'predictions.path': 'predictions/a.parquet' });
  expect((await zoo.import()).ledger.predictionRows).toBe(48);
  zoo.yaml({ 'predictions.path': 'predictions/{a,b}.parquet' });
  expect((await zoo.import()).ledger.predictionRows).toBe(96);
  zoo.yaml({ 'predictions.path': 'predictions/**/*.parquet' });
  expect((await zoo.import()).ledger.predictionRows).toBe(120);
  zoo.yaml({ 'predictions.path': zoo.path('predictions') });
  expect((await zoo.import()).ledger.predictionRows).toBe(120);
});

test('dataset files that cannot be used', async () => {
  zoo.write('dataset.yaml', 'name: [unclosed');
  expect(await zoo.fault()).toMatch(/dataset\.yaml is not valid YAML: /);
  zoo.yaml({ task: 'ranking' });
  expect(await zoo.fault()).toMatch(
    /dataset\.yaml: task: invalid option: expected one of "binary"\|"multiclass"\|"regression"$/,
  );
  zoo.yaml({ 'predictions.scores': 'x' });
  expect(await zoo.fault()).toMatch(/dataset\.yaml: predictions: unknown setting: scores$/);
  zoo.yaml({ timezone: 'Mars/Base' });
  expect(await zoo.fault()).toBe('unknown timezone, expected an IANA name such as Europe/Berlin: Mars/Base');
  rmSync(zoo.yamlPath);
  expect(await zoo.fault()).toBe(`dataset file not found: ${zoo.yamlPath}`);
});

test('encrypted files are named as such', async () => {
  const bytes = zoo.bytes('labels/a.parquet');
  bytes.write('PARE', 0, 'latin1');
  zoo.write('labels/a.parquet', bytes);
  expect(await zoo.fault()).toBe('encrypted Parquet cannot be read, export it without encryption: labels/a.parquet');
});

test('bytes after the end of a file are seen', async () => {
  appendFileSync(join(zoo.path('labels/a.parquet')), 'trailing');
  expect(await zoo.fault()).toBe('Parquet file is truncated, copy or export it again: labels/a.parquet');
});
