import type { Reliability } from '../../../shared/model/score.ts';
import type { ScoreBin } from '../../statistics/calibration.ts';
import { wilson } from '../../statistics/proportion.ts';
import { type GroupStatistics, SCORE, SCORE_BINS, sumVectors } from '../metrics/statistics.ts';
import type { OpenDataset } from '../open-dataset.ts';

/** Pairs of these are the ten equal-width bins of the calibration error: the curve adds up to the printed ECE. */
const BINS = 20;
const method = `reliability/equal-width-${BINS}-bins, wilson@1`;

type Statistics = Pick<GroupStatistics, 'scores' | 'weight' | 'weightSquared'>;

/**
 * Mean score against observed share per bin, in both windows. Intervals take the rows of a bin as independent; like-for-like
 * weights shrink them to as many rows as carry the same information. Null for regressions and without scores on labelled rows.
 */
export function reliabilityOf(
  dataset: Pick<OpenDataset, 'spec' | 'hasScores'>,
  reference: Statistics | undefined,
  current: Statistics | undefined,
  level: number,
): Reliability {
  const { task } = dataset.spec;
  const unknown = (reason: string): Reliability => ({ of: null, bins: null, method, reason });
  if (task === 'regression') return unknown('a regression has no score to be reliable');
  if (!dataset.hasScores) return unknown('the predictions have no score');
  if (!reference?.scores && !current?.scores) return unknown('no usable scores on labelled rows');
  const before = binsOf(reference);
  const now = binsOf(current);
  const bins = before.flatMap((one, i) => {
    const other = now[i] as ScoreBin;
    if (one.n === 0 && other.n === 0) return [];
    return [
      {
        from: i / BINS,
        to: (i + 1) / BINS,
        reference: sideOf(one, reference, level),
        current: sideOf(other, current, level),
      },
    ];
  });
  return {
    of: task === 'binary' ? 'score of the positive class' : 'confidence of the predicted class',
    bins,
    method,
    reason: null,
  };
}

function binsOf(statistics: Statistics | undefined): ScoreBin[] {
  const sum = sumVectors(statistics?.scores ?? [], SCORE.length);
  const bins = Array.from({ length: BINS }, () => ({ n: 0, sumScore: 0, sumPositive: 0 }));
  for (let fine = 0; fine < SCORE_BINS; fine++) {
    const bin = bins[Math.floor((fine * BINS) / SCORE_BINS)] as ScoreBin;
    const at = SCORE.bins + 3 * fine;
    bin.n += sum[at] as number;
    bin.sumScore += sum[at + 1] as number;
    bin.sumPositive += sum[at + 2] as number;
  }
  return bins;
}

function sideOf({ n, sumScore, sumPositive }: ScoreBin, statistics: Statistics | undefined, level: number) {
  const { weight = 0, weightSquared = 0 } = statistics ?? {};
  const effective = weightSquared > 0 ? weight / weightSquared : 1;
  return {
    n,
    meanScore: n > 0 ? sumScore / n : null,
    observed: { ...wilson(sumPositive * effective, n * effective, level), n },
  };
}
