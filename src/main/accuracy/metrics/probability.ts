import { unknownEstimate } from '../../../shared/model/estimate.ts';
import {
  brier,
  calibrationLine,
  ece,
  equalCountBins,
  equalWidthBins,
  logLoss,
  type ScoreBin,
} from '../../statistics/calibration.ts';
import { aucFromSums, rankingFromCounts } from '../../statistics/ranking.ts';
import { fromDays, type MetricDefinition } from './definition.ts';
import { SCORE, SCORE_BINS, sumVectors } from './statistics.ts';

const noScores = 'no usable scores on labelled rows';
const both = ['binary', 'multiclass'] as const;

export function scoreBins(sum: Float64Array): ScoreBin[] {
  return Array.from({ length: SCORE_BINS }, (_, bin) => {
    const at = SCORE.bins + 3 * bin;
    return { n: sum[at] as number, sumScore: sum[at + 1] as number, sumPositive: sum[at + 2] as number };
  });
}

const iid =
  (square: number, plain: number) =>
  (sum: Float64Array): number => {
    const n = sum[SCORE.n] as number;
    const mean = (sum[plain] as number) / n;
    return Math.sqrt(Math.max(0, (sum[square] as number) / n - mean * mean) / Math.max(1, n - 1));
  };

const rankingMetrics: MetricDefinition[] = [
  {
    name: 'roc_auc',
    tasks: ['binary'],
    better: 'higher',
    bounded: true,
    range: [0, 1],
    estimate({ ranking, rows }, { level }) {
      if (!ranking) return unknownEstimate(noScores, 'roc_auc/delong-logit@1', rows, level);
      const { variance: _, ...estimate } = aucFromSums(ranking.sums, level);
      return { ...estimate, n: rows, method: 'roc_auc/delong-logit@1' };
    },
  },
  {
    name: 'average_precision',
    tasks: ['binary'],
    better: 'higher',
    bounded: true,
    range: [0, 1],
    estimate(statistics, context) {
      const exact = statistics.ranking?.averagePrecision ?? null;
      const method = 'average_precision/day-block-bootstrap-binned@1';
      if (exact === null) {
        const reason = statistics.ranking ? 'no positive labels' : noScores;
        return unknownEstimate(reason, method, statistics.rows, context.level);
      }
      const binned = fromDays('average_precision', statistics, context, statistics.scores, noScores, (sum) => {
        const bins = scoreBins(sum);
        return rankingFromCounts(
          bins.map((_, i) => i),
          bins.map((bin) => bin.sumPositive),
          bins.map((bin) => bin.n - bin.sumPositive),
        ).averagePrecision;
      });
      // Days are resampled on 100 score bins; the exact value carries the offsets.
      const shift = (limit: number | null): number | null =>
        limit === null || binned.value === null ? null : Math.min(1, Math.max(0, exact + limit - binned.value));
      return { ...binned, value: exact, low: shift(binned.low), high: shift(binned.high), method };
    },
  },
];

const lossMetrics: MetricDefinition[] = [
  {
    name: 'log_loss',
    tasks: ['binary'],
    better: 'lower',
    bounded: true,
    estimate: (statistics, context) =>
      fromDays(
        'log_loss',
        statistics,
        context,
        statistics.scores,
        noScores,
        (sum) => logLoss({ n: sum[SCORE.n] as number, sumLogLoss: sum[SCORE.logLoss] as number }),
        iid(SCORE.logLossSquares, SCORE.logLoss),
      ),
  },
  {
    name: 'brier',
    tasks: both,
    better: 'lower',
    bounded: true,
    range: [0, 1],
    estimate: (statistics, context) =>
      fromDays(
        'brier',
        statistics,
        context,
        statistics.scores,
        noScores,
        (sum) => brier({ n: sum[SCORE.n] as number, sumSquaredError: sum[SCORE.squared] as number }),
        iid(SCORE.squaredSquares, SCORE.squared),
      ),
  },
];

const BINS = 10;
const binnings = { ece: equalWidthBins, ece_equal_count: equalCountBins };

const calibrationErrors = Object.entries(binnings).map(
  ([name, merge]): MetricDefinition => ({
    name,
    tasks: both,
    better: 'lower',
    bounded: true,
    range: [0, 1],
    estimate: (statistics, context) =>
      fromDays(`${name}-${BINS}-bins`, statistics, context, statistics.scores, noScores, (sum) =>
        ece(merge(scoreBins(sum), BINS)),
      ),
  }),
);

const lines = (['slope', 'intercept'] as const).map(
  (part): MetricDefinition => ({
    name: `calibration_${part}`,
    tasks: both,
    better: 'target',
    target: part === 'slope' ? 1 : 0,
    bounded: false,
    estimate({ scores, rows }, { level }) {
      const method = `calibration_${part}/logistic-${SCORE_BINS}-bins@1`;
      if (!scores) return unknownEstimate(noScores, method, rows, level);
      return { ...calibrationLine(scoreBins(sumVectors(scores, SCORE.length)), level)[part], n: rows, method };
    },
  }),
);

export const probabilityMetrics: MetricDefinition[] = [
  ...rankingMetrics,
  ...lossMetrics,
  ...calibrationErrors,
  ...lines,
];
