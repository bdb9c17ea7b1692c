import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

interface Tally {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string }[];
}

/** Writes how many tests passed, failed and were skipped (and why) for `npm test` to add up over all suites. */
export class TallyReporter implements Reporter {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tally: Tally = { passed: 0, failed: unhandled.length, skipped: [] };
    for (const module of modules) {
      // A file that throws while it is collected has no tests, yet it is a failure.
      if (module.errors().length > 0) tally.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') tally.passed += 1;
        else if (result.state === 'failed') tally.failed += 1;
        else
          tally.skipped.push({ name: test.fullName, reason: ('note' in result && result.note) || 'no reason given' });
      }
    }
    writeFileSync(this.#path, JSON.stringify(tally));
  }
}
