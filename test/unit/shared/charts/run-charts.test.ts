import { describe, expect, test } from 'vitest';
import {
  historySeriesChart,
  historySeriesSteps,
  historySeriesTable,
} from '../../../../src/shared/charts/history-series.ts';
import { lightPalette } from '../../../../src/shared/charts/palette.ts';
import { runDistributionTable, runDistributionText } from '../../../../src/shared/charts/run-distribution.ts';
import { runLevelsChart, runLevelsText } from '../../../../src/shared/charts/run-levels.ts';
import { runReadingsSteps } from '../../../../src/shared/charts/run-readings.ts';
import { runSamplesChart, runSamplesSteps, runSamplesTable } from '../../../../src/shared/charts/run-samples.ts';
import { runTimeOf } from '../../../../src/shared/charts/run-time.ts';
import { unknownEstimate } from '../../../../src/shared/model/estimate.ts';
import { History } from '../../../../src/shared/model/history.ts';
import { RunSummary, ThroughputComparison } from '../../../../src/shared/model/throughput-comparison.ts';
import { ThroughputRun } from '../../../../src/shared/model/throughput-run.ts';
import { historyExample } from '../../../fixtures/history-example.ts';
import {
  refusedComparison,
  throughputComparisonExample,
  undecidedComparison,
} from '../../../fixtures/throughput-comparison-example.ts';
import {
  importedRun,
  invalidRun,
  runListExample,
  throughputRunExample,
} from '../../../fixtures/throughput-run-example.ts';
import { svgOf, textsIn } from './svg.ts';

const run = throughputRunExample;
const textOf = (option: Parameters<typeof svgOf>[0]): string => textsIn(svgOf(option)).join(' | ');

test('the examples are documents of the contract', () => {
  for (const example of [run, invalidRun, importedRun]) expect(() => ThroughputRun.parse(example)).not.toThrow();
  for (const example of runListExample) expect(() => RunSummary.parse(example)).not.toThrow();
  for (const example of [throughputComparisonExample, undecidedComparison, refusedComparison])
    expect(() => ThroughputComparison.parse(example)).not.toThrow();
  expect(() => History.parse(historyExample)).not.toThrow();
});

describe('the clock of a run', () => {
  test('starts at its first instant and knows phases, steady state and slow-downs', () => {
    const time = runTimeOf(run)!;
    expect(time.phases.map(({ name }) => name)).toEqual(['load', 'compile', 'warmup', 'measure', 'verify']);
    expect(time.phases[0]!.from).toBe(0);
    expect(time.steady!.from).toBeGreaterThan(time.phases[3]!.from);
    expect(time.throttled).toHaveLength(1);
    expect(time.throttled[0]!.from).toBeCloseTo(41, 3);
    expect(time.throttled[0]!.to).toBeCloseTo(47, 3);
  });

  test('a slow-down that nobody watched to its end is held for two gaps at most', () => {
    const masks = [0, 1, 2, 30].map((at) => ({
      tNs: at * 1e9,
      name: 'clock_event_reasons',
      value: at === 2 ? 0x40 : 0,
    }));
    const time = runTimeOf({
      ...run,
      samples: [{ ...run.samples[0]!, startNs: 0, durationNs: 40e9 }],
      phases: [],
      readings: masks,
    })!;
    expect(time.throttled).toEqual([{ from: 2, to: 4 }]);
  });

  test('is unknown as soon as one sample has no instant', () => {
    const samples = run.samples.map((sample, index) => (index === 7 ? { ...sample, startNs: null } : sample));
    expect(runTimeOf({ ...run, samples })).toBeNull();
    expect(runTimeOf(importedRun)).toBeNull();
  });

  test('a steady state that was not reached is not marked', () => {
    expect(runTimeOf(invalidRun)!.steady).toBeNull();
  });
});

describe('samples', () => {
  test('name the rule that took one out, and what the device saw', () => {
    const steps = runSamplesSteps({ samples: run.samples, time: runTimeOf(run) });
    expect(steps).toHaveLength(run.samples.length);
    expect(steps[40]!.text).toContain('left out: before steady state (mser-5@1)');
    expect(steps[100]!.text).toContain('on the device');
    expect(steps[100]!.text).toContain(', counts, phase: measure, steady state');
    expect(steps[0]!.text).toContain('left out: warm-up');
  });

  test('many of them are walked in stretches that leave none out', () => {
    const samples = Array.from({ length: 10 }, () => run.samples).flat();
    const steps = runSamplesSteps({ samples: samples.map((sample) => ({ ...sample, startNs: null })), time: null });
    expect(steps.length).toBeLessThanOrEqual(1500);
    const told = steps.map(({ text }) => Number(/: (\d+) samples?/.exec(text)?.[1]));
    expect(told.reduce((a, b) => a + b, 0)).toBe(samples.length);
  });

  test('blocks of different sizes are compared by the time of one item', () => {
    const samples = [1, 2, 4].map((items) => ({ ...run.samples[100]!, items, durationNs: items * 5e6 }));
    const data = { samples, time: null };
    expect(textOf(runSamplesChart(data, lightPalette))).toContain('ms an item');
    expect(runSamplesSteps(data).map(({ text }) => /([\d.]+)\u202fms an item/.exec(text)?.[1])).toEqual([
      '5.000',
      '5.000',
      '5.000',
    ]);
  });

  test('the table has every sample, in the order of the run', () => {
    const { rows } = runSamplesTable({ samples: run.samples, time: runTimeOf(run) });
    expect(rows).toHaveLength(run.samples.length);
    expect(rows[0]![0]).toBeCloseTo(3.2, 6);
    expect(rows[40]![5]).toBe('before steady state (mser-5@1)');
  });
});

test('a reading that was not known is said with its reason, never as a number', () => {
  const readings = run.readings.filter(({ name }) => name === 'power_w');
  const lost = runReadingsSteps({ name: 'power_w', readings, time: runTimeOf(run)! }).filter(({ text }) =>
    /unknown/.test(text),
  );
  expect(lost).toHaveLength(4);
  expect(lost[0]!.text).toContain('Power unknown: nvidia-smi printed [Unknown Error]');
});

test('a percentile that needs more samples says so in text and table', () => {
  const refused = unknownEstimate('p99 needs 368 values: 80', 'percentile', 80);
  const data = { values: [1, 2, 3], percentiles: [{ p: 0.99, estimate: refused }] };
  expect(runDistributionText(data)).toContain('p99 not known');
  expect(runDistributionTable(data).rows[0]).toEqual(['p99', null, null, null, 80, 'p99 needs 368 values: 80']);
});

describe('levels', () => {
  const { metrics, baseline, candidate, verdict } = throughputComparisonExample;
  const compared = metrics.throughput!;
  const data = {
    metric: 'throughput',
    baseline: { runs: baseline, level: compared.baseline },
    candidate: { runs: candidate, level: compared.candidate },
    delta: 0.03,
    verdict,
  };

  test('say the direction, the band and the sides', () => {
    const text = textOf(runLevelsChart(data, lightPalette));
    expect(text).toContain('items/s, more is better');
    expect(text).toContain('baseline ±3\u202f%');
    expect(textOf(runLevelsChart({ ...data, metric: 'latencyP99Ms' }, lightPalette))).toContain('ms, less is better');
  });

  test('are said in words with their intervals', () => {
    expect(runLevelsText(data)).toMatch(
      /^candidate: 6 runs, 31\d\.\d\u202fitems\/s \(\d+\.\d to \d+\.\d\); baseline: 6 runs, /,
    );
  });
});

describe('a history', () => {
  const [series] = historyExample.series;

  test('runs of one day are told apart by the time of day, and the day is said once', () => {
    const drawn = (at: (index: number) => string) => {
      const points = series!.points.map((point, index) => ({ ...point, at: at(index) }));
      return textOf(historySeriesChart({ series: { ...series!, points }, higherIsBetter: true }, lightPalette));
    };
    const sitting = drawn((index) => new Date(Date.UTC(2026, 2, 1, 9, index)).toISOString());
    expect(sitting).toMatch(/\b09:\d\d\b/);
    expect(sitting.match(/2026-03-01/g)).toHaveLength(1);
    expect(drawn((index) => new Date(Date.UTC(2026, 2, 1 + index)).toISOString())).not.toMatch(/\b\d\d:\d\d\b/);
  });

  const told = (higherIsBetter: boolean | null) =>
    historySeriesSteps({ series: series!, higherIsBetter }).map(({ text }) => text);

  test('calls a fall worse where more is better, better where less is, and neither where nobody says', () => {
    expect(told(true)[22]).toContain('change point: −5.3\u202f%, worse');
    expect(told(false)[22]).toContain('change point: −5.3\u202f%, better');
    expect(told(null)[22]).toMatch(/change point: −5\.3\u202f%, p =/);
  });

  test('keeps outliers and says which fields of the fingerprint changed', () => {
    expect(told(true)[13]).toContain('isolated outlier');
    expect(told(true)[22]).toContain('fingerprint changed: driver, vbios, env.CUDA_VISIBLE_DEVICES');
    expect(told(true)[41]).toContain('change point, provisional');
    expect(historySeriesTable({ series: series!, higherIsBetter: true }).rows[13]![3]).toBe(true);
  });
});
