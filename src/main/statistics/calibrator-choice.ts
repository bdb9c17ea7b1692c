import { type Calibrator, identityCalibrator, isotonic } from './isotonic.ts';
import { ece, equalCountBins, type ScoreBin } from './score-bins.ts';

/** One split of the reference rows, on the same ascending score values in every fold. */
export interface Fold {
  score: ArrayLike<number>;
  positives: ArrayLike<number>;
  negatives: ArrayLike<number>;
}

export interface CalibratorChoice {
  /** Isotonic fitted on all folds, or the identity. */
  calibrator: Calibrator;
  method: 'isotonic@1' | 'identity@1';
  /** Mean held-out ECE (10 equal-count bins) of the raw and of the calibrated score. */
  eceRaw: number | null;
  eceCalibrated: number | null;
  reason: string;
}

/**
 * Isotonic calibration only if it lowers the mean held-out ECE over the folds (ten by custom, as NannyML does), each fold scored
 * by a map fitted on the others. Folds must be drawn at random or by day blocks, never sorted by score.
 */
export function calibrateIfBetter(folds: readonly Fold[]): CalibratorChoice {
  const score = folds[0]?.score ?? [];
  const positives = totals(folds, (fold) => fold.positives, score.length);
  const negatives = totals(folds, (fold) => fold.negatives, score.length);
  const keep = (reason: string, raw: number | null = null, calibrated: number | null = null): CalibratorChoice => ({
    calibrator: identityCalibrator(),
    method: 'identity@1',
    eceRaw: raw,
    eceCalibrated: calibrated,
    reason,
  });
  if (folds.length < 2) return keep('fewer than two folds');
  let raw = 0;
  let calibrated = 0;
  let scored = 0;
  for (const fold of folds) {
    const map = fittedOn(
      score,
      positives.map((value, i) => value - (fold.positives[i] as number)),
      negatives.map((value, i) => value - (fold.negatives[i] as number)),
    );
    const before = heldOutEce(fold, (s) => s);
    const after = map && heldOutEce(fold, map.predict);
    if (before === null || after === null) continue;
    raw += before;
    calibrated += after;
    scored += 1;
  }
  if (scored === 0) return keep('no fold has labelled rows');
  raw /= scored;
  calibrated /= scored;
  const all = fittedOn(score, positives, negatives);
  if (!all || !(calibrated < raw)) return keep('calibration does not lower the held-out error', raw, calibrated);
  return {
    calibrator: all,
    method: 'isotonic@1',
    eceRaw: raw,
    eceCalibrated: calibrated,
    reason: 'calibration lowers the held-out error',
  };
}

function totals(folds: readonly Fold[], pick: (fold: Fold) => ArrayLike<number>, length: number): Float64Array {
  const sums = new Float64Array(length);
  for (const fold of folds) {
    const counts = pick(fold);
    for (let i = 0; i < length; i++) sums[i] = (sums[i] as number) + (counts[i] as number);
  }
  return sums;
}

function fittedOn(score: ArrayLike<number>, positives: Float64Array, negatives: Float64Array): Calibrator | null {
  const weights = positives.map((value, i) => value + (negatives[i] as number));
  const rates = positives.map((value, i) => ((weights[i] as number) > 0 ? value / (weights[i] as number) : 0));
  return isotonic(score, rates, weights);
}

function heldOutEce(fold: Fold, map: (score: number) => number): number | null {
  // Bins come from the raw order: an isotonic map keeps it, so both errors are taken over the same rows.
  const fine: ScoreBin[] = [];
  for (let i = 0; i < fold.score.length; i++) {
    const positive = fold.positives[i] as number;
    const n = positive + (fold.negatives[i] as number);
    if (n > 0) fine.push({ n, sumScore: n * map(fold.score[i] as number), sumPositive: positive });
  }
  return ece(equalCountBins(fine, 10)).value;
}
