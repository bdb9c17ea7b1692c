import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { listSystemNames, monotonicNs, readSystemTexts } from '../../../src/main/platform/system-files.ts';
import { runTool } from '../../../src/main/platform/tool-process.ts';
import { nvidiaSource } from '../../../src/main/throughput/telemetry/nvidia-source.ts';
import { find } from '../../../src/main/throughput/telemetry/reading.ts';
import { runReadings, type Sampler, startSampler } from '../../../src/main/throughput/telemetry/sampler.ts';
import type { Reach } from '../../../src/main/throughput/telemetry/source.ts';
import { lastResort, telemetrySources } from '../../../src/main/throughput/telemetry/sources.ts';
import { type FakeAnswer, fakeTool, leftOver } from '../../fixtures/fake-tool.ts';
import { capture, captureNames, nvidiaMachines, nvidiaSection } from '../../fixtures/nvidia-capture.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';

let folder: string;
beforeEach(() => {
  folder = scratchFolder();
  vi.stubEnv('PATH', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** This machine without its files: only what the fakes say. */
const reach: Reach = { runTool, readTexts: async () => ({}), listNames: async () => [] };
const begin = (more: Partial<Parameters<typeof startSampler>[0]> = {}) =>
  startSampler({
    sources: telemetrySources,
    lastResort,
    reach,
    clock: systemClock,
    instantNs: monotonicNs,
    periodMs: 5,
    limitMs: 20_000,
    ...more,
  });
const start = async (more: Parameters<typeof begin>[0] = {}) => {
  const sampler = begin(more);
  await sampler.ready;
  return sampler;
};
const polled = (sampler: Sampler, tool: string, count = 1) =>
  vi.waitFor(
    () => expect(sampler.sources.find((source) => source.tool === tool)?.polls ?? 0).toBeGreaterThanOrEqual(count),
    { timeout: 60_000, interval: 20 },
  );
const state = (sampler: Sampler, tool: string) => sampler.sources.find((source) => source.tool === tool);

const nvidia = (machine: string, phase: 'idle' | 'load', before: FakeAnswer[] = []): void =>
  fakeTool(folder, 'nvidia-smi', [
    ...before,
    { when: '^--help-query-gpu', stdout: nvidiaSection(machine, 'capabilities :: help-query-gpu') },
    { when: '^--query-gpu=', stdout: nvidiaSection(machine, `${phase} :: query-gpu`) },
  ]);

describe('a machine on replay', () => {
  it.each(Object.keys(nvidiaMachines).flatMap((machine) => [[machine, 'idle'] as const, [machine, 'load'] as const]))(
    'nvidia-smi, %s, %s',
    async (machine, phase) => {
      nvidia(machine, phase);
      const sampler = await start({ sources: [[nvidiaSource]] });
      await polled(sampler, 'nvidia-smi');
      const record = await sampler.stop();
      expect(find(record.readings, 'power_w')!.value).toBeGreaterThan(2);
      expect(find(record.readings, 'memory_total_mib')!.value).toBeGreaterThan(8000);
      expect(find(record.facts, 'driver')!.text).toBe(nvidiaMachines[machine]!.split('__').at(-1)!.replace('.txt', ''));
      expect(record.problems).toEqual([]);
      expect(leftOver(folder, 'nvidia-smi')).toEqual([]);
    },
  );

  it.each(captureNames('rocm-smi'))('rocm-smi where there is no amd-smi, %s', async (name) => {
    fakeTool(folder, 'rocm-smi', [{ when: '^-a --json', stdout: capture(`rocm-smi/${name}`) }]);
    const sampler = await start();
    await polled(sampler, 'rocm-smi');
    const { readings, sources } = await sampler.stop();
    expect(find(readings, 'temperature_c')!.value).toBeGreaterThan(20);
    expect(sources.find(({ tool }) => tool === 'amd-smi')).toMatchObject({
      state: 'unavailable',
      reason: /cannot be started/,
    });
  });

  it.each<[string, FakeAnswer[], string, number]>([
    [
      'amd-smi',
      [
        { when: '^list', stdout: '[{"gpu":0,"uuid":"aa-bb"}]' },
        { when: '^metric', stdout: capture('amd-smi/metric-w7700-usage.json') },
      ],
      'utilisation_percent',
      42,
    ],
    ['macmon', [{ stdout: capture('macos/macmon.json'), hang: true }], 'sm_clock_mhz', 503],
    ['powermetrics', [{ stdout: capture('macos/powermetrics-gpu_power.txt') }], 'power_w', 0.004],
    ['nvtop', [{ stdout: capture('nvtop/nvtop-s.json') }], 'power_w', 13],
    ...capture('tegrastats/tegrastats.txt')
      .trimEnd()
      .split('\n')
      .map((line): [string, FakeAnswer[], string, number] => [
        'tegrastats',
        [{ stdout: `${line}\n`, hang: true }],
        'memory_total_mib',
        Number(/RAM \d+\/(\d+)MB/.exec(line)![1]),
      ]),
  ])('%s', async (tool, answers, name, value) => {
    fakeTool(folder, tool, answers);
    const sampler = await start();
    await polled(sampler, tool);
    const record = await sampler.stop();
    expect(find(record.readings, name)!.value).toBe(value);
    expect(leftOver(folder, tool)).toEqual([]);
  });

  it('keeps what never changes once, and what is unknown once with its reason', async () => {
    nvidia('h200', 'load');
    const sampler = await start({ sources: [[nvidiaSource]] });
    await polled(sampler, 'nvidia-smi', 3);
    const { readings } = await sampler.stop();
    const count = (name: string) => readings.filter((reading) => reading.name === name).length;
    expect(count('power_w')).toBeGreaterThanOrEqual(3);
    expect([count('power_limit_w'), count('fan_percent')]).toEqual([1, 1]);
  });

  it('asks again without a field that the driver refuses in spite of its help', async () => {
    const refusal = { stdout: 'Field "gpu_recovery_action" is not a valid field to query.\n\n', code: 2 };
    nvidia('h200', 'load', [{ when: 'gpu_recovery_action', ...refusal }]);
    const sampler = await start({ sources: [[nvidiaSource]] });
    await polled(sampler, 'nvidia-smi');
    const record = await sampler.stop();
    expect(find(record.facts, 'recovery_action')).toMatchObject({
      text: null,
      reason: 'not offered by this driver: gpu_recovery_action',
    });
    expect(find(record.readings, 'power_w')!.value).toBe(627.4);
  });
});

describe('a tool that fails', () => {
  it.each(captureNames('nvidia-smi-failures').filter((name) => name.endsWith('.txt') && name !== 'field-invalid.txt'))(
    'from the start is not used, and its words are kept: %s',
    async (name) => {
      const text = capture(`nvidia-smi-failures/${name}`);
      fakeTool(folder, 'nvidia-smi', [{ stdout: text, code: 9 }]);
      const sampler = await start({ sources: [[nvidiaSource]] });
      const { sources, readings } = await sampler.stop();
      expect(sources[0]).toMatchObject({ state: 'unavailable', polls: 0 });
      expect(text).toContain(sources[0]!.reason);
      expect(readings).toEqual([]);
    },
  );

  it('later, because the GPU was lost, ends telemetry at that moment with what it said', async () => {
    const lost = capture('nvidia-smi-failures/gpu-lost.txt');
    nvidia('h200', 'load', [{ when: '^--query-gpu', after: 3, stdout: lost, code: 15 }]);
    const sampler = await start({ sources: [[nvidiaSource]] });
    await vi.waitFor(() => expect(state(sampler, 'nvidia-smi')!.state).toBe('lost'), { timeout: 60_000 });
    const { sources, readings } = await sampler.stop();
    expect(sources[0]).toMatchObject({ polls: 2, reason: expect.stringContaining('GPU is lost') });
    const last = readings.filter(({ name }) => name === 'power_w').at(-1)!;
    expect(last).toMatchObject({ value: null, tNs: sources[0]!.lostAtNs, reason: /^telemetry lost: .*GPU is lost/ });
  });

  it('now and then is asked again; three times in a row it is given up', async () => {
    nvidia('h200', 'load', [{ when: '^--query-gpu', after: 2, stderr: 'out of luck\n', code: 3 }]);
    const sampler = await start({ sources: [[nvidiaSource]] });
    await vi.waitFor(() => expect(state(sampler, 'nvidia-smi')!.state).toBe('lost'), { timeout: 60_000 });
    const { sources, problems } = await sampler.stop();
    expect(sources[0]).toMatchObject({ polls: 1, reason: 'out of luck' });
    expect(problems).toEqual([{ tool: 'nvidia-smi', text: 'out of luck', count: 2 }]);
  });
});

describe('a tool that hangs', () => {
  it('is ended with its children, recorded as lost, and holds up no other', async () => {
    nvidia('h200', 'load', [{ when: '^--query-gpu', after: 2, hang: true }]);
    fakeTool(folder, 'nvtop', [{ stdout: capture('nvtop/nvtop-s.json') }]);
    // Long enough for a start of Node on a busy machine, short enough to wait for.
    const sampler = await start({ sources: [[nvidiaSource], [lastResort]], limitMs: 4000 });
    await vi.waitFor(() => expect(state(sampler, 'nvidia-smi')!.state).toBe('lost'), { timeout: 60_000 });
    const before = state(sampler, 'nvtop')!.polls;
    await polled(sampler, 'nvtop', before + 2);
    const { sources } = await sampler.stop();
    expect(sources.find(({ tool }) => tool === 'nvidia-smi')).toMatchObject({ reason: 'no answer within 4000 ms' });
    expect(sources.find(({ tool }) => tool === 'nvidia-smi')!.lostAtNs).toBeGreaterThan(0);
    await vi.waitFor(() => expect(leftOver(folder, 'nvidia-smi')).toEqual([]));
  });

  it('from its first word on holds up neither the start nor another', async () => {
    fakeTool(folder, 'nvidia-smi', [{ hang: true }]);
    fakeTool(folder, 'nvtop', [{ stdout: capture('nvtop/nvtop-s.json') }]);
    const sampler = begin({ sources: [[nvidiaSource], [lastResort]] });
    await polled(sampler, 'nvtop', 2);
    const { sources } = await sampler.stop();
    expect(sources.find(({ tool }) => tool === 'nvidia-smi')).toMatchObject({ state: 'unavailable', polls: 0 });
    await vi.waitFor(() => expect(leftOver(folder, 'nvidia-smi')).toEqual([]));
  });

  it('leaves no process when telemetry is stopped meanwhile', async () => {
    nvidia('h200', 'load', [{ when: '^--query-gpu', after: 2, hang: true }]);
    const sampler = await start({ sources: [[nvidiaSource]] });
    await polled(sampler, 'nvidia-smi');
    await vi.waitFor(() => expect(leftOver(folder, 'nvidia-smi').length).toBeGreaterThan(1), { timeout: 60_000 });
    const { sources } = await sampler.stop();
    expect(sources[0]).toMatchObject({ state: 'used', reason: null });
    await vi.waitFor(() => expect(leftOver(folder, 'nvidia-smi')).toEqual([]));
  });
});

describe('around the run', () => {
  it.runIf(process.platform === 'linux')(
    'this machine itself: load and steal are read from its own files',
    async () => {
      const own = { runTool, readTexts: readSystemTexts, listNames: listSystemNames };
      const sampler = await start({ reach: own });
      await polled(sampler, 'linux', 2);
      const { readings } = await sampler.stop();
      expect(find(readings, 'load_1min', 'host')!.value).toBeGreaterThanOrEqual(0);
      expect(find(readings, 'all_ticks', 'host')!.value).toBeGreaterThan(0);
    },
  );

  it('Xid lines of the time between start and stop, and only those', async () => {
    const now = monotonicNs() / 1e9;
    const line = (at: number, code: number) => `[${at.toFixed(6)}] NVRM: Xid (PCI:0000:23:00): ${code}, text\n`;
    fakeTool(folder, 'dmesg', [{ stdout: line(1, 48) + line(now, 79) }]);
    const { faults, faultsUnknown } = await (await start({ sources: [] })).stop();
    expect(faults.map(({ code }) => code)).toEqual([79]);
    expect(faultsUnknown).toBeNull();
  });

  it('a log that may not be read is unknown, not empty', async () => {
    fakeTool(folder, 'dmesg', [{ stderr: 'dmesg: read kernel buffer failed: Operation not permitted\n', code: 1 }]);
    const { faultsUnknown } = await (await start({ sources: [] })).stop();
    expect(faultsUnknown).toMatch(/Operation not permitted/);
  });

  it('readings of one GPU keep their name, those of several carry the device', () => {
    const reading = (device: string) => ({ device, name: 'power_w', unit: 'W', value: 1, tNs: 5 });
    const names = (devices: string[], own: string | null) =>
      runReadings(devices.map(reading), own).map(({ name }) => name);
    expect(names(['GPU-1', 'host'], null)).toEqual(['power_w', 'power_w']);
    expect(names(['GPU-1', 'GPU-2'], 'GPU-2')).toEqual(['power_w@GPU-1', 'power_w']);
    expect(names(['GPU-1', 'GPU-2'], null)).toEqual(['power_w@GPU-1', 'power_w@GPU-2']);
  });
});
