import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import { calibrateIfBetter } from '../../statistics/calibrator-choice.ts';
import { criticalValue } from '../../statistics/normal.ts';
import { createRandom } from '../../statistics/random.ts';
import { metricsOf } from '../metrics/catalogue.ts';
import { type MetricDefinition, metricDraws } from '../metrics/definition.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { expectedBinary, expectedRight } from './expected-statistics.ts';
import type { ScoreHistograms } from './score-histograms.ts';

export const CBPE = 'cbpe@1';
/** Fewest reference chunks whose errors say how far an estimate may be off. */
const FEWEST_CHUNKS = 3;
/** Calibration errors are left out: an estimate that assumes calibration cannot see its loss. */
const ESTIMABLE =
  /^(accuracy|balanced_accuracy|mcc|roc_auc|average_precision|brier|log_loss|(precision|recall|f1)(_\w+)?)$/;

/** Those of the metrics that can be estimated, in the order of the catalogue. */
export const estimable = (dataset: OpenDataset, metrics: readonly MetricDefinition[]): MetricDefinition[] =>
  metricsOf(dataset.spec.task).filter(
    (metric) =>
      metrics.includes(metric) &&
      (dataset.spec.task === 'multiclass' ? metric.name === 'accuracy' : ESTIMABLE.test(metric.name)),
  );

export interface Estimator {
  /** Estimated metrics of a chunk, without intervals. */
  chunk(key: number): Map<string, { value: number | null; reason?: string; n: number }>;
  note: string;
}

/**
 * Confidence-based performance estimation: outcomes expected from calibrated scores alone. Sees a change of the inputs that moves
 * scores; blind to a change of the relation from inputs to outcomes. Calibration is isotonic on labelled reference rows, kept
 * only when it lowers the held-out calibration error over ten folds.
 * @returns a sentence when there is nothing to learn from.
 */
export function estimator(
  dataset: OpenDataset,
  metrics: readonly MetricDefinition[],
  histograms: ScoreHistograms,
  level: number,
): Estimator | string {
  const { scores, chunks, folds } = histograms;
  const learned = folds.reduce((sum, fold) => sum + total(fold.positives) + total(fold.negatives), 0);
  if (learned === 0) return 'no mature labels in the reference window to calibrate on';
  const choice = calibrateIfBetter(folds.map((fold) => ({ score: scores, ...fold })));
  const probabilities = scores.map((score) => Math.min(1, Math.max(0, choice.calibrator.predict(score))));
  const binary = dataset.spec.task === 'binary';
  const digits = (value: number | null): string => (value === null ? 'unknown' : String(Number(value.toPrecision(3))));
  return {
    chunk(key) {
      const counts = chunks.get(key);
      const n = counts ? total(counts[0]) + total(counts[1]) : 0;
      if (!counts || n === 0)
        return new Map(metrics.map(({ name }) => [name, { value: null, reason: 'no scores', n: 0 }]));
      const expected = binary ? expectedBinary(scores, counts, probabilities) : expectedRight(counts[0], probabilities);
      const context = { level, draws: metricDraws(createRandom(0)) };
      return new Map(
        metrics.map((metric) => {
          const { value, reason } =
            metric.name === 'average_precision'
              ? { value: expected.ranking?.averagePrecision ?? null, reason: 'no positive labels expected' }
              : metric.estimate(expected, context);
          return [metric.name, value === null ? { value, reason: reason ?? 'not defined', n } : { value, n }];
        }),
      );
    },
    note: `estimated metrics: ${choice.method} calibration, ${choice.reason} (${digits(choice.eceRaw)} raw, ${digits(choice.eceCalibrated)} calibrated)`,
  };
}

/**
 * The estimate with limits from how far estimates were off on the reference chunks: value +- z * root mean square error.
 * The calibration has seen those chunks, so the limits are somewhat too narrow.
 */
export function withError(
  metric: MetricDefinition,
  estimate: { value: number | null; reason?: string; n: number },
  errors: readonly number[],
  level: number,
): Estimate {
  const { value, n } = estimate;
  if (value === null) return unknownEstimate(estimate.reason ?? 'not defined', CBPE, n, level);
  if (errors.length < FEWEST_CHUNKS) {
    const reason = `no interval with fewer than ${FEWEST_CHUNKS} labelled reference chunks`;
    return { value, low: null, high: null, level, n, method: CBPE, reason };
  }
  const half = criticalValue(level) * Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
  const [least, most] = metric.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return { value, low: Math.max(least, value - half), high: Math.min(most, value + half), level, n, method: CBPE };
}

const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);
