import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { type Page, test as plain } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { expectAccessible, expect as expectSoon, photograph } from './app.ts';

// States that no dataset brings about on demand: the real window with documents instead of a backend.

// A machine that does other work at the same time is slow to draw, not wrong.
const expect = expectSoon.configure({ timeout: 25_000 });

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const serveFolder = (folder: string): Promise<Server> => {
  const server = createServer((request, response) => {
    const path = join(folder, normalize(new URL(request.url ?? '/', 'http://localhost').pathname));
    const file = existsSync(path) && extname(path) ? path : join(folder, 'index.html');
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
};

const test = plain.extend<{ show(state: string): Promise<Page> }, { gallery: string }>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of fixtures from this pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'driftbench-gallery-'));
      await build({
        configFile: false,
        root: resolve('test/e2e/gallery'),
        plugins: [react()],
        logLevel: 'error',
        build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
      });
      const server = await serveFolder(folder);
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  show: async ({ page, gallery }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await use(async (state) => {
      await page.goto(
        `${gallery}/${state}#/accuracy/d/expenses-4f1c2a9b/result?ref=2026-01-05..2026-02-22&cur=2026-03-04..2026-03-31`,
      );
      return page;
    });
    expect(complaints).toEqual([]);
  },
});

test('the documented example is drawn whole', async ({ show }) => {
  const page = await show('answer');
  await expect(page.getByRole('application', { name: /^Accuracy over time/ })).toBeVisible();
  await expect(page.getByRole('region', { name: /^What kind/ })).toContainText('5 of 6');
  await photograph(page, 'result-example');
  await expectAccessible(page);
});

test('two thousand segments with hostile names scroll, filter and stay text', async ({ show }) => {
  const page = await show('many');
  const where = page.getByRole('region', { name: /^Where/ });
  await expect(where).toContainText('2 000 rows'.replace(' ', '\u202f'));
  expect(await where.getByRole('row').count()).toBeLessThan(80);
  await where.getByRole('textbox').fill('script');
  await expect(where.getByRole('row').nth(1)).toContainText('"><script>alert(1)</script>');
  await where.getByRole('row').nth(1).click();
  await expect(page.getByRole('application', { name: /^Accuracy over time, country = c0 and/ })).toBeVisible();
  await expectAccessible(page);
});

test('nothing to show is said, panel by panel', async ({ show }) => {
  const page = await show('empty');
  for (const text of [
    'none regressed',
    'no onset',
    'Nothing was ruled out.',
    'There was no change to take apart.',
    'No segment columns were declared for this dataset.',
    'This dataset has no features beside its segments.',
    'the labels have no time column',
  ])
    await expect(page.getByText(text).first()).toBeVisible();
  await photograph(page, 'result-empty');
  await expectAccessible(page);
});

test('a fault is one sentence with a next step', async ({ show }) => {
  const page = await show('failed');
  const fault = page.getByRole('alert');
  await expect(fault).toContainText('current window has no predictions: 2031-01-01..2031-01-28');
  await expect(fault.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
});

test('work shows its counts, and cancelling answers at once', async ({ show }) => {
  const page = await show('running');
  await expect(page.getByRole('main').getByRole('progressbar')).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/3\u202f120 of 7\u202f935 cells/);
  await photograph(page, 'result-running');
  await expectAccessible(page);
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The comparison was cancelled')).toBeVisible();
  await page.getByRole('button', { name: 'Compare again' }).click();
  await expect(page.getByRole('main').getByRole('progressbar')).toBeVisible();
});
