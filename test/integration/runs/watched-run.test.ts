import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { listSystemNames, readSystemTexts } from '../../../src/main/platform/system-files.ts';
import type { RunTool } from '../../../src/main/platform/tool-process.ts';
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

it("a run under a vendor's tool has its readings on the clock of its samples", async () => {
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
  expect(await store.get(one!.id)).toEqual(one);
  expect(leftOver(tools, 'nvidia-smi')).toEqual([]);
});

/**
 * A run whose power is answered here, without a process, and polled forty times in what counts as one period: neither the number of
 * readings nor the gaps between them depend on how busy the machine is.
 */
const withPower = async (power: string) => {
  const [header = '', values = ''] = nvidiaSection(machine, 'load :: query-gpu').trim().split('\n');
  const named = header.split(', ').map((name) => name.replace(/ \[.*/, ''));
  const cells = values.split(', ').map((cell, at) => (/^power\.draw/.test(named[at] ?? '') ? power : cell));
  const help = nvidiaSection(machine, 'capabilities :: help-query-gpu');
  const runTool: RunTool = async (program, [asked = '']) => {
    const stdout = asked.startsWith('--help') ? help : `${header}\n${cells.join(', ')}\n`;
    const known = program === 'nvidia-smi';
    return {
      ended: known ? 'exit' : 'absent',
      code: known ? 0 : null,
      stdout: known ? stdout : '',
      stderr: '',
      unkillable: null,
    };
  };
  const { run } = runHarness(folder);
  const { runs } = await run(
    { workload: 'sleep' },
    {
      args: ['300', '5', '2', 'gpu'],
      deps: {
        reach: { runTool, readTexts: readSystemTexts, listNames: listSystemNames },
        clock: { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 40, signal) },
        pace: { periodMs: 1000, limitMs: 40_000 },
      },
    },
  );
  return runs[0]!;
};

it('power that is known becomes energy of an item: power times time, over the items', async () => {
  const { metrics, samples } = await withPower('200.00 W');
  const measured = samples.filter(({ phase }) => phase === 'measure');
  // From the first to the last that counts: a rule may take some out at the beginning.
  const kept = measured.filter(({ excluded }) => excluded === null);
  const [fromNs, last] = [kept[0]!.startNs!, kept.at(-1)!];
  const inside = measured.filter(({ startNs }) => startNs! >= fromNs && startNs! <= last.startNs!);
  const seconds = (last.startNs! + last.durationNs - fromNs) / 1e9;
  expect(metrics.energyPerItemJ.reason).toMatch(/^gross/);
  expect(metrics.energyPerItemJ.method).toBe('trapezoid over power readings, grade B');
  expect(metrics.energyPerItemJ.value).toBeCloseTo((200 * seconds) / (2 * inside.length), 6);
});

it('power that the tool does not know leaves energy unknown, and says so', async () => {
  const { metrics } = await withPower('[N/A]');
  expect(metrics.energyPerItemJ).toMatchObject({ value: null, reason: 'no reading of power' });
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
