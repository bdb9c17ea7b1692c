import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { resourcesFolder } from '../../../../src/main/platform/resources-folder.ts';
import { scratchFolder } from '../../../fixtures/scratch.ts';

const root = join(import.meta.dirname, '../../../..');

test.each(['src/main/platform/resources-folder.ts', 'out/main/cli.js', 'out/main/chunks/workbench.js'])(
  'lies above %s',
  (file) => {
    expect(resourcesFolder(pathToFileURL(join(root, file)).href)).toBe(join(root, 'resources'));
  },
);

test('is the nearest one that holds checklists', () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'resources', 'checklists'), { recursive: true });
  mkdirSync(join(folder, 'app', 'resources'), { recursive: true });
  const program = pathToFileURL(join(folder, 'app', 'main', 'cli.js')).href;
  expect(resourcesFolder(program)).toBe(join(folder, 'resources'));
});
