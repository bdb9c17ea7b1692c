import type { Margins } from '../../statistics/classification.ts';
import type { AucSums } from '../../statistics/ranking.ts';

/** Fine equal-width score bins; ECE and the calibration line merge them. */
export const SCORE_BINS = 100;

/** Positions in a day's score vector: sums first, then per bin n, sum of scores, sum of outcomes. */
export const SCORE = {
  n: 0,
  squared: 1,
  squaredSquares: 2,
  logLoss: 3,
  logLossSquares: 4,
  bins: 5,
  length: 5 + 3 * SCORE_BINS,
} as const;

/** Positions in a day's error vector (regression); labels are centred on the middle of their range. */
export const ERROR = { n: 0, abs: 1, squared: 2, error: 3, label: 4, labelSquared: 5, length: 6 } as const;

/** Sufficient statistics of one group of rows (a window, a chunk): totals and what each day adds to them. */
export interface GroupStatistics {
  /** Labelled rows, unweighted. */
  rows: number;
  /** Sum of weights and of their squares: rows of like-for-like comparisons weigh less than 1. */
  weight: number;
  weightSquared: number;
  days: number[];
  /** Per day: right predictions and labelled rows, weighted; empty for regression. */
  right: { k: number; n: number }[];
  /** Per day: hits, actual, predicted of each class, concatenated; null for regression. */
  margins: Float64Array[] | null;
  classes: number;
  /** Per day, laid out as SCORE; null without usable scores. */
  scores: Float64Array[] | null;
  ranking: { sums: AucSums; averagePrecision: number | null } | null;
  /** Per day, laid out as ERROR; null for classification. */
  errors: Float64Array[] | null;
}

export function emptyStatistics(classes: number): GroupStatistics {
  return {
    rows: 0,
    weight: 0,
    weightSquared: 0,
    days: [],
    right: [],
    margins: null,
    classes,
    scores: null,
    ranking: null,
    errors: null,
  };
}

export function sumVectors(vectors: readonly Float64Array[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const vector of vectors) for (let i = 0; i < length; i++) sum[i] = (sum[i] as number) + (vector[i] as number);
  return sum;
}

/** The margins of a summed vector of 3 x classes numbers. */
export function marginsOf(sum: Float64Array, classes: number): Margins {
  const actual = sum.subarray(classes, 2 * classes);
  return {
    total: actual.reduce((a, b) => a + b, 0),
    hits: sum.subarray(0, classes),
    actual,
    predicted: sum.subarray(2 * classes, 3 * classes),
  };
}

/** Rows that would carry the same information unweighted (Kish 1965). */
export const effectiveRows = (weight: number, weightSquared: number): number =>
  weightSquared > 0 ? (weight * weight) / weightSquared : 0;
