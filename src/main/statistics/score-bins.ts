import { type Measured, share } from './measured.ts';

/** A score bin: rows, sum of their scores, sum of their positive labels. */
export interface ScoreBin {
  n: number;
  sumScore: number;
  sumPositive: number;
}

/**
 * Expected calibration error: sum over bins of n_b/n |share of positives - mean score|, 0..1 (Naeini et al. 2015).
 * Depends on the binning (biased upwards with many small bins); say which when printing it.
 */
export function ece(bins: readonly ScoreBin[]): Measured {
  let n = 0;
  let gap = 0;
  for (const bin of bins) {
    if (!(bin.n > 0)) continue;
    n += bin.n;
    gap += Math.abs(bin.sumPositive - bin.sumScore);
  }
  return share(gap, n, 'no labelled rows');
}

/** Bin of a score among `count` equal bins of 0..1: [k/count, (k+1)/count), the last one closed. */
function equalWidthIndex(score: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(score * count)));
}

/** Merges fine bins into `count` equal-width ones by their mean score; exact when no fine bin straddles an edge. */
export function equalWidthBins(fine: readonly ScoreBin[], count: number): ScoreBin[] {
  const bins = Array.from({ length: count }, () => ({ n: 0, sumScore: 0, sumPositive: 0 }));
  for (const one of fine) {
    if (one.n > 0) addTo(bins[equalWidthIndex(one.sumScore / one.n, count)] as ScoreBin, one);
  }
  return bins;
}

/**
 * Merges fine bins, in ascending score, into at most `count` bins of about equal rows; tied scores are never split, so a heavy
 * tie can leave fewer bins. A fine bin goes where the middle of its rows falls.
 */
export function equalCountBins(fine: readonly ScoreBin[], count: number): ScoreBin[] {
  const total = fine.reduce((sum, bin) => sum + bin.n, 0);
  const bins = Array.from({ length: count }, () => ({ n: 0, sumScore: 0, sumPositive: 0 }));
  let seen = 0;
  for (const one of fine) {
    if (!(one.n > 0)) continue;
    const index = Math.min(count - 1, Math.floor(((seen + one.n / 2) / total) * count));
    addTo(bins[index] as ScoreBin, one);
    seen += one.n;
  }
  return bins.filter((bin) => bin.n > 0);
}

function addTo(target: ScoreBin, one: ScoreBin): void {
  target.n += one.n;
  target.sumScore += one.sumScore;
  target.sumPositive += one.sumPositive;
}
