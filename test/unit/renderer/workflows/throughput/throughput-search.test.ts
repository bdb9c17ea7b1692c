import { describe, expect, test } from 'vitest';
import {
  ComparisonSearch,
  RunsSearch,
  requestOf,
  runsOf,
  textOfRuns,
} from '../../../../../src/renderer/workflows/throughput/throughput-search.ts';
import type { RunSummary } from '../../../../../src/shared/model/throughput-comparison.ts';
import { runListExample } from '../../../../fixtures/throughput-run-example.ts';

const [example] = runListExample as [RunSummary];
const inFile = (id: string, sha256: string): RunSummary => ({
  ...example,
  id,
  source: { format: 'timm', file: 'a.csv', sha256 },
});
const file = 'abcdef012345'.padEnd(64, '9');
const other = '999def012345'.padEnd(64, '9');
const list = [
  ...['run-1', 'run-2', 'run-3', 'run-4'].map((id) => inFile(id, file)),
  ...['run-5', 'run-6'].map((id) => inFile(id, other)),
  { ...example, id: 'run-7' },
];

describe('runs in an address', () => {
  test('all runs of a file are named by it, some of them one by one', () => {
    expect(textOfRuns(['run-4', 'run-2', 'run-1', 'run-3', 'run-7'], list)).toBe('file.abcdef012345,run-7');
    expect(textOfRuns(['run-1', 'run-2'], list)).toBe('run-1,run-2');
    // Two ids are shorter to read than a hash.
    expect(textOfRuns(['run-5', 'run-6'], list)).toBe('run-5,run-6');
    expect(textOfRuns([], list)).toBeUndefined();
  });

  test('come back as they were, whichever way they were written', () => {
    for (const ids of [['run-1', 'run-2', 'run-3', 'run-4', 'run-7'], ['run-5'], ['run-6', 'run-2']])
      expect(runsOf(textOfRuns(ids, list), list).toSorted()).toEqual(ids.toSorted());
  });

  test('a run that is not known stays named, so that the refusal can say it', () => {
    expect(runsOf('run-ffff,run-1', list)).toEqual(['run-ffff', 'run-1']);
    expect(runsOf('file.000000000000', list)).toEqual([]);
    expect(runsOf(undefined, list)).toEqual([]);
  });

  test('anything else is no address', () => {
    expect(RunsSearch.safeParse({ baseline: '<img>' }).success).toBe(false);
    expect(ComparisonSearch.safeParse({ baseline: 'run-1', candidate: 'run-2,' }).success).toBe(false);
    expect(ComparisonSearch.safeParse({ baseline: 'run-1', candidate: 'run-2', delta: 1.5 }).success).toBe(false);
  });
});

test('what an address leaves out are the defaults of the contract', () => {
  expect(requestOf({ baseline: 'run-5', candidate: 'file.abcdef012345' }, list)).toEqual({
    baseline: ['run-5'],
    candidate: ['run-1', 'run-2', 'run-3', 'run-4'],
    delta: 0.03,
    metric: 'throughput',
    seed: 1,
  });
});
