import { WorkbenchError } from '../../../src/shared/errors.ts';
import type { History } from '../../../src/shared/model/history.ts';
import type { ThroughputComparison } from '../../../src/shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../src/shared/model/throughput-run.ts';
import type { Workload } from '../../../src/shared/model/workload.ts';
import { historyExample } from '../../fixtures/history-example.ts';
import {
  refusedComparison,
  severalComparison,
  throughputComparisonExample,
  undecidedComparison,
} from '../../fixtures/throughput-comparison-example.ts';
import {
  importedRun,
  invalidRun,
  runListExample,
  throughputRunExample,
} from '../../fixtures/throughput-run-example.ts';

const workloads: Workload[] = [
  {
    id: 'onnx-mlp',
    runner: 'onnx',
    precisions: ['f32', 'f16', 'i8'],
    hash: 'ab'.repeat(32),
    definition: {},
    text: 'A small network on ONNX Runtime: what every machine has.',
  },
  {
    id: 'gemm-f16',
    runner: 'webgpu',
    precisions: ['f16'],
    hash: 'cd'.repeat(32),
    definition: {},
    text: 'Large matrix products in half precision: the arithmetic units.',
    unavailable: 'no WebGPU adapter: install a Vulkan driver',
  },
];

const comparisons: Record<string, ThroughputComparison> = {
  undecided: undecidedComparison,
  refused: refusedComparison,
  several: severalComparison,
};

const runs: Record<string, ThroughputRun> = { invalid: invalidRun, imported: importedRun };

const quietHistory: History = {
  ...historyExample,
  series: historyExample.series.map((series) => ({
    ...series,
    points: series.points.slice(0, 4),
    n: 4,
    changePoints: [],
    outliers: [],
    boundaries: [],
  })),
};

/** Answers the calls of the throughput pages with example documents; `state` picks which, or how they end. */
export const throughputClient = (state: string) => {
  const answer = async <T>(value: T): Promise<T> => {
    if (state === 'running') return new Promise<T>(() => undefined);
    if (state === 'failed')
      throw new WorkbenchError(
        'NOT_FOUND',
        'files of the run are damaged, import or measure it again: run-00000000000000a1',
      );
    return value;
  };
  return {
    workloads: () => answer({ workloads }),
    run: async () => ({ jobId: 'job-run' }),
    import: async () => ({ jobId: 'job-import' }),
    runs: () => answer(state === 'empty' ? [] : runListExample),
    get: () => answer(runs[state] ?? throughputRunExample),
    pin: ({ run }: { run: string }) => answer(runListExample.find(({ id }) => id === run)),
    compare: () => answer(comparisons[state] ?? throughputComparisonExample),
    history: () => answer(state === 'few' ? quietHistory : historyExample),
  };
};
