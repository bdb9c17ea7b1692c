import type { Estimate } from '../../../shared/model/estimate.ts';
import { unknownEstimate } from '../../../shared/model/estimate.ts';
import { combinedDesignEffect, type DaySpread } from '../../statistics/interval-from-days.ts';
import { criticalValue } from '../../statistics/normal.ts';
import { meanDifference, meanDifferenceTail, newcombe, wilson } from '../../statistics/proportion.ts';
import { shareDropTail } from '../../statistics/tail-probability.ts';
import { effectiveRows } from '../metrics/statistics.ts';
import type { RowValue } from '../row-value.ts';

/** Weighted moments of the row value in one segment and window, and of its daily sums. */
export interface Moments {
  rows: number;
  weight: number;
  weightSquared: number;
  sum: number;
  sumSquares: number;
  days: number;
  /** Over days: sum^2, sum x weight, weight^2. */
  daySumSquared: number;
  daySumWeight: number;
  dayWeightSquared: number;
}

export const noMoments: Moments = {
  rows: 0,
  weight: 0,
  weightSquared: 0,
  sum: 0,
  sumSquares: 0,
  days: 0,
  daySumSquared: 0,
  daySumWeight: 0,
  dayWeightSquared: 0,
};

export const meanOf = (moments: Moments): number => moments.sum / moments.weight;

function spreadOf({ days, weight, sum, sumSquares, ...squares }: Moments): DaySpread {
  const mean = weight > 0 ? sum / weight : 0;
  const between = squares.daySumSquared - 2 * mean * squares.daySumWeight + mean * mean * squares.dayWeightSquared;
  const within = sumSquares - mean * sum;
  return { days, squares: Math.max(0, between), expected: within > 1e-12 * sumSquares ? within : 0 };
}

/** One window of a segment, reduced to what an interval needs. */
export interface Side {
  mean: number;
  rows: number;
  effective: number;
  designEffect: number;
  standardError: number;
}

/** Both windows; one of fewer than eight days borrows the design effect that both together show. */
export function sidesOf(reference: Moments, current: Moments, level: number): { reference: Side; current: Side } {
  const spreads = { reference: spreadOf(reference), current: spreadOf(current) };
  const pooled = combinedDesignEffect([spreads.reference, spreads.current], level).value ?? 1;
  const effect = (spread: DaySpread): number => combinedDesignEffect([spread], level).value ?? pooled;
  return {
    reference: sideOf(reference, effect(spreads.reference)),
    current: sideOf(current, effect(spreads.current)),
  };
}

function sideOf(moments: Moments, designEffect: number): Side {
  const mean = meanOf(moments);
  const effective = effectiveRows(moments.weight, moments.weightSquared) / designEffect;
  const variance = Math.max(0, moments.sumSquares / moments.weight - mean * mean);
  return {
    mean,
    rows: moments.rows,
    effective,
    designEffect,
    standardError: Math.sqrt(variance / Math.max(1, effective - 1)),
  };
}

export function sideEstimate(value: RowValue, side: Side, level: number): Estimate {
  const method = `${value.name}/${value.proportion ? 'wilson' : 'normal'}-design-effect@1`;
  const { designEffect } = side;
  if (!(side.rows > 0)) return unknownEstimate('no labelled rows', method, 0, level);
  if (value.proportion) {
    return {
      ...wilson(side.mean * side.effective, side.effective, level),
      value: side.mean,
      n: side.rows,
      method,
      designEffect,
    };
  }
  const half = criticalValue(level) * side.standardError;
  const scaled = (x: number): number => x * value.scale;
  return {
    value: scaled(side.mean),
    low: scaled(side.mean - half),
    high: scaled(side.mean + half),
    level,
    n: side.rows,
    method,
    designEffect,
  };
}

export function changeEstimate(value: RowValue, reference: Side, current: Side, level: number): Estimate {
  const method = `${value.name}/${value.proportion ? 'newcombe' : 'normal-difference'}-design-effect@1`;
  const n = Math.min(reference.rows, current.rows);
  if (!(n > 0)) return unknownEstimate('a window has no labelled rows', method, 0, level);
  if (value.proportion) {
    const [k1, k0] = [current.mean * current.effective, reference.mean * reference.effective];
    const estimate = newcombe(k1, current.effective, k0, reference.effective, level);
    return { ...estimate, value: current.mean - reference.mean, n, method };
  }
  const plain = meanDifference(
    current.mean,
    current.standardError,
    current.rows,
    reference.mean,
    reference.standardError,
    reference.rows,
    level,
  );
  const scaled = (x: number | null): number | null => (x === null ? null : x * value.scale);
  return { ...plain, value: scaled(plain.value), low: scaled(plain.low), high: scaled(plain.high), n, method };
}

/**
 * One-sided p-value of "not worse than `margin` (in the metric's unit)"; `harm` false asks the mirror question, "not better by
 * more than `margin`".
 */
export function tail(value: RowValue, reference: Side, current: Side, margin: number, harm = true): number {
  const falls = (value.better === 'higher') === harm;
  if (value.proportion) {
    const successes = ({ mean, effective }: Side): number => (falls ? mean : 1 - mean) * effective;
    return shareDropTail(successes(current), current.effective, successes(reference), reference.effective, margin);
  }
  const sign = falls ? 1 : -1;
  return meanDifferenceTail(
    sign * current.mean,
    current.standardError,
    sign * reference.mean,
    reference.standardError,
    margin / value.scale,
  );
}
