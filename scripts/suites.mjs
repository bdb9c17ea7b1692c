import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attach, collect, environment } from './child.mjs';
import { bringChromium } from './chromium.mjs';
import { electronBinary } from './electron.mjs';
import { SetupFault } from './fault.mjs';
import { at } from './places.mjs';
import { ready } from './ready.mjs';

const minute = 60_000;
/** A suite that hangs must neither take the others' time nor keep the whole run from ending within the hour. */
const limitMinutes = 25;
const latest = performance.now() + 50 * minute;

const failed = (reason) => ({ passed: 0, failed: 1, skipped: [], reason });
const skipped = (name, reason) => ({ passed: 0, failed: 0, skipped: [{ name, reason }] });

/** One verdict of one tool: its output is shown only when it fails, and it counts as one test. */
function tool(bin, ...args) {
  return async (node) => {
    const { code, output } = await collect(node, [at('node_modules', bin), ...args], { env: environment(node) });
    if (code === 0) return { passed: 1, failed: 0, skipped: [] };
    process.stdout.write(output);
    return failed(`exit ${code}`);
  };
}

/** Runs a test program that leaves a report file, and reads the numbers out of it. */
async function reported(node, args, variable, read, env = {}) {
  const limitMs = Math.max(minute, Math.min(limitMinutes * minute, latest - performance.now()));
  const folder = mkdtempSync(join(tmpdir(), 'driftbench-test-'));
  const report = join(folder, 'report.json');
  try {
    const code = await attach(node, args, {
      env: { ...environment(node), ...env, [variable]: report },
      limitMs,
    });
    if (!existsSync(report))
      return failed(code === 124 ? `stopped after ${Math.round(limitMs / minute)} minutes` : `no report, exit ${code}`);
    const tally = read(JSON.parse(readFileSync(report, 'utf8')));
    if (tally.passed + tally.failed === 0) return { ...tally, failed: 1, reason: 'no test was executed' };
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1, reason: `exit ${code}` } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build() {
  try {
    await ready();
    return { passed: 1, failed: 0, skipped: [] };
  } catch (error) {
    if (error instanceof SetupFault) return failed(error.message);
    throw error;
  }
}

const vitest = (project) => (node) =>
  reported(
    node,
    [at('node_modules/vitest/vitest.mjs'), 'run', '--project', project],
    'DRIFTBENCH_TALLY',
    (tally) => tally,
    // It colours whatever it writes, even into a file.
    process.stdout.isTTY ? {} : { NO_COLOR: '1' },
  );

function playwrightTally(report) {
  const tests = [];
  const visit = (suite, titles) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) tests.push({ ...test, name: [...titles, spec.title].join(' > ') });
    }
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  const reason = (test) => test.annotations?.find((note) => note.type === 'skip')?.description ?? 'no reason given';
  return {
    passed: tests.filter((test) => test.status === 'expected').length,
    // A test that passed only when repeated is not one that passes.
    failed:
      tests.filter((test) => test.status === 'unexpected' || test.status === 'flaky').length + report.errors.length,
    skipped: tests
      .filter((test) => test.status === 'skipped')
      .map((test) => ({ name: test.name, reason: reason(test) })),
  };
}

const playwright = (node, project, env) =>
  reported(
    node,
    [at('node_modules/@playwright/test/cli.js'), 'test', '--project', project, '--reporter', 'list,json'],
    'PLAYWRIGHT_JSON_OUTPUT_NAME',
    playwrightTally,
    env,
  );

async function browser(node) {
  const { path, reason } = await bringChromium();
  return path ? playwright(node, 'browser', { PLAYWRIGHT_CHROMIUM: path }) : skipped('all', reason);
}

async function electron(node) {
  const binary = electronBinary();
  if (binary) return playwright(node, 'electron', { DRIFTBENCH_ELECTRON: binary });
  const reason = 'the Electron binary is not installed (npx install-electron fetches it)';
  return process.env.REQUIRE_ELECTRON === '1' ? failed(reason) : skipped('all', reason);
}

/** Every suite of the project, quick verdicts first. */
export const suites = {
  format: tool('@biomejs/biome/bin/biome', 'format', '--colors=off'),
  lint: tool('@biomejs/biome/bin/biome', 'check', '--formatter-enabled=false', '--colors=off'),
  types: tool('typescript/bin/tsc', '--noEmit'),
  knip: tool('knip/bin/knip.js', '--no-progress'),
  build,
  architecture: vitest('architecture'),
  unit: vitest('unit'),
  contract: vitest('contract'),
  integration: vitest('integration'),
  browser,
  electron,
};

const plural = (tally) => `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`;

/** Runs the suites named one after the other, whatever happens to any of them; true when none failed. */
export async function runSuites(names, node) {
  const results = [];
  for (const name of names) {
    process.stdout.write(`\n== ${name}\n`);
    const from = performance.now();
    const tally = await suites[name](node);
    results.push({ name, ...tally });
    const seconds = ((performance.now() - from) / 1000).toFixed(1);
    process.stdout.write(`${plural(tally)} in ${seconds} s${tally.reason ? ` (${tally.reason})` : ''}\n`);
  }
  return summary(results);
}

function summary(results) {
  const sum = (count) => results.reduce((total, result) => total + count(result), 0);
  process.stdout.write('\n== summary\n');
  for (const { name, reason, ...tally } of results) {
    process.stdout.write(`${name.padEnd(14)}${plural(tally)}${reason ? ` (${reason})` : ''}\n`);
    for (const one of tally.skipped) process.stdout.write(`  skipped ${one.name}: ${one.reason}\n`);
  }
  const total = {
    passed: sum((r) => r.passed),
    failed: sum((r) => r.failed),
    skipped: results.flatMap((r) => r.skipped),
  };
  process.stdout.write(`\n${plural(total)}\n`);
  return total.failed === 0;
}
