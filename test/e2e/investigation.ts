import type { Page } from '@playwright/test';
import { expect as expectSoon, openInvestigation, signIn, test as withApp } from './app.ts';

// A machine that does other work at the same time is slow to draw, not wrong.
export const expect = expectSoon.configure({ timeout: 30_000 });
export const minute = 60_000;

/** One investigation of the sample for all tests of a worker: its opening is the dear part. */
export const test = withApp.extend<{ follow(step: string): Promise<void> }, { opened: string }>({
  opened: [
    async ({ browser, server }, use) => {
      const page = await browser.newPage();
      await signIn(page, server.token);
      const address = await openInvestigation(page, server.origin);
      await page.close();
      await use(address);
    },
    { scope: 'worker', timeout: 6 * minute },
  ],
  follow: async ({ app, opened }, use) => {
    await use(async (step) => {
      await app.go(`${opened}/${step}`);
      await expect(app.getByRole('navigation', { name: 'Steps of the investigation' })).toBeVisible();
    });
  },
});

export const answer = (page: Page) => page.getByRole('region', { name: 'Answer of this step' });
export const heading = (page: Page) => page.getByRole('heading', { level: 1 });
export const history = (page: Page) => page.getByRole('dialog', { name: 'History' });
export const current = (page: Page) =>
  page.getByRole('navigation', { name: 'Steps of the investigation' }).locator('[aria-current]');
