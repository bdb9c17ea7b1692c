import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/main/platform/clock.ts';
import { safeParts, uploadFolder } from '../../../../src/main/platform/upload-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'driftbench-upload-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const uploads = () => uploadFolder(root, systemClock.newId);
const body = (...parts: string[]) => Readable.from(parts.map((part) => Buffer.from(part)));

describe('a path', () => {
  test('of a partition is taken as it is', () => {
    expect(safeParts('predictions/dt=2026-03-01/part 0 (é).parquet')).toEqual([
      'predictions',
      'dt=2026-03-01',
      'part 0 (é).parquet',
    ]);
  });

  test.each([
    '',
    '/etc/passwd',
    '../a',
    'a/../../b',
    'a//b',
    'a/.',
    './a',
    'a\\..\\b',
    'C:\\a',
    'C:a',
    'a\u0000b',
    'a\nb',
    'a.',
    'a ',
    'a/',
    'x'.repeat(256),
    Array.from({ length: 33 }, () => 'd').join('/'),
  ])('is refused: %j', (path) => {
    expect(() => safeParts(path)).toThrow(/^file name cannot be uploaded, rename it: /);
  });

  test('that is accepted never leaves its folder', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webPath(), fc.constantFrom('..', '../..', 'a/../..')), (path) => {
        let parts: string[];
        try {
          parts = safeParts(path);
        } catch {
          return;
        }
        expect(join('/root', ...parts).startsWith('/root/')).toBe(true);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

test('files arrive where they belong and are counted', async () => {
  const { begin, receive, complete } = uploads();
  const id = await begin();
  await receive(id, 'predictions/dt=1/a.parquet', body('one', 'two'));
  await receive(id, 'labels/b.parquet', body('three'));
  const { folder, files, bytes } = await complete(id);
  expect({ files, bytes }).toEqual({ files: 2, bytes: 11 });
  expect(readFileSync(join(folder, 'predictions/dt=1/a.parquet'), 'utf8')).toBe('onetwo');
});

test('a broken transfer leaves nothing behind and can be sent again', async () => {
  const { begin, receive, complete } = uploads();
  const id = await begin();
  const broken = new Readable({
    read() {
      this.push('half');
      this.destroy(new Error('connection reset'));
    },
  });
  await expect(receive(id, 'a.parquet', broken)).rejects.toThrow('connection reset');
  expect(await readdir(join(root, id))).toEqual([]);
  await receive(id, 'a.parquet', body('whole'));
  expect((await complete(id)).bytes).toBe(5);
});

test('a second file of the same name does not replace the first, nor follow a link', async () => {
  const { begin, receive } = uploads();
  const id = await begin();
  await receive(id, 'a.parquet', body('first'));
  await expect(receive(id, 'a.parquet', body('second'))).rejects.toThrow('file was sent twice: a.parquet');
  expect(readFileSync(join(root, id, 'a.parquet'), 'utf8')).toBe('first');
  const outside = join(root, 'outside');
  symlinkSync(outside, join(root, id, 'link'));
  await expect(receive(id, 'link', body('x'))).rejects.toThrow('file was sent twice');
  expect(await readdir(root)).not.toContain('outside');
});

test.each(['../..', 'a', '', '00000000-0000-4000-8000-000000000000'])(
  'an unknown upload is refused: %j',
  async (id) => {
    const { receive, complete } = uploads();
    await expect(receive(id, 'a', body('x'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(complete(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  },
);

test('an upload of nothing is told', async () => {
  const { begin, complete } = uploads();
  await expect(complete(await begin())).rejects.toThrow('nothing was uploaded');
});
