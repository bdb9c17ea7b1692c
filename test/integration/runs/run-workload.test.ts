import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../../src/shared/model/progress.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';
import { runHarness, ugly, wellBehaved } from './run-harness.ts';

let folder: string;
beforeEach(() => {
  folder = scratchFolder();
  // No tool of this machine: the fingerprint and the telemetry are what its files say.
  vi.stubEnv('PATH', join(folder, 'no-tools'));
  return () => vi.unstubAllEnvs();
});

const node = process.execPath;

describe('a workload of a runner of ours', () => {
  it('runs as often as asked, a process each, and every run is kept', async () => {
    const { run, store } = runHarness(folder);
    const progress: Progress[] = [];
    const { runs, remarks } = await run(
      { workload: 'sleep', repeat: 2, durationMs: 2000, label: 'mine', device: 'Test' },
      { args: ['60', '1'], onProgress: (one) => progress.push(one) },
    );
    expect(remarks).toEqual([]);
    expect(runs.map(({ valid, label, precision, batch, item }) => [valid, label, precision, batch, item])).toEqual(
      Array(2).fill([true, 'mine', 'f32', 2, 'image']),
    );
    const [first, second] = runs.map(({ session }) => session!);
    expect([first, second]).toMatchObject([
      { position: 1, side: 'A', order: 'AA' },
      { position: 2, of: 2 },
    ]);
    expect(first!.id).toBe(second!.id);
    expect(runs[0]!.workload.hash).toBe(runs[1]!.workload.hash);
    expect(runs[0]!.fingerprint).toEqual(runs[1]!.fingerprint);
    expect(runs[0]).toMatchObject({
      executor: { name: 'Test cpu', kind: 'cpu' },
      runner: { name: 'well-behaved', version: '1.0' },
      outputDigest: 'sha256:0011',
      outputValues: [1, 2.5],
      warmup: { samplesExcluded: expect.any(Number) },
      log: 'workload sleep, runner onnx, colour none, on Test, /models/one.onnx\n',
    });
    expect(runs[0]!.samples).toHaveLength(63);
    expect(runs[0]!.metrics.latencyP50Ms.value).toBeGreaterThan(1);
    expect(runs[0]!.readings.some(({ name }) => name === 'queue_depth')).toBe(true);
    expect(runs[0]!.fingerprint.fields).toMatchObject({ executor_driver: '7', 'env.OMP_NUM_THREADS': 'not set' });
    expect(store.list().map(({ id }) => id)).toEqual(runs.map(({ id }) => id).reverse());
    expect(await store.get(runs[0]!.id)).toEqual(runs[0]);
    expect(progress.at(-1)).toMatchObject({ unit: 's', total: 4, step: expect.stringMatching(/^sleep, run 2 of 2, /) });
  });

  it('with a second side is interleaved, and the fingerprint says what makes the sides differ', async () => {
    vi.stubEnv('COLOUR', 'green');
    const { run } = runHarness(folder);
    const { runs } = await run(
      { workload: 'sleep', repeat: 2, against: { COLOUR: 'red' }, againstLabel: 'painted' },
      { args: ['5', '1'] },
    );
    expect(runs.map(({ session, label }) => [session!.side, label])).toEqual([
      ['A', 'COLOUR=green'],
      ['B', 'painted'],
      ['B', 'painted'],
      ['A', 'COLOUR=green'],
    ]);
    expect(runs.map(({ log }) => /colour (\w+)/.exec(log!)![1])).toEqual(['green', 'red', 'red', 'green']);
    expect(runs.map(({ fingerprint }) => fingerprint.fields['env.COLOUR'])).toEqual(['green', 'red', 'red', 'green']);
    expect(new Set(runs.map(({ workload }) => workload.hash)).size).toBe(1);
    expect(new Set(runs.map(({ fingerprint }) => fingerprint.hash)).size).toBe(2);
    expect(runs[0]!.session!.order).toBe('ABBA');
  });

  it('that is cancelled keeps what it had, and the runs before it', async () => {
    const { run, store } = runHarness(folder);
    const abort = new AbortController();
    const { runs } = await run(
      { workload: 'sleep', repeat: 5 },
      {
        args: ['400', '5'],
        signal: abort.signal,
        onProgress: ({ step }) => {
          const [, position, samples] = /run (\d) of 5, measure: (\d+)/.exec(step) ?? [];
          if (position === '2' && Number(samples) > 20) abort.abort();
        },
      },
    );
    expect(runs.map(({ valid }) => valid)).toEqual([true, false]);
    expect(runs[1]!.invalidReasons).toEqual(['cancelled, what was measured until then is kept']);
    expect(runs[1]!.samples.length).toBeGreaterThan(20);
    expect(runs[1]!.samples.length).toBeLessThan(403);
    expect(store.list()).toHaveLength(2);
    expect(await store.get(runs[1]!.id)).toEqual(runs[1]);
  });

  it('is refused in one sentence where there is none, or it cannot be run here', async () => {
    const { run, store } = runHarness(folder);
    const refused: [Parameters<typeof run>[0], string][] = [
      [{}, 'nothing to run, name a workload of `throughput workloads` or give a command after --'],
      [{ workload: 'sleet' }, 'unknown workload, choose one of sleep: sleet'],
      [{ workload: 'never' }, 'workload cannot be run here (no such device): never'],
      [{ workload: 'sleep', runner: 'webgpu' }, 'no workload of this runner here, give a command after --: sleep'],
      [{ workload: './model.onnx' }, 'model file not found: ./model.onnx'],
    ];
    for (const [request, message] of refused)
      await expect(run(request)).rejects.toMatchObject({ code: 'BAD_INPUT', message });
    expect(store.list()).toEqual([]);
  });
});

describe('a runner that goes wrong leaves an invalid run, and the next one runs', () => {
  it.each<[string, string | RegExp, number]>([
    ['dies half-way', /^the runner was killed \(SIGKILL\)/, 3],
    ['stops without done', 'the stream ends without done: the runner died or was cut off', 3],
    ['prints garbage', /^garbage in the stream, 3 of its lines, first not JSON: Loading weights/, 3],
    ['prints binary', /^stdout: not a result file of a known format/, 0],
    ['fails after done', 'the runner ended with code 3', 3],
    ['out of memory', 'out-of-memory: a buffer of 9 GiB', 3],
    ['device lost', 'device-lost: the device was lost', 3],
    ['changes its output', 'wrong output: its digest changed within the run', 3],
    ['silent', 'nothing was printed on stdout', 0],
  ])('%s', async (mode, reason, samples) => {
    const { run, command, store } = runHarness(folder);
    const { runs } = await run({ ...command([node, ugly, mode]), workload: 'ugly' });
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ valid: false, workload: { id: 'ugly' } });
    expect(runs[0]!.invalidReasons).toEqual([typeof reason === 'string' ? reason : expect.stringMatching(reason)]);
    expect(runs[0]!.samples).toHaveLength(samples);
    expect(store.list()[0]).toMatchObject({ id: runs[0]!.id, valid: false });
  });

  it('at a limit of time, of lines or of bytes', async () => {
    const { run, command } = runHarness(folder);
    const hung = await run(command([node, ugly, 'hangs', join(folder, 'pids')], { limitMs: 3000 }));
    expect(hung.runs[0]!.invalidReasons).toEqual(['no end within 3.0\u202fs, the runner was ended']);
    expect(hung.runs[0]!.samples).toHaveLength(3);
    const flood = await run(command([node, ugly, 'floods with lines']), {
      deps: { limits: { lines: 3000, graceMs: 100 } },
    });
    expect(flood.runs[0]!.invalidReasons[0]).toBe('the runner was ended because of more lines on stdout than 3000');
  });

  it('and two of them in a row end the session', async () => {
    const { run, command } = runHarness(folder);
    const { runs, remarks } = await run({ ...command([node, ugly, 'fails after done']), repeat: 5 });
    expect(runs).toHaveLength(2);
    expect(remarks).toEqual(['stopped after 2 invalid runs in a row, 3 of 5 not run']);
    expect(readdirSync(join(folder, 'runs'))).toHaveLength(2);
  });
});

it('a well-behaved command runs with no file of its own and its output unchecked where it prints none', async () => {
  const { run, command } = runHarness(folder);
  const { runs } = await run(command([node, wellBehaved, '50', '1', '3']));
  expect(runs[0]).toMatchObject({ valid: true, workload: { id: 'well-behaved.mjs' }, batch: null });
  expect(runs[0]!.metrics.throughput.n + runs[0]!.warmup.samplesExcluded).toBe(53);
});
