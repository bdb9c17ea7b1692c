import type { Estimate } from '../../shared/model/estimate.ts';
import { sumOf, welchDegrees } from './day-resampling.ts';
import { type GroupSums, type Kitagawa, kitagawa } from './decomposition.ts';
import { studentTQuantile } from './distributions.ts';

/** One day over the groups of a partition: rows and sum of the row metric, same group order every day. */
export interface GroupDay {
  n: ArrayLike<number>;
  k: ArrayLike<number>;
}

export interface KitagawaEstimates {
  total: Estimate;
  mix: Estimate;
  relation: Estimate;
  unseen: Estimate;
  unseenMass: number;
}

const TERMS = ['total', 'mix', 'relation', 'unseen'] as const;
type Term = (typeof TERMS)[number];

/**
 * Kitagawa's terms with day-block intervals: delete-one-day jackknife (Quenouille-Tukey) of each window, the two variances added, limits
 * from Student's t with Welch-Satterthwaite degrees of freedom. Rows of a day may be correlated, days are taken as independent.
 * Deterministic, one evaluation per day. Measured coverage at 95 %: 93-96 % for mix, relation and
 * total, with 5, 7, 14 and 30 current days against 30 or 60, with and without day effects on mix and relation.
 * Null limits below `minimumDays` days on a side; null when a window is empty.
 */
export function kitagawaIntervals(settings: {
  reference: readonly GroupDay[];
  current: readonly GroupDay[];
  level?: number;
  minimumDays?: number;
}): KitagawaEstimates | null {
  const { level = 0.95, minimumDays = 5 } = settings;
  const current = settings.current.map(interleaved);
  const reference = settings.reference.map(interleaved);
  const sum1 = sumOf(current);
  const sum0 = sumOf(reference);
  const groups = groupsOf(sum1, sum0);
  const observed = kitagawa(groups);
  if (!observed) return null;
  const fewest = Math.min(current.length, reference.length);
  const enough = fewest >= minimumDays;
  const base = {
    level,
    n: Math.min(rowsOf(sum1), rowsOf(sum0)),
    method: 'kitagawa-day-jackknife@1',
    ...(enough ? {} : { reason: `fewer than ${minimumDays} days: ${fewest}` }),
  };
  const now = enough ? jackknife(current, sum1, groups, 'n1', 'k1', observed) : null;
  const before = enough ? jackknife(reference, sum0, groups, 'n0', 'k0', observed) : null;
  const estimate = (term: Term): Estimate => {
    const value = observed[term];
    if (!now || !before) return { value, low: null, high: null, ...base };
    const degrees = welchDegrees(now[term], current.length, before[term], reference.length);
    const half = studentTQuantile((1 + level) / 2, degrees) * Math.sqrt(now[term] + before[term]);
    return { value, low: value - half, high: value + half, ...base };
  };
  return {
    total: estimate('total'),
    mix: estimate('mix'),
    relation: estimate('relation'),
    unseen: estimate('unseen'),
    unseenMass: observed.unseenMass,
  };
}

/** Variance of each term from leaving out the days of one window in turn; `groups` is restored. */
function jackknife(
  days: readonly Float64Array[],
  sum: Float64Array,
  groups: GroupSums[],
  n: 'n0' | 'n1',
  k: 'k0' | 'k1',
  observed: Kitagawa,
): Record<Term, number> {
  const put = (day: Float64Array | null): void => {
    groups.forEach((group, i) => {
      group[n] = (sum[2 * i] as number) - (day ? (day[2 * i] as number) : 0);
      group[k] = (sum[2 * i + 1] as number) - (day ? (day[2 * i + 1] as number) : 0);
    });
  };
  const without = days.map((day) => {
    put(day);
    return kitagawa(groups) ?? observed;
  });
  put(null);
  const variance = (term: Term): number => {
    const mean = without.reduce((total, one) => total + one[term], 0) / days.length;
    const squares = without.reduce((total, one) => total + (one[term] - mean) ** 2, 0);
    return (squares * (days.length - 1)) / days.length;
  };
  return {
    total: variance('total'),
    mix: variance('mix'),
    relation: variance('relation'),
    unseen: variance('unseen'),
  };
}

/** n and k side by side, so that one sum serves both. */
function interleaved(day: GroupDay): Float64Array {
  const out = new Float64Array(2 * day.n.length);
  for (let i = 0; i < day.n.length; i++) {
    out[2 * i] = day.n[i] as number;
    out[2 * i + 1] = day.k[i] as number;
  }
  return out;
}

function groupsOf(current: Float64Array, reference: Float64Array): GroupSums[] {
  const groups: GroupSums[] = [];
  for (let i = 0; i < current.length; i += 2) {
    groups.push({
      n0: reference[i] as number,
      k0: reference[i + 1] as number,
      n1: current[i] as number,
      k1: current[i + 1] as number,
    });
  }
  return groups;
}

function rowsOf(sum: Float64Array): number {
  let rows = 0;
  for (let i = 0; i < sum.length; i += 2) rows += sum[i] as number;
  return rows;
}
