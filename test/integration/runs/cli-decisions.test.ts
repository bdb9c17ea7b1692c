import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { resourcesFolder } from '../../../src/main/platform/resources-folder.ts';
import { createRandom } from '../../../src/main/statistics/random.ts';
import { History } from '../../../src/shared/model/history.ts';
import { ThroughputComparison } from '../../../src/shared/model/throughput-comparison.ts';
import { resolve } from '../../fixtures/json-pointer.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';
import { runCli } from '../cli/run-cli.ts';

let folder: string;
let workspace: string;
beforeEach(() => {
  folder = scratchFolder();
  workspace = join(folder, 'workspace');
});

const cli = (...args: string[]) => runCli(workspace, ['throughput', ...args]);
const timm = join(import.meta.dirname, '../../fixtures/captures/timm');

/** Saved streams of one workload: every run has a level of its own, about `ms` an iteration. */
const streams = (label: string, ms: number, day: number, runs = 6, readings: Record<string, number> = {}): string[] => {
  const random = createRandom(day);
  return Array.from({ length: runs }, (_, run) => {
    const level = ms * 1e6 * (1 + 0.004 * (random.next() - 0.5));
    let at = 0;
    const samples = Array.from({ length: 120 }, () => {
      const duration = Math.round(level * (1 + 0.01 * (random.next() - 0.5)));
      const line = { type: 'sample', start_ns: at, duration_ns: duration, items: 1 };
      at += duration;
      return line;
    });
    const startedAt = new Date(Date.UTC(2026, 2, day, 9, run)).toISOString();
    const workload = { id: 'step', definition: { workload: 'step', size: 4 } };
    const fingerprint = { fields: { driver: day < 5 ? '570.86' : '580.10' } };
    const lines = [
      { type: 'run', startedAt, workload, precision: 'f32', batch: 1, label, fingerprint },
      { type: 'ready', runner: 'step', version: '1', executor: { name: 'Example GPU', kind: 'gpu', driver: '1' } },
      { type: 'phase', name: 'measure' },
      ...samples,
      ...Object.entries(readings).map(([name, value]) => ({ type: 'reading', t_ns: at / 2, name, value })),
      { type: 'output', digest: 'sha256:aa', values: [1, 2, 3] },
      { type: 'done' },
    ];
    const path = join(folder, `${label}-${run}.jsonl`);
    writeFileSync(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    return path;
  });
};

const compared = async (...args: string[]) => {
  const { code, stdout, stderr } = await cli('compare', '--json', ...args);
  expect(stderr).toBe('');
  return { code, comparison: ThroughputComparison.parse(JSON.parse(stdout)) };
};

describe('throughput compare', () => {
  it('finds what got slower by label, and names the regression as reversed once the speed is back', async () => {
    const files = [...streams('before', 1, 1), ...streams('slow', 1.1, 5), ...streams('back', 1, 6)];
    expect((await cli('import', ...files)).code).toBe(0);

    const { code, comparison: slow } = await compared('before', '--with', 'slow', '--fail-on', 'regression');
    expect(code).toBe(3);
    expect(slow).toMatchObject({ comparable: true, verdict: 'regression', runsNeeded: null });
    expect(slow.metrics.throughput?.ratio.value).toBeCloseTo(1 / 1.1, 2);
    expect(slow.outputs).toMatchObject({ equal: true, maxRelativeError: 0 });
    expect(slow.fingerprintDifference[0]).toMatchObject({ field: 'driver', suspect: true });
    expect(slow.reversal).toBeUndefined();

    const { code: fine, comparison: back } = await compared('before', '--with', 'back', '--fail-on', 'regression');
    expect([fine, back.verdict]).toEqual([0, 'no change']);
    expect(back.reversal?.text).toContain('is gone');
    expect(back.remarks[0]).toBe(back.reversal?.text);
    expect((await cli('compare', 'before', '--with', 'back')).stdout).toContain('confirmed by reversal');

    // The same question has the same answer, whatever was asked in between.
    const { comparison: again } = await compared('before', '--with', 'slow');
    expect(again).toEqual(slow);
  });

  it('holds the answer against the checklist: the step that failed, its rule, and where its evidence lies', async () => {
    const quiet = { pressure_cpu_some_percent: 2 };
    const busy = { pressure_cpu_some_percent: 85 };
    await cli('import', ...streams('before', 1, 1, 6, quiet), ...streams('crowded', 1.4, 2, 6, busy));
    const { comparison } = await compared('before', '--with', 'crowded');
    expect(comparison.causes[0]?.kind).toBe('co-tenants');
    const failed = comparison.checks?.find(({ item }) => item === 'co-tenants');
    expect(failed).toMatchObject({
      status: 'FAILED',
      observed: expect.stringContaining(
        'processor pressure 85.0 %; processor pressure against the baseline +83.0 points',
      ),
      rule: expect.stringContaining('cpuPressurePercent > 10'),
    });
    const { artifact, pointer } = failed!.evidence.find(({ text }) => text === 'processor pressure')!;
    const stored = JSON.parse(readFileSync(join(workspace, 'artifacts', artifact), 'utf8'));
    expect(resolve(stored, pointer)).toBe(85);
    const { stdout } = await cli('compare', 'before', '--with', 'crowded');
    expect(stdout).toMatch(/FAILED {4}co-tenants: .*processor pressure 85\.0 %/);
    expect(stdout).toMatch(/NOT DONE {2}thermal: heat not watched/);
  });

  it('decides by the rules of the workspace, and refuses a checklist that cannot be read before anything is computed', async () => {
    await cli('import', ...streams('before', 1, 1), ...streams('slow', 1.1, 2));
    const folderOfLists = join(workspace, 'checklists');
    mkdirSync(folderOfLists, { recursive: true });
    const own = join(folderOfLists, 'throughput.yaml');
    const builtIn = readFileSync(join(resourcesFolder(), 'checklists', 'throughput.yaml'), 'utf8');
    writeFileSync(own, builtIn.replace('slower > 0, status: FAILED', 'slower > 1, status: FAILED'));
    const { comparison } = await compared('before', '--with', 'slow');
    expect(comparison.checks?.find(({ item }) => item === 'scope')?.status).toBe('PASSED');
    writeFileSync(own, builtIn.replace('slower > 0', 'slowed > 0'));
    const { code, stdout, stderr } = await cli('compare', 'before', '--with', 'slow');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^checklists\/throughput\.yaml: item scope, field decide\.1\.when: unknown observation, known are .*: slowed\n$/,
    );
  });

  it('keeps the runs of files it is given, and leaves the rows of tables in theirs', async () => {
    const [before, now] = [streams('before', 1, 1, 2), streams('now', 1, 2, 2)];
    const { comparison } = await compared(...before, '--with', ...now);
    expect(comparison).toMatchObject({ comparable: true, provisional: true });
    expect(readdirSync(join(workspace, 'runs'))).toHaveLength(4);
    const [a, b] = readdirSync(timm)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => join(timm, name));
    const { comparison: tables } = await compared(a!, '--with', b!);
    expect(tables.tables?.common).toBeGreaterThan(0);
    expect(readdirSync(join(workspace, 'runs'))).toHaveLength(4);
  });

  it('says in one sentence what it does not know', async () => {
    expect(await cli('compare', 'nosuch', '--with', 'other')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'no run, label, pinned workload or result file of this name: nosuch\n',
    });
    expect((await cli('history', '--workload', 'step')).stderr).toBe(
      'no run of this workload in the workspace, there are no runs yet: step\n',
    );
  });
});

describe('throughput history', () => {
  it('finds the step in the runs of a workload, beside the fingerprint that changed there', async () => {
    await cli('import', ...streams('before', 1, 1, 12), ...streams('slow', 1.1, 5, 12));
    const { stdout } = await cli('history', '--workload', 'step', '--json');
    const { series } = History.parse(JSON.parse(stdout));
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({ n: 24, boundaries: [{ index: 12, fields: ['driver'] }] });
    expect(series[0]!.changePoints.map(({ index }) => index)).toEqual([12]);
    expect(series[0]!.changePoints[0]!.ratio).toBeCloseTo(1 / 1.1, 2);
  });
});
