import { defineConfig } from 'vitest/config';
import { TallyReporter } from './scripts/tally-reporter.ts';

const tally = process.env.DRIFTBENCH_TALLY;
const setupFiles = ['test/property-seed.ts'];

/** The four kinds of test that run without a browser; each has a folder (or, for the architecture, one file) of its own. */
export default defineConfig({
  test: {
    reporters: tally ? ['default', new TallyReporter(tally)] : ['default'],
    // Two cores are the smallest machine that must be pleasant; more workers only fight over DuckDB's threads.
    maxWorkers: 2,
    projects: [
      { test: { name: 'architecture', include: ['test/architecture.test.ts'] } },
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 20_000, setupFiles } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 30_000, setupFiles } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          setupFiles,
        },
      },
    ],
  },
});
