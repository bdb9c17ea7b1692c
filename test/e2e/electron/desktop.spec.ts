import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';

const binary = process.env.DRIFTBENCH_ELECTRON;

test('the desktop window shows the start screen of the same application', async () => {
  test.skip(!binary, 'no Electron binary was named in DRIFTBENCH_ELECTRON');
  const workspace = mkdtempSync(join(tmpdir(), 'driftbench-desktop-'));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: binary,
    args: [...asRoot, join(import.meta.dirname, '../../../out/main/desktop.js')],
    env: { ...(process.env as Record<string, string>), DRIFTBENCH_WORKSPACE: workspace },
  });
  try {
    const window = await app.firstWindow();
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await window.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false);
  } finally {
    await app.close();
    rmSync(workspace, { recursive: true, force: true });
  }
});
