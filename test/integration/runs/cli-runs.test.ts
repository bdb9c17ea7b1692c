import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ThroughputRun } from '../../../src/shared/model/throughput-run.ts';
import { Workload } from '../../../src/shared/model/workload.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';
import { runCli } from '../cli/run-cli.ts';
import { ugly, wellBehaved } from './run-harness.ts';

let folder: string;
let workspace: string;
beforeEach(() => {
  folder = scratchFolder();
  workspace = join(folder, 'workspace');
});

const node = process.execPath;
const captures = join(import.meta.dirname, '../../fixtures/captures');
const cli = (...args: string[]) => runCli(workspace, ['throughput', ...args]);
const Answer = z.strictObject({ runs: z.array(ThroughputRun) });
const runsOf = (stdout: string) => Answer.parse(JSON.parse(stdout)).runs;

describe('throughput run', () => {
  it('answers the runs of a command as one document, and as text', async () => {
    const argv = ['run', '--label', 'mine', '--repeat', '2', '--against', 'COLOUR=red', '--'];
    const asked = [...argv, node, wellBehaved, '8', '1'];
    const { code, stdout, stderr } = await cli('--json', ...asked);
    expect([code, stderr]).toEqual([0, '']);
    const runs = runsOf(stdout);
    expect(runs.map(({ label }) => label)).toEqual(['mine', 'mine, COLOUR=red', 'mine, COLOUR=red', 'mine']);
    expect(readdirSync(join(workspace, 'runs')).sort()).toEqual(runs.map(({ id }) => id).sort());
    const text = await cli('run', 'name', '--', node, wellBehaved, '8', '1');
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(/^run-[0-9a-f]{16} {2}VALID\n/);
    for (const words of [
      /throughput +[\d.\u202f]+ items\/s/,
      /p99 +unknown: p99 needs 368 values: 8/,
      /workload +name, hash/,
      /steady state +not judged: fewer than 40/,
    ])
      expect(text.stdout).toMatch(words);
  });

  it('keeps an invalid run, says so on stderr and ends with 0: the answer was given', async () => {
    const { code, stdout, stderr } = await cli('run', '--json', '--', node, ugly, 'out of memory');
    expect(code).toBe(0);
    expect(stderr).toBe('invalid, 1 of 1 run, kept with what they had: out-of-memory: a buffer of 9 GiB\n');
    expect(runsOf(stdout)[0]).toMatchObject({ valid: false, invalidReasons: ['out-of-memory: a buffer of 9 GiB'] });
    expect((await cli('run', '--', node, ugly, 'device lost')).stdout).toContain(
      'invalid: device-lost: the device was lost',
    );
  });

  it('interrupted keeps what was measured and names it', async () => {
    const child = spawn(
      node,
      [
        join(import.meta.dirname, '../../../src/main/cli.ts'),
        '--workspace',
        workspace,
        'throughput',
        'run',
        '--',
        node,
        ugly,
        'hangs',
        join(folder, 'pids'),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    const { existsSync } = await import('node:fs');
    while (!existsSync(join(folder, 'pids'))) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130);
    const [id = ''] = readdirSync(join(workspace, 'runs'));
    expect(stderr).toBe(`kept: ${id}\ncancelled\n`);
  });

  it.each([
    [['run'], 'nothing to run, name a workload of `throughput workloads` or give a command after --'],
    [['run', 'gemm', '--duration', '30'], '--duration takes a time with its unit, such as 500ms, 30s or 2m: 30'],
    [['run', 'a', 'b'], 'run takes one workload, a command stands after --: b'],
    [['run', '--runner', 'command'], 'the command runner needs a command after --, such as: -- python3 bench.py'],
    [['run', '--runner', 'onnx', '--', 'ls'], 'a command is run by the command runner only: onnx'],
    [['run', '--runner', 'cuda', 'x'], /^--runner is not accepted, .*: cuda$/],
    [['run', 'gemm', '--limit', '3s'], 'only a command after -- has this option: --limit'],
    [['run', '--repeat', '0', '--', 'ls'], /^--repeat is not accepted, .*: 0$/],
    [['run', '--against', 'X', '--', 'ls'], '--against takes a name and a value, such as OMP_NUM_THREADS=4: X'],
    [['run', '--', 'no-such-program'], 'program not found on PATH or not executable: no-such-program'],
    [['run', 'm', '--shape', 'x=1x0'], '--shape takes sizes above 0, such as input=1x3x224x224: x=1x0'],
    [['import', '/no/such.json'], 'result file not found: /no/such.json'],
    [['import', captures], `expected a result file, found a folder: ${captures}`],
    [['import', import.meta.filename], /^not a result file of a known format, .*: cli-runs\.test\.ts$/],
    [['import', '--format', 'xml', import.meta.filename], /^unknown format, choose auto or one of .*: xml$/],
  ])('%j is refused in one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await cli(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd()).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  });
});

describe('throughput import', () => {
  it('answers the same runs for the same file, and keeps them once', async () => {
    const file = join(captures, 'protocol/whole.jsonl');
    const first = await cli('import', file, '--json');
    expect([first.code, first.stderr]).toEqual([0, '']);
    const again = await cli('--json', 'import', file, file);
    expect(runsOf(again.stdout)).toEqual(runsOf(first.stdout));
    expect(readdirSync(join(workspace, 'runs'))).toEqual([runsOf(first.stdout)[0]!.id]);
    const text = await cli('import', file);
    expect(text.stdout).toContain('note: already recorded, 1 of 1 runs');
    const several = await cli(
      'import',
      join(captures, 'protocol/died.jsonl'),
      join(captures, 'llama-bench/rtx4080-qwen2-7b.json'),
    );
    expect(several.code).toBe(0);
    expect(several.stderr).toMatch(
      /^invalid, 1 of \d+ runs, kept with what they had: garbage in the stream, 1 of its lines/,
    );
  });

  it('keeps nothing of several files where one cannot be read', async () => {
    const { code } = await cli('import', join(captures, 'protocol/whole.jsonl'), import.meta.filename);
    expect(code).toBe(2);
    expect(readdirSync(join(workspace, 'runs'))).toEqual([]);
  });
});

it('throughput workloads answers a list of them', async () => {
  const { code, stdout } = await cli('workloads', '--json');
  expect(code).toBe(0);
  z.strictObject({ workloads: z.array(Workload) }).parse(JSON.parse(stdout));
});

it('the example in shell is a whole run', async () => {
  const script = join(import.meta.dirname, '../../../docs/examples/bench.sh');
  const { code, stdout, stderr } = await cli('run', '--json', '--', 'sh', script, '6');
  expect([code, stderr]).toEqual([0, '']);
  const [run] = runsOf(stdout);
  expect(run).toMatchObject({ valid: true, batch: 1, executor: { kind: 'cpu' }, workload: { id: 'gzip-1m' } });
  expect(run!.metrics.latencyP50Ms.value).toBeGreaterThan(1);
  expect(run!.outputDigest).toMatch(/^sha256:[0-9a-f]{64}$/);
});
