import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staticFiles } from '../../../../src/main/platform/static-files.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'driftbench-static-'));
  mkdirSync(join(root, 'renderer/assets'), { recursive: true });
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'renderer/index.html'), '<html>');
  writeFileSync(join(root, 'renderer/assets/a-1f.js'), 'a');
  writeFileSync(join(root, 'renderer/assets/a-1f.js.br'), 'b');
  writeFileSync(join(root, 'renderer/assets/notes.md'), 'not for the window');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('what was built is found, with what was compressed and what may be kept', () => {
  const files = staticFiles(join(root, 'renderer'));
  expect(files('/index.html')).toMatchObject({ type: 'text/html; charset=utf-8', immutable: false, brotli: null });
  expect(files('/assets/a-1f.js')).toMatchObject({ immutable: true, body: Buffer.from('a'), brotli: Buffer.from('b') });
});

test.each([
  '/secret.txt',
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/assets/notes.md',
  '/assets/a-1f.js.br',
  '/assets',
  '',
  '/',
])('nothing else is: %j', (path) => {
  expect(staticFiles(join(root, 'renderer'))(path)).toBeNull();
});

test('a window that was not built is no file at all', () => {
  expect(staticFiles(join(root, 'nowhere'))('/index.html')).toBeNull();
});
