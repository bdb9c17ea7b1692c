import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { findChromium } from '../scripts/chromium.mjs';
import type { Benchmark } from './benchmark.ts';

const seconds = (from: number) => (performance.now() - from) / 1000;

/** From the command to a start screen that can be used, in the browser face, with a browser that is already open. */
export const benchmark: Benchmark = {
  name: 'start',
  async run(folder) {
    const executablePath = findChromium();
    if (!executablePath) throw new Error('no Chromium found');
    const browser = await chromium.launch({
      executablePath,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    });
    const page = await browser.newPage();
    await page.goto('about:blank');
    let sent = 0;
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      sent += encodedDataLength;
    });

    const from = performance.now();
    const server = spawn(
      process.execPath,
      [join(import.meta.dirname, '../out/main/cli.js'), '--workspace', folder, 'serve', '--no-open'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const [link] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
      const printed = seconds(from);
      await page.goto(link);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Open' }).first().waitFor();
      const usable = seconds(from);
      await page.waitForLoadState('networkidle');
      return [
        { what: 'link printed', seconds: printed },
        {
          what: 'first screen usable (MB: first load, compressed)',
          seconds: usable,
          limitSeconds: 1.5,
          peakBytes: sent,
          limitBytes: 2 ** 20,
        },
      ];
    } finally {
      server.kill();
      await browser.close();
    }
  },
};
