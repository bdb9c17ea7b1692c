import { describe, expect, it } from 'vitest';
import { historyRequest, throughputCompareRequest } from '../../../../src/main/command-line/decision-arguments.ts';
import { historyText } from '../../../../src/main/command-line/text-history.ts';
import { throughputComparisonText } from '../../../../src/main/command-line/text-throughput-comparison.ts';
import { seriesOfRuns } from '../../../../src/main/throughput/history/series-runs.ts';
import { throughputHistory } from '../../../../src/main/throughput/history/throughput-history.ts';
import { compared, exampleRun, repeatedRuns } from '../../../fixtures/compared-runs.ts';
import { stories, storyRuns } from '../../../fixtures/run-stories.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ').replaceAll('\u2212', '-');

describe('a comparison on a terminal', () => {
  it('begins with the verdict, and names interval, reach, cause with its numbers and what differs', () => {
    const { baseline, candidate } = storyRuns(stories['a lower power limit']!);
    const text = plain(throughputComparisonText(compared(baseline, candidate)));
    const lines = text.split('\n');
    expect(lines[0]).toBe('REGRESSION');
    expect(lines[1]).toMatch(
      /^gemm-f16, f32, batch 1: throughput -19\.\d % \(95 %: -.* % to -.* %\), worse by more than the tolerance of 3\.0 %; 6 runs against 6$/,
    );
    expect(text).toMatch(/throughput +\d+\.\d\/s +\d+\.\d+\/s +-19\.\d % +-\d+\.\d % to -\d+\.\d % +regression/);
    expect(text).toMatch(/told from none from \d\.\d % on, and called a regression from \d\.\d % on/);
    expect(text).toContain('the power limit or supply (step 6, power)');
    expect(text).toContain('power limit 450.0 W, baseline 700.0 W: lower by 1 W or more');
    expect(text).toMatch(/suspect +power_limit_w +700 -> 450 +step 6, power/);
    expect(text).toContain('In time: interleaved');
  });

  it('says why nothing was compared, and shows no control character of anybody', () => {
    const evil = exampleRun({ id: 'a', workload: 'gemm\u001b[31m', definition: { size: 1 } });
    const other = exampleRun({ id: 'b', workload: 'gemm\u001b[31m', definition: { size: 2 } });
    const text = throughputComparisonText(compared([evil], [other]));
    expect(text.split('\n')[0]).toBe('NOT COMPARABLE');
    expect(text).toContain('definition.size differs: 1 against 2');
    expect(text).not.toContain('\u001b');
  });

  it('says what is missing and how many runs would decide', () => {
    const [baseline, candidate] = [
      repeatedRuns('a', 5, 100, { spread: 0.03, seed: 3 }),
      repeatedRuns('b', 5, 99, { spread: 0.03, seed: 4 }),
    ];
    const text = plain(throughputComparisonText(compared(baseline, candidate)));
    expect(text.split('\n')[0]).toBe('INCONCLUSIVE');
    expect(text).toMatch(/Missing: .*; \d+ more runs a side would decide four times in five/);
    expect(text).toMatch(/which is above the tolerance of 3\.0 %/);
  });
});

describe('a history on a terminal', () => {
  it('lists change points with levels, and the boundary beside them', () => {
    const runs = repeatedRuns('r', 40, 1, { spread: 0.004 }).map((run, i) => {
      const value = (run.metrics.throughput.value ?? 1) * (i < 25 ? 100 : 90);
      const fields = { driver: i < 25 ? '1' : '2', kernel: i < 10 ? '6' : '7' };
      const fingerprint = { hash: JSON.stringify(fields), fields };
      return { ...run, fingerprint, metrics: { ...run.metrics, throughput: { ...run.metrics.throughput, value } } };
    });
    const settings = { preset: 'default' as const, window: 50, maxP: 0.001, minMagnitude: 0, seed: 1 };
    const text = plain(historyText(throughputHistory(seriesOfRuns(runs), settings)));
    expect(text).toContain('gemm-f32, f32, batch 1: 40 points, 1 change point');
    expect(text).toMatch(
      /at 25 +2026-03-01 08:50 UTC +\d+\.\d+ -> \d+\.\d+ items\/s +-\d+\.\d % +p < 0\.0001 +with driver/,
    );
    expect(text).toContain('the stack changed at 10, the speed did not: kernel');
  });
});

describe('arguments', () => {
  it('become requests, and the first wrong one is named', () => {
    expect(throughputCompareRequest(['a'], { with: ['b'], delta: '0.05' })).toEqual({
      ...{ baseline: ['a'], candidate: ['b'], delta: 0.05, metric: 'throughput', seed: 1 },
    });
    expect(() => throughputCompareRequest(['a'], { with: ['b'], delta: '2' })).toThrow(
      /^--delta is not accepted, .*: 2$/,
    );
    expect(() => throughputCompareRequest(['a'], { with: ['b'], delta: 'x' })).toThrow('--delta takes a number: x');
    expect(historyRequest('s.csv', { window: '30', maxP: '0.01' })).toMatchObject({
      ...{ source: { file: 's.csv' }, window: 30, maxP: 0.01, preset: 'default' },
    });
    expect(() => historyRequest('s.csv', { maxP: '0' })).toThrow(/^--max-p is not accepted, .*: 0$/);
    expect(() => historyRequest('s.csv', { window: '2.5' })).toThrow(/^--window is not accepted, .*: 2.5$/);
  });
});
