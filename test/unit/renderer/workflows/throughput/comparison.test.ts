import { describe, expect, test } from 'vitest';
import { comparisonCommand } from '../../../../../src/renderer/workflows/throughput/comparison/comparison-evidence.ts';
import {
  measureAgain,
  variablesOf,
} from '../../../../../src/renderer/workflows/throughput/comparison/measure-again.ts';
import { shownPart } from '../../../../../src/renderer/workflows/throughput/comparison/shown-part.ts';
import { betterOf } from '../../../../../src/renderer/workflows/throughput/history/better.ts';
import { repeatsOf } from '../../../../../src/renderer/workflows/throughput/run-list.ts';
import { RunRequest, type Workload } from '../../../../../src/shared/model/workload.ts';
import {
  severalComparison,
  throughputComparisonExample,
  undecidedComparison,
} from '../../../../fixtures/throughput-comparison-example.ts';
import { importedRun, runListExample, throughputRunExample } from '../../../../fixtures/throughput-run-example.ts';

const workload: Workload = {
  id: 'gemm-f16',
  runner: 'webgpu',
  precisions: ['f16'],
  hash: 'a',
  definition: {},
  text: '',
};
const wanted = { repeat: 5, seconds: 10, label: 'again', variables: {} };

describe('measuring the baseline again', () => {
  test('asks for the same workload at its precision and batch', () => {
    const again = measureAgain(throughputRunExample, throughputRunExample.workload.definition, [workload], wanted);
    expect(again).toEqual({
      request: {
        workload: 'gemm-f16',
        runner: 'webgpu',
        precision: 'f16',
        batch: 32,
        durationMs: 10_000,
        repeat: 5,
        label: 'again',
        seed: 1,
      },
    });
  });

  test('with variables it is held against itself, interleaved', () => {
    const again = measureAgain(throughputRunExample, {}, [workload], { ...wanted, variables: { A: '1', B: 'x y' } });
    expect(again).toMatchObject({ request: { against: { A: '1', B: 'x y' }, againstLabel: 'A=1 B=x y' } });
  });

  test('a command is run as it was', () => {
    const again = measureAgain(
      throughputRunExample,
      { argv: ['node', 'b.mjs'], env: { HOME: 'x' }, cwd: '/w', format: 'pyperf', seed: 7 },
      [],
      wanted,
    );
    expect(again).toMatchObject({
      request: {
        runner: 'command',
        seed: 7,
        command: { argv: ['node', 'b.mjs'], env: ['HOME'], cwd: '/w', format: 'pyperf' },
      },
    });
    if (!('request' in again)) throw new Error('no request');
    expect(RunRequest.safeParse(again.request).success).toBe(true);
  });

  test.each([
    [importedRun, [workload], 'its numbers come from a file: short-outputs.json'],
    [throughputRunExample, [], 'this machine does not offer the workload: gemm-f16'],
    [throughputRunExample, [{ ...workload, unavailable: 'no adapter' }], 'not on this machine: no adapter'],
  ])('is refused with its reason', (run, workloads, reason) => {
    expect(measureAgain(run, run.workload.definition, workloads, wanted)).toEqual({ reason });
  });

  test('variables are NAME=value, one a line', () => {
    expect(variablesOf(' A=1\n\nB_2=x=y ')).toEqual({ A: '1', B_2: 'x=y' });
    expect(variablesOf('')).toEqual({});
    expect(variablesOf('A 1')).toBeNull();
    expect(variablesOf('2A=1')).toBeNull();
  });
});

describe('the part that is shown', () => {
  test('is the whole, without runs that a rule kept out', () => {
    const out = undecidedComparison.baseline[0]!.id;
    const part = shownPart(
      { ...undecidedComparison, excludedRuns: [{ id: out, side: 'baseline', reasons: ['invalid'] }] },
      undefined,
    );
    expect(part.baseline.map(({ id }) => id)).not.toContain(out);
    expect(part.verdict).toBe('inconclusive');
    expect(part.pointer).toBe('');
  });

  test('or the workload that was picked', () => {
    const part = shownPart(severalComparison, 1);
    expect([part.verdict, part.pointer]).toEqual(['no change', '/workloads/1']);
    expect(part.candidate).toHaveLength(6);
    // A place that is not there is no pick: the workload that decides is shown, with its own runs only.
    const decides = {
      ...severalComparison,
      workloads: severalComparison.workloads.map((one, at) => ({
        ...one,
        metrics: at === 2 ? one.metrics : {},
        candidate: one.candidate.slice(0, 4),
      })),
    };
    expect(shownPart(decides, 9)).toMatchObject({ at: 2, pointer: '/workloads/2', name: 'gemv-decode, f32' });
    expect(shownPart(decides, undefined).candidate).toHaveLength(4);
  });
});

test('the command names every run of both sides and what was fixed before looking', () => {
  const command = comparisonCommand(throughputComparisonExample);
  for (const { id } of throughputComparisonExample.candidate) expect(command).toContain(`--with ${id}`);
  expect(command).toMatch(/^driftbench throughput compare run-\S+ run-/);
  expect(command).toContain('--delta 0.03');
});

test('runs repeat each other when nothing that a person told apart differs', () => {
  const run = runListExample.find(({ label }) => label === 'driver 570')!;
  expect(repeatsOf(run, runListExample)).toHaveLength(6);
  expect(repeatsOf({ ...run, precision: 'f32' }, runListExample)).toHaveLength(0);
});

test.each([
  ['items/s', true],
  ['GB/s', true],
  ['ms', false],
  ['J/item', false],
  ['', null],
  ['points', null],
])('in %s more is better: %s', (unit, better) => {
  expect(betterOf({ unit })).toBe(better);
});
