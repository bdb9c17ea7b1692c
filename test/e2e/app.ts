import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

/** A running `driftbench serve` on a temporary workspace. */
export interface Served {
  origin: string;
  workspace: string;
  /** The printed link; its key opens one tab. */
  link: string;
  stop(): Promise<void>;
}

const cli = resolve('out/main/cli.js');

const printedLink = (server: ChildProcess): Promise<string> =>
  new Promise((done, fail) => {
    let out = '';
    let errors = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    server.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const link = /http:\/\/\S+#key=\S+/.exec(out)?.[0];
      if (link) done(link);
    });
    server.once('error', fail);
    server.once('exit', (code) => fail(new Error(`driftbench serve ended with ${code}: ${errors}`)));
  });

export const startServer = async (): Promise<Served> => {
  const workspace = mkdtempSync(join(tmpdir(), 'driftbench-e2e-'));
  const server = spawn(process.execPath, [cli, '--workspace', workspace, 'serve', '--no-open'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const link = await printedLink(server);
  return {
    origin: new URL(link).origin,
    workspace,
    link,
    stop: async () => {
      if (server.exitCode === null) {
        const ended = new Promise((done) => server.once('exit', done));
        server.kill('SIGTERM');
        await ended;
      }
      rmSync(workspace, { recursive: true, force: true });
    },
  };
};

/** Exchanges the one-time key as the page does, so that one server can serve the tabs of many tests. */
const exchangeKey = ({ link, origin }: Served): Promise<string> =>
  new Promise((done, fail) => {
    const url = new URL(link);
    const body = JSON.stringify({ key: url.hash.slice('#key='.length) });
    const call = request(
      `${origin}/session`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          origin,
          'sec-fetch-site': 'same-origin',
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => {
          if (response.statusCode === 200) done((JSON.parse(text) as { token: string }).token);
          else fail(new Error(`session refused with ${response.statusCode}: ${text}`));
        });
      },
    );
    call.on('error', fail);
    call.end(body);
  });

interface SharedFixtures {
  /** One server for all tests of a worker, with its token. */
  server: Served & { token: string };
}

interface AppFixtures {
  /** A page of the shared server, at the start screen; `go` follows a hash address. */
  app: Page & { go(address: string): Promise<void> };
  /** What the browser complained about; a test fails when it is not empty at its end. */
  complaints: string[];
}

/** The token in every document of the window; frames without an origin have no storage and need none. */
export const signIn = (page: Page, token: string): Promise<unknown> =>
  page.addInitScript((given) => {
    if (window === window.top) sessionStorage.setItem('driftbench.token', given);
  }, token);

export const test = base.extend<AppFixtures, SharedFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of fixtures from this pattern
    async ({}, use) => {
      const served = await startServer();
      await use({ ...served, token: await exchangeKey(served) });
      await served.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // A refused call is shown to the person as an error state; the browser's own note of it is no defect. Nor is that
      // the frame of a report refuses scripts: the only one who tries is this test runner.
      if (
        message.type() === 'error' &&
        !/Failed to load resource|Blocked script execution in 'about:srcdoc/.test(message.text())
      )
        complaints.push(message.text());
    });
    await use(complaints);
    expect(complaints, 'errors in the browser').toEqual([]);
  },
  app: async ({ page, server, complaints }, use) => {
    void complaints;
    await signIn(page, server.token);
    const go = async (address: string) => {
      await page.goto(`${server.origin}/#${address}`);
    };
    await go('/');
    await use(Object.assign(page, { go }));
  },
});

export { expect };

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Chooses the theme the way a person's system would. */
export const showIn = (page: Page, theme: Theme): Promise<void> => page.emulateMedia({ colorScheme: theme });

/** What comes, goes or turns from one theme to the other has done so; what turns for ever does not count. */
const atRest = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const moving = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    return Promise.allSettled(moving.map(({ finished }) => finished));
  });

/** No violation of WCAG 2.2 A or AA that a program can find, in both themes. */
export const expectAccessible = async (page: Page): Promise<void> => {
  for (const theme of themes) {
    await showIn(page, theme);
    await atRest(page);
    const { violations } = await new AxeBuilder({ page })
      // Nothing can look into a frame that runs no script: what it shows is checked where it is a page of its own.
      .exclude('iframe[sandbox]')
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const said = violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`,
    );
    expect(said, `axe in ${theme}`).toEqual([]);
  }
};

/** The screen at two widths in both themes, for a person to look at. */
export const photograph = async (page: Page, name: string): Promise<void> => {
  const before = page.viewportSize();
  // What sticks to the top of the window would lie across the middle of the picture.
  await page.evaluate(() => window.scrollTo(0, 0));
  for (const width of [1280, 1920]) {
    await page.setViewportSize({ width, height: width === 1280 ? 860 : 1080 });
    // Charts follow the window a frame or two later, and nothing may stick out of it.
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${name} at ${width}`)
      .toBeLessThanOrEqual(0);
    for (const theme of themes) {
      await showIn(page, theme);
      await page.screenshot({
        path: `test-results/screenshots/${name}-${width}-${theme}.png`,
        fullPage: true,
        // What is still turning from one theme to the other would be neither.
        animations: 'disabled',
      });
    }
  }
  if (before) await page.setViewportSize(before);
};

const minute = 60_000;

/** Opens the first sample from the start screen, once for a server, and answers the address of its one-page result. */
export const openSilentFailure = async (page: Page, origin: string): Promise<string> => {
  await page.goto(`${origin}/#/`);
  await page.getByRole('button', { name: /^Result only: Silent failure/ }).click();
  await page.waitForURL(/\/accuracy\/d\/[^/]+\/result\?/, { timeout: 2 * minute });
  return page.url();
};

/** Opens the first sample and an investigation of the windows that are suggested; answers its hash address. */
export const openInvestigation = async (page: Page, origin: string): Promise<string> => {
  await page.goto(`${origin}/#/`);
  await page.getByRole('button', { name: /^Open Silent failure/ }).click();
  await page.waitForURL(/\/accuracy\/d\/[^/]+$/, { timeout: 2 * minute });
  await page.getByRole('button', { name: /^Compare the two windows/ }).click();
  await page.waitForURL(/\/accuracy\/i\/[^/]+\/real/, { timeout: 3 * minute });
  return /#(\/accuracy\/i\/[^/]+)\/real/.exec(page.url())?.[1] ?? '';
};
