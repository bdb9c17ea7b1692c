import { build } from '../../../../src/main/reports/build.ts';
import type { ReportInput } from '../../../../src/main/reports/report.ts';
import type { AccuracyComparison } from '../../../../src/shared/model/comparison.ts';
import type { Investigation } from '../../../../src/shared/model/investigation.ts';
import type { AccuracySeries } from '../../../../src/shared/model/series.ts';
import { unknown } from '../../../fixtures/comparison-example.ts';
import {
  documentsExample,
  historyExample,
  investigationExample,
  statementsExample,
} from '../../../fixtures/investigation-example.ts';

export const concluded: ReportInput = {
  investigation: investigationExample,
  documents: documentsExample,
  statements: statementsExample,
  history: historyExample,
  producer: { version: '0.1.0' },
};

export const reportWith = (
  comparison: Partial<AccuracyComparison>,
  investigation: Partial<Investigation> = {},
  series: (series: AccuracySeries) => AccuracySeries = (same) => same,
): ReportInput => {
  const changed = { ...documentsExample.comparison, ...comparison };
  return {
    ...concluded,
    investigation: {
      ...investigationExample,
      verdict: changed.verdict,
      summary: changed.summary,
      dataset: changed.dataset,
      ...investigation,
    },
    documents: {
      ...documentsExample,
      comparison: changed,
      series: series(documentsExample.series),
      segmentSeries: documentsExample.segmentSeries && series(documentsExample.segmentSeries),
    },
  };
};

const { comparison: example } = documentsExample;

const nothingMoved: Partial<AccuracyComparison> = {
  verdict: 'no change',
  segments: example.segments.slice(6, 11),
  explanation: { word: 'none', scope: {}, partitions: [], labelFirst: null, faults: [], reason: 'nothing changed' },
  onset: null,
  versionChanges: [],
  ruledOut: [],
  alarms: [],
};

const withoutValues = (reason: string): AccuracyComparison['metrics'] =>
  Object.fromEntries(
    Object.keys(example.metrics).map((metric) => {
      const none = unknown(reason, 'none@1');
      return [
        metric,
        { reference: none, current: none, change: none, verdict: 'inconclusive' as const, higherIsBetter: true },
      ];
    }),
  );

const lines = investigationExample.checklist.lines;

/** An investigation in every state a report can be asked for. */
export const states: Record<string, ReportInput> = {
  concluded,
  'without a conclusion': reportWith(
    {},
    {
      conclusion: null,
      checklist: {
        ...investigationExample.checklist,
        phases: investigationExample.checklist.phases.map((phase) => ({ ...phase, completedAt: null })),
        lines: lines.map((line) => ({ ...line, status: 'NOT DONE', by: null, answered: null, collected: null })),
      },
    },
  ),
  'nothing happened': {
    ...reportWith(nothingMoved, { segment: null, conclusion: null }),
    documents: {
      ...reportWith(nothingMoved).documents,
      segmentSeries: null,
    },
  },
  'no segment and no feature columns': reportWith({
    ...nothingMoved,
    segments: [],
    segmentSearch: { examined: 0, tested: 0, familySize: 0, notEnoughData: 0 },
    featureDrift: [],
  }),
  'partitions without an admissible one': reportWith({
    explanation: {
      ...example.explanation,
      word: 'undetermined',
      partitions: example.explanation.partitions.slice(5),
      labelFirst: null,
      reason: 'no partition is admissible',
    },
  }),
  'a fault in the input': reportWith({
    explanation: {
      ...example.explanation,
      word: 'data-quality',
      scope: {},
      faults: [
        { feature: 'amount', kind: 'null share', segment: { country: 'PT' }, reference: 0.01, current: 0.4 },
        { feature: 'currency', kind: 'constant', segment: {}, reference: 12, current: 1 },
      ],
    },
  }),
  'without scores': reportWith(
    {
      predictionDrift: {
        ...example.predictionDrift,
        distance: null,
        normalised: null,
        threshold: null,
        exceeds: null,
        reason: 'the predictions have no score',
      },
      reliability: { of: null, bins: null, method: 'none@1', reason: 'the predictions have no score' },
      scoreDistribution: {
        of: null,
        bins: null,
        n: { reference: 10, current: 10 },
        method: 'none@1',
        reason: 'the predictions have no score',
      },
      labelsByScore: { of: null, bins: null, method: 'none@1', reason: 'the predictions have no score' },
    },
    {},
    (series) => ({ ...series, chunks: series.chunks.map((chunk) => ({ ...chunk, estimated: {} })), limits: {} }),
  ),
  'without label times': reportWith({
    windows: {
      reference: { ...example.windows.reference, maturity: null, reason: 'the labels have no arrival time' },
      current: { ...example.windows.current, maturity: null, provisional: false },
    },
    labelLatency: {
      medianDays: null,
      p90Days: null,
      p95Days: null,
      p99Days: null,
      neverShare: null,
      coverageByAge: [],
      method: 'none@1',
      reason: 'the labels have no arrival time',
    },
  }),
  inconclusive: reportWith({
    ...nothingMoved,
    verdict: 'inconclusive',
    missing: 'about 4 300 labelled rows in the smaller window would decide, there are 900',
  }),
  'no label in the current window': reportWith({
    ...nothingMoved,
    verdict: 'inconclusive',
    missing: 'no label of the current window has arrived',
    metrics: withoutValues('no label of the current window has arrived'),
    windows: { ...example.windows, current: { ...example.windows.current, labelled: 0 } },
    segments: example.segments.slice(12),
  }),
  'no value of the primary metric': reportWith({ metrics: {}, verdict: 'inconclusive' }),
  'within one segment, at an as-of': reportWith(
    {},
    { request: { ...investigationExample.request, asOf: '2026-04-01', within: { country: 'PT', tier: null } } },
  ),
  'nothing attached': {
    ...concluded,
    statements: [],
    history: [],
    investigation: {
      ...investigationExample,
      checklist: { ...investigationExample.checklist, lines: [], phases: [] },
      attachments: { ...investigationExample.attachments, segmentSeries: null },
      undoable: null,
    },
    documents: { ...documentsExample, segmentSeries: null, timeline: { ...documentsExample.timeline, days: [] } },
  },
};

export const htmlOf = (input: ReportInput): string => build(input).html;
