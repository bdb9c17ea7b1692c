import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  canonicalSpec,
  datasetId,
  readDatasetFile,
  writeDatasetFile,
} from '../../../../../src/main/accuracy/import/dataset-yaml.ts';
import type { DatasetFile } from '../../../../../src/shared/model/dataset.ts';

const spec: DatasetFile = {
  name: 'Expenses, 2026: "Q1"',
  task: 'multiclass',
  timezone: 'Europe/Berlin',
  predictions: { path: 'predictions', id: 'id', time: 'at', value: 'predicted: class', score: '#score' },
  labels: { path: 'labels/**/*.parquet', id: 'id', value: 'label' },
  segments: ['country', '- tier', 'null', '1'],
  keep: 'last',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-yaml-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('what is written beside the data is read back', async () => {
  const path = await writeDatasetFile(spec, folder, '/nowhere');
  expect(path).toBe(join(folder, 'dataset.yaml'));
  expect((await readDatasetFile(path)).spec).toEqual(spec);
});

test('any text survives the file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1 }), fc.array(fc.string({ minLength: 1 })), async (name, segments) => {
      const path = await writeDatasetFile({ ...spec, name, segments }, folder, folder);
      expect((await readDatasetFile(path)).spec).toMatchObject({ name, segments });
    }),
    { numRuns: 50 },
  );
});

test('a read-only folder: the file goes to the workspace with absolute paths', async ({ skip }) => {
  skip(process.getuid?.() === 0, 'root may write into read-only folders');
  const data = join(folder, 'data');
  mkdirSync(data);
  chmodSync(data, 0o500);
  const path = await writeDatasetFile(spec, data, folder);
  expect(dirname(path)).toBe(folder);
  expect((await readDatasetFile(path)).spec.predictions.path).toBe(join(data, 'predictions'));
});

test('equal meanings have equal ids, whatever the order of the words', () => {
  const { keep, name, ...rest } = spec;
  expect(datasetId({ keep, ...rest, name })).toBe(datasetId(spec));
  expect(datasetId(spec)).toMatch(/^expenses-2026-q1-[0-9a-f]{8}$/);
  expect(datasetId({ ...spec, keep: 'first' })).not.toBe(datasetId(spec));
  expect(canonicalSpec({ ...spec, features: undefined })).toBe(canonicalSpec(spec));
});

test.each(['../..', '日本', '', '   ', 'a'.repeat(200)])('an id is always a safe file name: %j', (name) => {
  expect(datasetId({ ...spec, name })).toMatch(/^[a-z0-9][a-z0-9-]{0,60}$/);
});
