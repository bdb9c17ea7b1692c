import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { webgpuWorkloads } from '../../../src/main/throughput/workloads/webgpu.ts';
import { WebgpuDefinition } from '../../../src/shared/model/webgpu.ts';
import { noDriver, probeWith, softwareAdapter } from '../../fixtures/software-adapter.ts';
import { linesOf, type Spoken, speakWith } from './runner-process.ts';

const software = softwareAdapter();
const missing = 'missing' in software ? software.missing : undefined;
const { probe, env } =
  'missing' in software ? { probe: { adapters: [], version: '' }, env: {} as Record<string, string> } : software;
const adapter = probe.adapters[0] ?? { unavailable: missing ?? 'none' };

const choice = { durationMs: 150, seed: 1 };
const workloads = webgpuWorkloads(adapter, choice);
const workloadOf = (id: string, part = {}) => {
  const found = webgpuWorkloads(adapter, { ...choice, ...part }).find((workload) => workload.id === id);
  if (!found) throw new Error(`no such workload: ${id}`);
  return { id, definition: WebgpuDefinition.parse(found.definition), unavailable: found.unavailable };
};

const replaced = (id: string, from: string, to: string) => {
  const { definition } = workloadOf(id);
  const stages = definition.stages.map((stage) => ({ ...stage, wgsl: stage.wgsl.replaceAll(from, to) }));
  expect(stages).not.toEqual(definition.stages);
  return { id, definition: { ...definition, stages } };
};

const complete = (spoken: Spoken, definition: WebgpuDefinition) => {
  expect(linesOf(spoken, 'error')).toEqual([]);
  expect(spoken).toMatchObject({ code: 0, garbage: [] });
  expect(spoken.lines[0]).toMatchObject({ type: 'ready', runner: 'webgpu', executor: { kind: 'software' } });
  expect(spoken.lines.at(-1)).toEqual({ type: 'done' });
  expect(linesOf(spoken, 'phase').map(({ name }) => name)).toEqual(['load', 'compile', 'warmup', 'measure', 'verify']);
  const begin = spoken.lines.findIndex((line) => line.type === 'phase' && line.name === 'measure');
  const measured = spoken.lines.slice(begin).filter((line) => line.type === 'sample');
  expect(measured.length).toBeGreaterThanOrEqual(definition.schedule.minimumBatches);
  for (const sample of measured) expect(sample.items % definition.item.perIteration).toBe(0);
  const starts = linesOf(spoken, 'sample').map(({ start_ns, duration_ns }) => [start_ns, start_ns + duration_ns]);
  for (const [index, [start = 0]] of starts.entries())
    expect(start).toBeGreaterThanOrEqual(starts[index - 1]?.[1] ?? 0);
  expect(linesOf(spoken, 'reading').map(({ name }) => name)).toEqual(['iterations_per_batch', 'device_time_batches']);
  expect(linesOf(spoken, 'output')[0]?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
};

describe('the webgpu runner on a software adapter', () => {
  beforeEach(({ skip }) => skip(missing !== undefined, missing));

  it.for(workloads.map(({ id }) => id))('runs %s and finds its output right', async (id, { skip }) => {
    const { definition, unavailable } = workloadOf(id);
    skip(unavailable !== undefined, unavailable);
    complete(await speakWith({ id, definition }, env), definition);
  });

  it('runs a batch of several inputs and counts them', async () => {
    const { id, definition } = workloadOf('gemv-decode', { batch: 3 });
    const spoken = await speakWith({ id, definition }, env);
    complete(spoken, definition);
    expect(definition.item.perIteration).toBe(3);
  });

  it('says the digest of what was computed', async () => {
    const spoken = await speakWith(workloadOf('clock-probe'), env);
    const { threads = 0, steps = 0 } = workloadOf('clock-probe').definition.shapes;
    const expected = Float32Array.from({ length: threads }, (_, index) => steps + (index % 256));
    const digest = createHash('sha256').update(new Uint8Array(expected.buffer)).digest('hex');
    expect(linesOf(spoken, 'output')).toEqual([
      { type: 'output', digest: `sha256:${digest}`, values: [...expected.slice(0, 8)] },
    ]);
  });

  it.each([
    ['gemm-f32', 'sums[7] = fma(', 'sums[7] = 0.999 * fma('],
    ['triad', '3.0 *', '3.00001 *'],
    ['launch-chain', '1664525u', '1664526u'],
    ['attn-decode', 'let correction = exp(highest - peak)', 'let correction = 1.0'],
  ])('%s with another kernel under the same expectation is wrong output', async (id, from, to) => {
    const spoken = await speakWith(replaced(id, from, to), env);
    expect(spoken).toMatchObject({ code: 1, garbage: [] });
    expect(spoken.lines.at(-1)).toMatchObject({ type: 'error', code: 'wrong-output' });
    expect(linesOf(spoken, 'error')[0]?.message).toMatch(
      /^the output of the first iteration is wrong, \d+ of \d+ checked/,
    );
    expect(linesOf(spoken, 'output')).toEqual([]);
  });

  it('output that goes wrong after the first iteration is found at the end', async () => {
    const later = 'select(source[i], source[i] + vec4<u32>(1u), target_[i] != vec4<u32>(0u))';
    const spoken = await speakWith(replaced('copy', '= source[i]', `= ${later}`), env);
    expect(spoken.code).toBe(1);
    expect(linesOf(spoken, 'sample').length).toBeGreaterThan(2);
    expect(linesOf(spoken, 'error')[0]).toMatchObject({ code: 'wrong-output' });
    expect(linesOf(spoken, 'error')[0]?.message).toContain('the output of the last iteration is wrong');
  });

  it.each<[string, string, (definition: WebgpuDefinition) => object, RegExp]>([
    [
      'a kernel that does not compile',
      'gpu-error',
      ({ stages }) => ({ stages: stages.map((stage) => ({ ...stage, wgsl: stage.wgsl.replace('fn main', 'fn') })) }),
      /^the kernel does not compile, line \d+: /,
    ],
    [
      'a stage that the device refuses',
      'gpu-error',
      ({ stages }) => ({ stages: stages.map((stage) => ({ ...stage, entryPoint: 'other' })) }),
      /other/,
    ],
    [
      'a limit that the adapter has not',
      'unsupported',
      ({ requires }) => ({ requires: { ...requires, limits: { maxBufferSize: 2 ** 50 } } }),
      /^the adapter cannot run this workload: /,
    ],
    [
      'an expected output of other inputs',
      'bad-definition',
      ({ expected }) => ({ expected: { ...expected, sha256: 'f'.repeat(64) } }),
      /^the expected output is not the one of these inputs: clock-probe$/,
    ],
    [
      'another version',
      'bad-definition',
      () => ({ runner: { name: 'webgpu', version: '0' } }),
      /^made for version 0 of this runner, which is \d+$/,
    ],
    ['no definition', 'bad-definition', () => ({ stages: 1 }), /^not a definition of the webgpu runner: stages: /],
  ])('%s ends the run as %s', async (_, code, change, message) => {
    const { id, definition } = workloadOf('clock-probe');
    const spoken = await speakWith({ id, definition: { ...definition, ...change(definition) } }, env);
    expect(spoken).toMatchObject({ code: 1, garbage: [] });
    const error = linesOf(spoken, 'error')[0];
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(message);
  });

  it('takes the adapter whose name has the part, and says which there are when none has', async () => {
    const name = probe.adapters[0]?.name ?? '';
    const workload = workloadOf('clock-probe');
    const found = await speakWith({ ...workload, device: name.slice(0, 6).toUpperCase() }, env);
    expect(linesOf(found, 'ready')[0]?.executor.name).toBe(name);
    const absent = await speakWith({ ...workload, device: 'radeon 9000' }, env);
    expect(absent.lines).toEqual([
      {
        type: 'error',
        code: 'no-adapter',
        message: `no webgpu adapter of that name, there are ${probe.adapters.map((one) => one.name).join(', ')}: radeon 9000`,
      },
    ]);
  });
});

describe('the webgpu runner without a driver', () => {
  // Only where no other driver can be found than the one the environment names.
  beforeEach(({ skip }) =>
    skip(process.platform !== 'linux', 'drivers are hidden by environment variables on Linux only'),
  );

  it('probes nothing, with the reason', () => {
    const empty = probeWith(noDriver);
    expect(empty.adapters).toEqual([]);
    expect(empty.unavailable).toMatch(/^no webgpu adapter on this machine: .*onnx runner/);
  });

  it('ends as no-adapter and offers the other runner', async () => {
    const { id, definition } = workloadOf('clock-probe');
    const spoken = await speakWith({ id, definition }, noDriver);
    expect(spoken).toMatchObject({ code: 1, garbage: [] });
    expect(spoken.lines).toEqual([
      { type: 'error', code: 'no-adapter', message: expect.stringContaining('choose the onnx runner') },
    ]);
  });
});
