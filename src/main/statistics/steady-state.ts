import { criticalValue } from './normal.ts';
import { pelt } from './pelt.ts';
import { sortedQuantile } from './percentile.ts';
import { mean, variance } from './sample.ts';

/** Fewest iterations that are classified at all. */
const FEWEST = 40;
const BATCH = 5;
const WINDOW = 200;
/** Share of the run that the last level must hold to be one. */
const LAST_SHARE = 0.25;
/** Longest series that PELT gets: longer ones are averaged over equal stretches first. */
const LONGEST = 2000;
/** Levels closer than this share of the median are one level. */
const SAME = 0.002;

export interface Segment {
  /** Iterations from..to-1, outliers included in the range but not in the numbers. */
  from: number;
  to: number;
  mean: number;
  deviation: number;
}

export interface SteadyState {
  kind: 'flat' | 'warm-up' | 'slowdown' | 'no steady state' | 'not classified';
  /** First iteration of the steady part; null where there is none. */
  from: number | null;
  /** Mean of the steady part without outliers; null where there is none. Never a truncated mean of a run that did not settle. */
  settled: number | null;
  /** Mean of the fastest earlier level of a slowdown (the burst before clocks gave way), else null. */
  burst: number | null;
  /** Cut of MSER-5, and whether it lies before the boundary. */
  cut: number;
  cutSettled: boolean;
  segments: Segment[];
  outliers: number[];
  reason?: string;
}

/**
 * MSER-5 (White, Cobb & Spratt 2000): the truncation, in iterations, that makes the standard error of the mean of what is left smallest, over batches of 5 and
 * at most half of the run. `settled` is false when the best cut is within a twentieth of the last one allowed: the end of the transient has not been seen.
 * White noise does that in 12 / 4 / 0.7 % of runs of 50 / 100 / 200 iterations, hardly ever in longer ones.
 * @param values time per iteration in order; fewer than 20 never settle.
 */
export function mser5(values: ArrayLike<number>): { cut: number; settled: boolean } {
  const count = Math.floor(values.length / BATCH);
  if (count < 4) return { cut: 0, settled: false };
  const batches = Float64Array.from({ length: count }, (_, b) => {
    let sum = 0;
    for (let i = 0; i < BATCH; i++) sum += values[b * BATCH + i] as number;
    return sum / BATCH;
  });
  const origin = batches[count - 1] as number;
  const boundary = Math.floor(count / 2);
  let sum = 0;
  let squares = 0;
  let best = boundary;
  let least = Number.POSITIVE_INFINITY;
  for (let d = count - 1; d >= 0; d--) {
    const value = (batches[d] as number) - origin;
    sum += value;
    squares += value * value;
    const left = count - d;
    const score = Math.max(0, squares - (sum * sum) / left) / (left * left);
    if (d <= boundary && score <= least) {
      least = score;
      best = d;
    }
  }
  return { cut: best * BATCH, settled: best < boundary - count / 20 };
}

/** Iterations beyond median +- 3 (P90 - P10) of the 200 around them (Barrett et al. 2017), ascending. */
export function outliersOf(values: ArrayLike<number>): number[] {
  const n = values.length;
  const size = Math.min(WINDOW, n);
  // Kept ascending while the window slides: one value leaves, one enters.
  const sorted = Float64Array.from({ length: size }, (_, i) => values[i] as number).sort();
  const found: number[] = [];
  let from = 0;
  for (let i = 0; i < n; i++) {
    const wanted = Math.min(Math.max(0, i - size / 2), n - size);
    for (; from + 1 <= wanted; from++) slide(sorted, values[from] as number, values[from + size] as number);
    const spread = sortedQuantile(sorted, 0.9) - sortedQuantile(sorted, 0.1);
    if (Math.abs((values[i] as number) - sortedQuantile(sorted, 0.5)) > 3 * spread) found.push(i);
  }
  return found;
}

function slide(sorted: Float64Array, leaving: number, entering: number): void {
  let at = sorted.indexOf(leaving);
  for (; at + 1 < sorted.length && (sorted[at + 1] as number) < entering; at++) sorted[at] = sorted[at + 1] as number;
  for (; at > 0 && (sorted[at - 1] as number) > entering; at--) sorted[at] = sorted[at - 1] as number;
  sorted[at] = entering;
}

/**
 * What the iterations of one run did (Barrett, Bolz-Tereick, Killick, Mount & Tratt 2017): outliers are set aside, PELT cuts the rest into levels (penalty 15 ln n), and levels
 * whose 99 % bands touch the last one's, widened by 0.2 % of the median, are the steady state. Flat: all of them; warm-up: earlier ones were slower;
 * slowdown: some earlier one was faster (thermal or power settling); no steady state: the last level holds less than a quarter of the run, or MSER-5's cut is on
 * its boundary while there is more than one level. The paper's band is the variance, which has a unit; the band here is that of the mean. Below 40 iterations nothing is said.
 * Runs of more than 2000 iterations are averaged over equal stretches for PELT. Slow waves longer than the run, and clocks so coarse that most readings are equal, go unseen.
 * @param values time per iteration in order, > 0, any unit.
 */
export function steadyState(values: ArrayLike<number>): SteadyState {
  const n = values.length;
  const { cut, settled: cutSettled } = mser5(values);
  const base = { from: null, settled: null, burst: null, cut, cutSettled };
  if (n < FEWEST) {
    const reason = `fewer than ${FEWEST} iterations: ${n}`;
    return { ...base, kind: 'not classified', segments: [], outliers: [], reason };
  }
  const outliers = outliersOf(values);
  const apart = new Set(outliers);
  const kept = Int32Array.from({ length: n }, (_, i) => i).filter((i) => !apart.has(i));
  const clean = Float64Array.from(kept, (i) => values[i] as number);
  const median = sortedQuantile(clean.slice().sort(), 0.5);
  const points = levelChanges(clean, 1e-4 * Math.abs(median));
  const segments = [0, ...points].map((from, i) => segmentOf(clean, kept, from, points[i] ?? clean.length, n));
  const last = segments.at(-1) as Segment;
  const same = segments.map((one) => touches(one, last, SAME * Math.abs(median)));
  const first = same.lastIndexOf(false) + 1;
  const steady = segments.slice(first);
  const from = (steady[0] as Segment).from;
  const found = { ...base, segments, outliers };
  if (n - from < LAST_SHARE * n) {
    return { ...found, kind: 'no steady state', reason: `the last level holds ${n - from} of ${n} iterations` };
  }
  if (first > 0 && !cutSettled) {
    return { ...found, kind: 'no steady state', reason: 'still changing at the middle of the run' };
  }
  const settled = meanFrom(clean, kept, from);
  const earlier = segments.slice(0, first).filter((_, i) => !same[i]);
  const fastest = Math.min(...earlier.map((one) => one.mean));
  if (earlier.length === 0) return { ...found, kind: 'flat', from, settled };
  if (fastest < settled) return { ...found, kind: 'slowdown', from, settled, burst: fastest };
  return { ...found, kind: 'warm-up', from, settled };
}

/** PELT on at most 2000 averages of equal stretches; a change is then known to within a stretch. */
function levelChanges(clean: Float64Array, floor: number): number[] {
  const stretch = Math.ceil(clean.length / LONGEST);
  const count = Math.floor(clean.length / stretch);
  const averages = Float64Array.from({ length: count }, (_, i) => mean(clean.subarray(i * stretch, (i + 1) * stretch)));
  return pelt(averages, 15 * Math.log(count), floor).map((point) => point * stretch);
}

function segmentOf(clean: Float64Array, kept: Int32Array, from: number, to: number, n: number): Segment {
  const part = clean.subarray(from, to);
  return {
    from: from === 0 ? 0 : (kept[from] as number),
    to: kept[to] ?? n,
    mean: mean(part),
    deviation: Math.sqrt(variance(part)),
  };
}

function touches(one: Segment, last: Segment, width: number): boolean {
  const arm = (segment: Segment) => (criticalValue(0.99) * segment.deviation) / Math.sqrt(segment.to - segment.from);
  return Math.abs(one.mean - last.mean) <= arm(one) + arm(last) + width;
}

function meanFrom(clean: Float64Array, kept: Int32Array, from: number): number {
  return mean(clean.filter((_, i) => (kept[i] as number) >= from));
}
