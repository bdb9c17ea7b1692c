import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSample } from '../../../src/main/accuracy/samples/write-sample.ts';
import { openLog } from '../../../src/main/investigations/log.ts';
import { artifactStore } from '../../../src/main/platform/artifact-store.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { openSqlite } from '../../../src/main/platform/sqlite.ts';
import { AccuracyComparison } from '../../../src/shared/model/comparison.ts';
import { DatasetSummary } from '../../../src/shared/model/dataset.ts';
import { AccuracySeries } from '../../../src/shared/model/series.ts';
import { runCli } from './run-cli.ts';

let folder: string;
let workspace: string;
let yaml: string;
let id: string;

const windows = ['--reference', '2026-03-02..2026-03-22', '--current', '2026-03-23..2026-03-31'];
const run = (...args: string[]) => runCli(workspace, args);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-cli-'));
  workspace = join(folder, 'workspace');
  const work = { signal: new AbortController().signal, progress: () => undefined };
  yaml = await writeSample('lower-everywhere', join(folder, 'data'), { seed: 3, rowsPerDay: 300, days: 30, work });
  const imported = await run('import', yaml, '--json');
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  ({ id } = DatasetSummary.parse(JSON.parse(imported.stdout)));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('import', () => {
  test('answers id, name, hash and ledger, and nothing else', async () => {
    const { stdout } = await run('import', yaml, '--json');
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual(['id', 'name', 'sha256', 'ledger']);
    expect(answer).toMatchObject({ id, ledger: { predictionRows: 9000, distinctPredictions: 9000 } });
  });

  test('prints the same as text', async () => {
    const { stdout, stderr } = await run('import', yaml);
    expect(stdout.split('\n')[0]).toContain(id);
    expect(stdout).toMatch(/predictions read\s+9\u202f000/);
    expect(stderr).toBe('');
  });
});

describe('compare', () => {
  test('answers one document that satisfies its schema, the same bytes every time, by id and by path', async () => {
    const first = await run('accuracy', 'compare', id, ...windows, '--json', '--seed', '5');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const document = AccuracyComparison.parse(JSON.parse(first.stdout));
    expect(document).toMatchObject({ seed: 5, dataset: { id } });
    const zones: Record<string, string>[] = [
      { TZ: 'Pacific/Kiritimati', LC_ALL: 'de_DE.UTF-8' },
      { TZ: 'America/St_Johns', LANG: 'C' },
    ];
    for (const env of zones) {
      const again = await runCli(workspace, ['accuracy', 'compare', yaml, ...windows, '--json', '--seed', '5'], {
        env,
      });
      expect(again.stdout).toBe(first.stdout);
    }
  });

  test('prints the verdict, the windows and the metrics as text', async () => {
    const { code, stdout, stderr } = await run('accuracy', 'compare', id, ...windows);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^(REGRESSION|IMPROVEMENT|NO CHANGE|INCONCLUSIVE) {2}/);
    for (const word of [
      '2026-03-02 … 2026-03-22',
      'Accuracy',
      'Prediction drift:',
      'Label latency:',
      'Kind of change:',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  test('exits with 3 exactly when the verdict is the one to fail on', async () => {
    const { code, stdout } = await run('accuracy', 'compare', id, ...windows, '--json', '--fail-on', 'regression');
    const { verdict } = AccuracyComparison.parse(JSON.parse(stdout));
    expect(code).toBe(verdict === 'regression' ? 3 : 0);
    const calm = await run(
      'accuracy',
      'compare',
      id,
      ...windows,
      '--delta',
      '0.9',
      '--json',
      '--fail-on',
      'regression',
    );
    expect(calm.code).toBe(0);
  });

  test('leaves its rules in the log before its result, and the result by its hash', async () => {
    await run('accuracy', 'compare', id, ...windows, '--json', '--seed', '77');
    const database = openSqlite(join(workspace, 'workbench.db'));
    const log = openLog(database, systemClock);
    const [finished, settings] = log.entries({ subject: id, limit: 2 });
    expect(settings).toMatchObject({ kind: 'settings-fixed', body: { metric: 'accuracy', request: { seed: 77 } } });
    expect(finished).toMatchObject({ kind: 'comparison-finished', body: { settings: settings?.seq } });
    const text = artifactStore(join(workspace, 'artifacts'), systemClock.newId).get(String(finished?.body.artifact));
    expect(AccuracyComparison.parse(JSON.parse(text)).seed).toBe(77);
    expect(log.verify().brokenAt).toBeNull();
    expect(log.entries({ kind: 'dataset-imported' })).toHaveLength(1);
    database.close();
  });

  test('reads a folder that holds a dataset.yaml, and imports again when the file has changed', async () => {
    const copy = join(folder, 'copy');
    cpSync(join(folder, 'data'), copy, { recursive: true });
    const first = await run('accuracy', 'compare', copy, ...windows, '--json');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const file = join(copy, 'dataset.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^name: .*$/m, 'name: renamed'));
    const second = await run('accuracy', 'compare', copy, ...windows, '--json');
    expect(AccuracyComparison.parse(JSON.parse(second.stdout)).dataset.name).toBe('renamed');
  });
});

describe('series', () => {
  test('answers one document that satisfies its schema, the same bytes every time', async () => {
    const args = ['accuracy', 'series', id, '--reference', '2026-03-02..2026-03-22', '--chunk', '1w', '--json'];
    const first = await run(...args);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(AccuracySeries.parse(JSON.parse(first.stdout)).chunks.length).toBeGreaterThan(3);
    expect((await run(...args)).stdout).toBe(first.stdout);
    expect((await run(...args.slice(0, -1))).stdout).toContain('2026-03-02');
  });
});

describe('bad input is exit code 2 and one sentence', () => {
  test.each<[string, () => string[], RegExp]>([
    ['an unknown option', () => ['doctor', '--nonsense'], /^unknown option '--nonsense'$/],
    ['an unknown command', () => ['repair'], /^unknown command 'repair'$/],
    ['no command', () => [], /^a command is missing, see driftbench --help$/],
    ['an id nobody knows', () => ['accuracy', 'compare', 'nobody', ...windows], /^unknown dataset: nobody$/],
    ['an id that is a path out', () => ['accuracy', 'compare', '..', ...windows], /^unknown dataset: \.\.$/],
    ['a file that is not there', () => ['import', join(folder, 'no.yaml')], /^dataset file not found: .*no\.yaml$/],
    ['an id where a file is wanted', () => ['import', 'nobody'], /^not a dataset file, .*: nobody$/],
    [
      'a day that does not exist',
      () => ['accuracy', 'compare', id, '--reference', '2026-02-30..2026-03-01', '--current', '2026-03-02..2026-03-03'],
      /^--reference names no day of the calendar: 2026-02-30$/,
    ],
    ['a metric nobody knows', () => ['accuracy', 'compare', id, ...windows, '--metric', 'luck'], /: luck$/],
    [
      'a window without data',
      () => ['accuracy', 'compare', id, '--reference', '1999-01-01..1999-01-02', '--current', '2026-03-02..2026-03-03'],
      /reference window .*: 1999-01-01\.\.1999-01-02$/,
    ],
    ['a port that is none', () => ['serve', '--port', 'http'], /^--port takes a number up to 65535: http$/],
  ])('%s', async (_name, args, sentence) => {
    const { code, stdout, stderr } = await run(...args(), '--json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n')).toHaveLength(2);
    expect(stderr.trimEnd()).toMatch(sentence);
  });

  test('a workspace that cannot be one', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const command of [['doctor'], ['serve', '--no-open']]) {
      const { code, stderr } = await runCli(file, command);
      expect([code, stderr]).toEqual([2, `workspace cannot be written, choose another with --workspace: ${file}\n`]);
    }
  });
});

test('two imports at once into one workspace both end well', async () => {
  const other = join(folder, 'shared');
  const ended = await Promise.all([1, 2].map(() => runCli(other, ['import', yaml, '--json'])));
  for (const { code, stderr, stdout } of ended) expect([code, stderr, stdout]).toEqual([0, '', ended[0]?.stdout]);
});

test('an interrupted command says so in one line and leaves the workspace usable', async () => {
  // Too early it dies before it listens, too late it is done: how long that takes is the machine's affair.
  for (let afterMs = 150; afterMs < 20_000; afterMs *= 1.3) {
    const other = join(folder, `interrupted-${Math.round(afterMs)}`);
    const ended = await runCli(other, ['import', yaml, '--json'], { interruptAfterMs: afterMs });
    if (ended.code !== 130) continue;
    expect([ended.stdout, ended.stderr]).toEqual(['', 'cancelled\n']);
    expect((await runCli(other, ['import', yaml, '--json'])).code).toBe(0);
    return;
  }
  throw new Error('no interruption came in time');
});

test('doctor tells what this machine can do', async () => {
  const { code, stdout } = await run('doctor', '--json');
  expect(code).toBe(0);
  const { capabilities } = JSON.parse(stdout) as { capabilities: { name: string; state: string }[] };
  const states = new Map(capabilities.map(({ name, state }) => [name, state]));
  for (const name of ['node', 'duckdb', 'sqlite', 'workspace']) expect(states.get(name)).toBe('available');
  for (const name of ['electron', 'chromium']) expect(['available', 'unavailable']).toContain(states.get(name));
});

test('--help is not an error', async () => {
  const { code, stdout, stderr } = await run('--help');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('accuracy');
});
