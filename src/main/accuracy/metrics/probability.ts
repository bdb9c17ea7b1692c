import { unknownEstimate } from '../../../shared/model/estimate.ts';
import { brier, calibrationLine, ece, logLoss, type ScoreBin } from '../../statistics/calibration.ts';
import { aucFromSums, rankingFromCounts } from '../../statistics/ranking.ts';
import { fromDays, type MetricDefinition } from './definition.ts';
import { SCORE, SCORE_BINS, sumVectors } from './statistics.ts';

const noScores = 'no usable scores on labelled rows';
const both = ['binary', 'multiclass'] as const;

const scoreBins = (sum: Float64Array): ScoreBin[] => binsOf(sum, SCORE.bins, SCORE_BINS);

function binsOf(sum: Float64Array, offset: number, count: number): ScoreBin[] {
  return Array.from({ length: count }, (_, bin) => {
    const at = offset + 3 * bin;
    return { n: sum[at] as number, sumScore: sum[at + 1] as number, sumPositive: sum[at + 2] as number };
  });
}

/** Rows, sum and sum of squares of a per-row loss: all that a mean needs of a day. */
const lossOf =
  (plain: number, square: number) =>
  (day: Float64Array): Float64Array =>
    Float64Array.of(day[SCORE.n] as number, day[plain] as number, day[square] as number);

function iid(loss: Float64Array): number {
  const [n, sum, squares] = loss as unknown as [number, number, number];
  const mean = sum / n;
  // Squares are only summed for binary tasks; without them there is no interval.
  if (squares === 0 && sum > 0) return Number.NaN;
  return Math.sqrt(Math.max(0, squares / n - mean * mean) / Math.max(1, n - 1));
}

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
        (sum) => logLoss({ n: sum[0] as number, sumLogLoss: sum[1] as number }),
        { project: lossOf(SCORE.logLoss, SCORE.logLossSquares), standardError: iid },
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
        (sum) => brier({ n: sum[0] as number, sumSquaredError: sum[1] as number }),
        { project: lossOf(SCORE.squared, SCORE.squaredSquares), standardError: iid },
      ),
  },
];

const BINS = 10;
/** Which of the ten bins a fine bin falls in; equal-count ones are cut on the whole window and then stay fixed. */
const binnings: Record<string, (total: Float64Array) => Int32Array> = {
  ece: () => Int32Array.from({ length: SCORE_BINS }, (_, bin) => Math.floor((bin * BINS) / SCORE_BINS)),
  ece_equal_count: (total) => {
    const counts = scoreBins(total).map((bin) => bin.n);
    const all = counts.reduce((a, b) => a + b, 0);
    let seen = 0;
    return Int32Array.from(counts, (count) => {
      const index = Math.min(BINS - 1, Math.floor(((seen + count / 2) / all) * BINS));
      seen += count;
      return index;
    });
  },
};

const calibrationErrors = Object.entries(binnings).map(
  ([name, binOf]): MetricDefinition => ({
    name,
    tasks: both,
    better: 'lower',
    bounded: true,
    range: [0, 1],
    estimate(statistics, context) {
      let bins: Int32Array | null = null;
      const project = (day: Float64Array, total: Float64Array): Float64Array => {
        bins ??= binOf(total);
        const merged = new Float64Array(3 * BINS);
        for (let fine = 0; fine < SCORE_BINS; fine++) {
          for (let part = 0; part < 3; part++) {
            const at = 3 * (bins[fine] as number) + part;
            merged[at] = (merged[at] as number) + (day[SCORE.bins + 3 * fine + part] as number);
          }
        }
        return merged;
      };
      const measure = (sum: Float64Array) => ece(binsOf(sum, 0, BINS));
      return fromDays(`${name}-${BINS}-bins`, statistics, context, statistics.scores, noScores, measure, { project });
    },
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
