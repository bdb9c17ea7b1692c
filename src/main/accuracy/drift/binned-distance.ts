import type { BinnedValues, ValueBins } from './binned-values.ts';
import { SHARE_BINS } from './exact-distance.ts';

export interface BinnedDistance {
  wasserstein: number;
  /** Largest error `wasserstein` can have; 0 when exact. */
  bound: number;
  /** Largest |F - G| at the ends of bins: exact when nothing was merged, else a lower bound. */
  ks: number;
  referenceRows: number;
  currentRows: number;
}

/**
 * Wasserstein-1 from counts and sums on bins. F - G is known at every end, and its integral over a bin follows from the sums, so
 * the integral of |F - G| is exact wherever the sign cannot change inside the bin; elsewhere it lies between |integral| and
 * what the mass in the bin allows, and the straight line between the ends is taken.
 * @returns null with an empty side.
 */
export function binnedDistance(
  bins: Pick<ValueBins, 'lowest' | 'ends' | 'single'>,
  reference: BinnedValues,
  current: BinnedValues,
): BinnedDistance | null {
  const referenceRows = total(reference.n);
  const currentRows = total(current.n);
  if (referenceRows === 0 || currentRows === 0) return null;
  let before = bins.lowest;
  let start = 0;
  let seenReference = 0;
  let seenCurrent = 0;
  let wasserstein = 0;
  let above = 0;
  let below = 0;
  let ks = 0;
  for (let j = 0; j < bins.ends.length; j++) {
    const end = bins.ends[j] as number;
    const n = reference.n[j] as number;
    const m = current.n[j] as number;
    seenReference += n;
    seenCurrent += m;
    // As one fraction: both sides complete must give exactly 0.
    const stop = (seenReference * currentRows - seenCurrent * referenceRows) / (referenceRows * currentRows);
    ks = Math.max(ks, Math.abs(stop));
    const width = end - before;
    // How far the bin's values lie below its end, summed; equal values lie on it.
    const single = bins.single[j] === 1;
    const a = single ? 0 : (n * (end - bins.lowest) - (reference.sum[j] as number)) / referenceRows;
    const b = single ? 0 : (m * (end - bins.lowest) - (current.sum[j] as number)) / currentRows;
    const whole = start * width + a - b;
    const least = Math.abs(whole);
    const lowest = Math.max(start - m / currentRows, stop - n / referenceRows);
    const highest = Math.min(start + n / referenceRows, stop + m / currentRows);
    if (single || lowest >= 0 || highest <= 0) wasserstein += least;
    else {
      const most = least + 2 * width * Math.min(-lowest, highest);
      const guess = Math.min(most, Math.max(least, straight(start, stop) * width));
      wasserstein += guess;
      above += most - guess;
      below += guess - least;
    }
    before = end;
    start = stop;
  }
  return { wasserstein, bound: Math.max(above, below), ks, referenceRows, currentRows };
}

/** Mean of |x| on the straight line from a to b. */
function straight(a: number, b: number): number {
  const sum = Math.abs(a) + Math.abs(b);
  return a * b >= 0 ? sum / 2 : (a * a + b * b) / (2 * sum);
}

function total(counts: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < counts.length; j++) sum += counts[j] as number;
  return sum;
}

/** Counts on the ten equal-count bins of the reference: the k-th ends where at least k/10 of the reference lies at or below. */
export function shareBins(
  reference: BinnedValues,
  current: BinnedValues,
): { reference: Float64Array; current: Float64Array } {
  const rows = total(reference.n);
  const out = { reference: new Float64Array(SHARE_BINS), current: new Float64Array(SHARE_BINS) };
  let bin = 0;
  let seen = 0;
  for (let j = 0; j < reference.n.length; j++) {
    const at = Math.min(bin, SHARE_BINS - 1);
    out.reference[at] = (out.reference[at] as number) + (reference.n[j] as number);
    out.current[at] = (out.current[at] as number) + (current.n[j] as number);
    seen += reference.n[j] as number;
    bin = Math.floor((seen * SHARE_BINS) / rows);
  }
  return out;
}

/** Population standard deviation of binned values; exact when nothing was merged, else what lies between the bins' means. */
export function binnedDeviation(values: BinnedValues): number {
  const rows = total(values.n);
  const mean = total(values.sum) / rows;
  let squares = 0;
  for (let j = 0; j < values.n.length; j++) {
    const n = values.n[j] as number;
    if (n > 0) squares += n * ((values.sum[j] as number) / n - mean) ** 2;
  }
  return Math.sqrt(squares / rows);
}
