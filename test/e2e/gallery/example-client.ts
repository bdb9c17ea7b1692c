import type { AccuracyComparison, Segment } from '../../../src/shared/model/comparison.ts';
import type { JobState } from '../../../src/shared/model/job.ts';
import type { AccuracySeries } from '../../../src/shared/model/series.ts';
import { comparisonExample, manySegments } from '../../fixtures/comparison-example.ts';
import { selectionExample } from '../../fixtures/selection-example.ts';
import { segmentDaysOf, seriesOf, timelineExample } from '../../fixtures/series-example.ts';
import { throughputClient } from './throughput-client.ts';

type Result = AccuracyComparison | AccuracySeries;

const nothingHappened: AccuracyComparison = {
  ...comparisonExample,
  verdict: 'no change',
  summary: 'Accuracy stayed within ±1.0 pp of its reference; none of 1 418 segments regressed.',
  segments: [],
  segmentSearch: { examined: 0, tested: 0, familySize: 0, notEnoughData: 0 },
  explanation: {
    word: 'none',
    scope: {},
    partitions: [],
    labelFirst: null,
    faults: [],
    reason: 'The change lies inside the tolerance.',
  },
  onset: null,
  versionChanges: [],
  ruledOut: [],
  alarms: [],
  featureDrift: [],
  metrics: { accuracy: { ...comparisonExample.metrics.accuracy! } },
  labelLatency: {
    medianDays: null,
    p90Days: null,
    p95Days: null,
    p99Days: null,
    neverShare: null,
    coverageByAge: [],
    method: 'reverse-kaplan-meier@1',
    reason: 'the labels have no time column',
  },
  reliability: { of: null, bins: null, method: 'reliability@1', reason: 'the predictions have no score' },
  scoreDistribution: {
    of: null,
    bins: null,
    n: { reference: 0, current: 0 },
    method: 'histogram@1',
    reason: 'the predictions have no score',
  },
  labelsByScore: { of: null, bins: null, method: 'labelled share@1', reason: 'the predictions have no score' },
  predictionDrift: {
    distance: null,
    normalised: null,
    threshold: null,
    exceeds: null,
    n: 0,
    method: 'wasserstein-exact@1',
    blocks: 0,
    bound: null,
    reason: 'the predictions have no score',
  },
};

const comparisons: Record<string, AccuracyComparison> = {
  answer: comparisonExample,
  empty: nothingHappened,
  many: { ...comparisonExample, segments: manySegments(2000) },
};

const endings: Record<string, JobState['status']> = { failed: 'failed', running: 'running' };

/** Answers the calls of the result page with example documents; `state` picks which, or how the job ends. */
export const exampleClient = (state: string) => {
  const results = new Map<string, Result>();
  const begin = async (result: Result) => {
    const jobId = `job-${results.size}`;
    results.set(jobId, result);
    return { jobId };
  };
  return {
    workbench: {
      info: async () => ({
        version: '0.1.0',
        face: 'browser',
        workspace: '/home/person/.driftbench',
        platform: { os: 'linux', arch: 'x64', node: '24.0.0' },
      }),
      doctor: async () => ({ capabilities: [] }),
    },
    datasets: { list: async () => [], timeline: async () => timelineExample },
    accuracy: {
      compare: () => begin(comparisons[state] ?? comparisonExample),
      slice: () => begin(comparisons[state] ?? comparisonExample),
      segmentDays: async ({ segments }: { segments: Segment[] }) => segmentDaysOf(segments),
      featureDrift: async () => comparisonExample,
      explainSelection: async () => selectionExample,
      prepareSelections: async () => ({ columns: 9 }),
      series: (request: { within?: Segment; chunk: string }) => begin(seriesOf(request.within, 90, request.chunk)),
    },
    throughput: throughputClient(state),
    recent: { list: async () => ({ datasets: [], analyses: [] }) },
    samples: { list: async () => [] },
    log: { entries: async () => [] },
    jobs: {
      list: async () => [],
      cancel: async ({ jobId }: { jobId: string }) => ({ jobId, status: 'cancelled' }),
      watch: async ({ jobId }: { jobId: string }) =>
        (async function* (): AsyncGenerator<JobState> {
          const job = { jobId, kind: 'accuracy.compare', title: 'Compare', startedAt: '2026-04-02T00:00:00Z' };
          const progress = { step: 'segments', done: 3120, total: 7935, unit: 'cells' };
          yield { ...job, status: 'running', progress };
          const ending = endings[state];
          if (ending === 'running') await new Promise(() => undefined);
          if (ending === 'failed')
            yield {
              ...job,
              status: 'failed',
              progress,
              error: {
                code: 'BAD_INPUT',
                message: 'current window has no predictions: 2031-01-01..2031-01-28',
                details: {},
              },
            };
          else yield { ...job, status: 'done', progress, result: JSON.stringify(results.get(jobId)) };
        })(),
    },
  };
};
