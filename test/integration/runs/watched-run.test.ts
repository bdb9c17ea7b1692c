import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { type FakeAnswer, fakeTool, leftOver } from '../../fixtures/fake-tool.ts';
import { nvidiaSection } from '../../fixtures/nvidia-capture.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';
import { runHarness } from './run-harness.ts';

const machine = 'h200';
let folder: string;
let tools: string;
beforeEach(() => {
  folder = scratchFolder();
  tools = join(folder, 'tools');
  mkdirSync(tools);
  vi.stubEnv('PATH', tools);
  return () => vi.unstubAllEnvs();
});

const nvidia = (before: FakeAnswer[] = []): void =>
  fakeTool(tools, 'nvidia-smi', [
    ...before,
    { when: '^--help-query-gpu', stdout: nvidiaSection(machine, 'capabilities :: help-query-gpu') },
    { when: '^--query-gpu=', stdout: nvidiaSection(machine, 'load :: query-gpu') },
  ]);

it("a run under a vendor's tool has its readings on the clock of its samples, and energy", async () => {
  nvidia();
  const { run, store } = runHarness(folder);
  const { runs } = await run({ workload: 'sleep' }, { args: ['1000', '5', '2', 'gpu'] });
  const [one] = runs;
  expect(one).toMatchObject({ valid: true, executor: { kind: 'gpu' } });
  const power = one!.readings.filter(({ name }) => name === 'power_w');
  expect(power.length).toBeGreaterThan(3);
  const measured = one!.samples.filter(({ phase }) => phase === 'measure');
  const inside = power.filter(
    ({ tNs }) => tNs! >= measured[0]!.startNs! && tNs! <= measured.at(-1)!.startNs! + measured.at(-1)!.durationNs,
  );
  expect(inside.length).toBeGreaterThan(1);
  expect(one!.throttling.share).toBe(0);
  const { energyPerItemJ } = one!.metrics;
  if (energyPerItemJ.value === null) expect(energyPerItemJ.reason).toMatch(/fewer than 10 readings|a gap of more than/);
  else expect(energyPerItemJ.value).toBeGreaterThan(0);
  expect(await store.get(one!.id)).toEqual(one);
  expect(leftOver(tools, 'nvidia-smi')).toEqual([]);
});

it('a tool that hangs during a run holds nothing up, and the loss is told', async () => {
  nvidia([{ when: '^--query-gpu=', hang: true, after: 2 }]);
  const { run } = runHarness(folder);
  const { runs } = await run(
    { workload: 'sleep' },
    { args: ['1000', '4', '2', 'gpu'], deps: { pace: { periodMs: 20, limitMs: 1000 } } },
  );
  expect(runs[0]!.valid).toBe(true);
  expect(runs[0]!.notes!.join('\n')).toMatch(/telemetry lost: nvidia-smi, no answer within 1000 ms/);
  expect(runs[0]!.readings.some(({ reason }) => reason?.startsWith('telemetry lost'))).toBe(true);
  expect(leftOver(tools, 'nvidia-smi')).toEqual([]);
});

it('a tool that hangs from the start does not keep the run from beginning', async () => {
  fakeTool(tools, 'nvidia-smi', [{ hang: true }]);
  const { run } = runHarness(folder);
  const { runs } = await run(
    { workload: 'sleep' },
    { args: ['20', '1', '2', 'gpu'], deps: { pace: { periodMs: 20, limitMs: 1000 } } },
  );
  expect(runs[0]).toMatchObject({ valid: true, throttling: { share: null } });
  expect(leftOver(tools, 'nvidia-smi')).toEqual([]);
});
