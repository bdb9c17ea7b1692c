import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize, resolve } from 'node:path';
import { type Page, test as plain } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

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

const windows = 'ref=2026-01-05..2026-02-22&cur=2026-03-04..2026-03-31';

/** Tests over the built gallery: its page of parts at `gallery`, the result page with documents by `show`. */
export const test = plain.extend<
  { show(state: string, search?: string): Promise<Page>; quiet: string[] },
  { gallery: string }
>({
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
  quiet: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await use(complaints);
    plain.expect(complaints, 'errors in the browser').toEqual([]);
  },
  show: async ({ page, gallery, quiet }, use) => {
    void quiet;
    await use(async (state, search = '') => {
      await page.goto(`${gallery}/${state}#/accuracy/d/expenses-4f1c2a9b/result?${windows}${search}`);
      return page;
    });
  },
});
