import { LOG_LOSS_EPSILON } from '../../statistics/calibration.ts';
import { rankingFromCounts } from '../../statistics/ranking.ts';
import { emptyStatistics, type GroupStatistics, SCORE } from '../metrics/statistics.ts';

/**
 * What the labels of a chunk are expected to show if P(positive | score) is as calibrated: expected confusion matrix, ranking and
 * losses, laid out as measured statistics so that the same metric definitions read them.
 * @param counts rows per bin predicted negative, and predicted positive; @param probabilities P(positive) per bin.
 */
export function expectedBinary(
  scores: Float64Array,
  counts: readonly [Float64Array, Float64Array],
  probabilities: Float64Array,
): GroupStatistics {
  const [negative, positive] = counts;
  const margins = new Float64Array(6);
  const losses = new Float64Array(SCORE.length);
  const positives = new Float64Array(scores.length);
  const negatives = new Float64Array(scores.length);
  let rows = 0;
  for (let j = 0; j < scores.length; j++) {
    const p = probabilities[j] as number;
    const s = scores[j] as number;
    const off = negative[j] as number;
    const on = positive[j] as number;
    const n = off + on;
    rows += n;
    positives[j] = n * p;
    negatives[j] = n * (1 - p);
    add(margins, 0, off * (1 - p));
    add(margins, 1, on * p);
    add(margins, 2, n * (1 - p));
    add(margins, 3, n * p);
    add(margins, 4, off);
    add(margins, 5, on);
    const clipped = Math.min(1 - LOG_LOSS_EPSILON, Math.max(LOG_LOSS_EPSILON, s));
    add(losses, SCORE.n, n);
    add(losses, SCORE.squared, n * (p * (1 - s) ** 2 + (1 - p) * s ** 2));
    add(losses, SCORE.logLoss, -n * (p * Math.log(clipped) + (1 - p) * Math.log(1 - clipped)));
  }
  const ranking = rankingFromCounts(scores, positives, negatives);
  return {
    ...emptyStatistics(2),
    rows,
    weight: rows,
    weightSquared: rows,
    days: [0],
    right: [{ k: (margins[0] as number) + (margins[1] as number), n: rows }],
    margins: [margins],
    scores: [losses],
    ranking: { sums: ranking.sums, averagePrecision: ranking.averagePrecision.value },
  };
}

/** The same for several classes: only being right is known, with P(right | score of the predicted class). */
export function expectedRight(counts: Float64Array, probabilities: Float64Array): GroupStatistics {
  let rows = 0;
  let right = 0;
  for (let j = 0; j < counts.length; j++) {
    rows += counts[j] as number;
    right += (counts[j] as number) * (probabilities[j] as number);
  }
  return { ...emptyStatistics(1), rows, weight: rows, weightSquared: rows, days: [0], right: [{ k: right, n: rows }] };
}

function add(vector: Float64Array, index: number, value: number): void {
  vector[index] = (vector[index] as number) + value;
}
