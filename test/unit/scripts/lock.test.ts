import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../scripts/lock.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('withLock', () => {
  it('keeps another process out while it is held, and lets it in afterwards', async () => {
    const path = join(folder, 'lock');
    // One process holds one lock at a time, so the second comes from another process.
    const other = join(folder, 'other.mjs');
    const lock = new URL('../../../scripts/lock.mjs', import.meta.url).href;
    writeFileSync(
      other,
      `import { existsSync } from 'node:fs';
       import { withLock } from ${JSON.stringify(lock)};
       await withLock(process.argv[2], async () => process.stdout.write(String(existsSync(process.argv[3]))));`,
    );
    const marker = join(folder, 'marker');
    await withLock(path, async () => {
      writeFileSync(marker, '');
      const blocked = spawnSync(process.execPath, [other, path, marker], { timeout: 600 });
      expect(blocked.signal).toBe('SIGTERM');
      rmSync(marker);
    });
    const free = spawnSync(process.execPath, [other, path, marker], { encoding: 'utf8' });
    expect(free.stdout).toBe('false');
  });

  it('takes over from an owner that died', async () => {
    const path = join(folder, 'lock');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(path, String(dead));
    expect(await withLock(path, async () => 'in')).toBe('in');
  });

  it('leaves nothing behind, not even after a failure', async () => {
    const path = join(folder, 'lock');
    await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
