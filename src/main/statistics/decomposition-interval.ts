import type { Estimate } from '../../shared/model/estimate.ts';
import { drawSum, expandedPercentiles, stretchOf, sumOf, variance, welchDegrees } from './day-resampling.ts';
import { type GroupSums, type Kitagawa, kitagawa } from './decomposition.ts';
import type { Random } from './random.ts';

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

/**
 * Kitagawa's terms with day-block intervals. Each replicate resamples the days of one window with the other fixed and adds the two
 * deviations, each stretched by its own sqrt(D/(D-1)): first-order exact, and lets each window have its own number of days. Limits as in
 * `dayBlockBootstrap`, degrees of freedom by Welch-Satterthwaite. Null limits below `minimumDays` days on a side; null when a window is empty.
 */
export function kitagawaIntervals(settings: {
  reference: readonly GroupDay[];
  current: readonly GroupDay[];
  random: Random;
  replicates?: number;
  level?: number;
  minimumDays?: number;
}): KitagawaEstimates | null {
  const { random, replicates = 500, level = 0.95, minimumDays = 5 } = settings;
  const current = settings.current.map(interleaved);
  const reference = settings.reference.map(interleaved);
  const sum1 = sumOf(current);
  const sum0 = sumOf(reference);
  const observed = kitagawa(groupsOf(sum1, sum0));
  if (!observed) return null;
  const n = Math.min(rowsOf(sum1), rowsOf(sum0));
  const fewest = Math.min(current.length, reference.length);
  const method = 'kitagawa-day-block-bootstrap@1';
  if (fewest < minimumDays) {
    const reason = `fewer than ${minimumDays} days: ${fewest}`;
    const bare = (value: number): Estimate => ({ value, low: null, high: null, level, n, method, reason });
    return { ...each((term) => bare(observed[term])), unseenMass: observed.unseenMass };
  }

  const first = deviations(observed, current.length, replicates, () => {
    const drawn = new Float64Array(sum1.length);
    drawSum(current, drawn, random);
    return kitagawa(groupsOf(drawn, sum0));
  });
  const second = deviations(observed, reference.length, replicates, () => {
    const drawn = new Float64Array(sum0.length);
    drawSum(reference, drawn, random);
    return kitagawa(groupsOf(sum1, drawn));
  });
  const estimate = (term: (typeof TERMS)[number]): Estimate => {
    const a = first[term];
    const b = second[term];
    const draws = a.map((deviation, i) => observed[term] + deviation + (b[i] as number));
    const degrees = welchDegrees(variance(a), current.length, variance(b), reference.length);
    const { low, high } = expandedPercentiles(draws, degrees, level);
    return { value: observed[term], low, high, level, n, method };
  };
  return { ...each(estimate), unseenMass: observed.unseenMass };
}

type Terms<T> = Record<(typeof TERMS)[number], T>;

const each = <T>(make: (term: (typeof TERMS)[number]) => T): Terms<T> => ({
  total: make('total'),
  mix: make('mix'),
  relation: make('relation'),
  unseen: make('unseen'),
});

function deviations(observed: Kitagawa, days: number, replicates: number, draw: () => Kitagawa | null) {
  const stretch = stretchOf(days);
  const out = each(() => new Float64Array(replicates));
  for (let r = 0; r < replicates; r++) {
    // A draw of empty days only says nothing: it counts as no deviation.
    const one = draw() ?? observed;
    for (const term of TERMS) out[term][r] = stretch * (one[term] - observed[term]);
  }
  return out;
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
