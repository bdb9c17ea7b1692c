import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';

const chromium = findChromium();

/** Real Chromium against the real server; every test starts its own on a workspace of its own. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Without a retry a test that only sometimes passes is seen at once.
  retries: 0,
  workers: 1,
  timeout: 90_000,
  // A busy machine is slow, not wrong; what never comes still fails.
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      // Chromium refuses its sandbox to root, and only then may it be without.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'browser', testIgnore: '**/electron/**' },
    { name: 'electron', testMatch: '**/electron/**/*.spec.ts' },
  ],
});
