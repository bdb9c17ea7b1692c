import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installed } from '../../../scripts/packages.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-packages-'));
  mkdirSync(join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Packages = Record<string, { integrity?: string; optional?: boolean }>;
const wanted: Packages = {
  '': {},
  'node_modules/a': { integrity: 'sha512-a' },
  'node_modules/b-other-platform': { integrity: 'sha512-b', optional: true },
};

function check(present: Packages | null): boolean {
  if (present) writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: present }));
  return installed({ packages: wanted }, folder);
}

describe('installed', () => {
  it('is so when everything but other platforms is there', () => {
    expect(check({ 'node_modules/a': { integrity: 'sha512-a' } })).toBe(true);
  });
  it('is not so while npm has not finished', () => expect(check(null)).toBe(false));
  it('is not so when a package is missing', () => expect(check({})).toBe(false));
  it('is not so when a package has other content', () => {
    expect(check({ 'node_modules/a': { integrity: 'sha512-x' } })).toBe(false);
  });
  it('is not so when a package is left over', () => {
    expect(check({ 'node_modules/a': { integrity: 'sha512-a' }, 'node_modules/c': {} })).toBe(false);
  });
});
