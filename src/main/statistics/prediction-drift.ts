import { stretchOf } from './day-resampling.ts';
import { totalVariationBetween, wassersteinBetween } from './distance.ts';
import { normalQuantile, studentTQuantile } from './distributions.ts';
import type { Random } from './random.ts';

export interface DriftThreshold {
  /** Distance exceeded by chance with probability 1 - quantile when nothing changed; null with a reason. */
  threshold: number | null;
  method: string;
  /** Reference days with rows. */
  blocks: number;
  replicates: number;
  reason?: string;
}

interface DriftSettings {
  /** One histogram per reference day, all on the same bins. */
  reference: readonly Float64Array[];
  currentDays: number;
  currentRows: number;
  replicates?: number;
  quantile?: number;
  random: Random;
}

/** Fewest reference days for which days are the blocks. */
const FEWEST_DAYS = 14;

/**
 * Chance limit of the Wasserstein-1 distance at the current window's own number of days and rows, by two-sample block bootstrap of
 * reference days: a pseudo-reference of all days with replacement against a pseudo-current of `currentDays` days thinned binomially
 * to `currentRows`; distances stretched by sqrt(D/(D-1)) and by Student's t over normal with D-1 degrees. A pseudo-current with fewer rows than `currentRows` is left as it is,
 * which makes the limit conservative. Below 14 days: independent rows (multinomial), and `method` says so.
 * Measured exceedance at 1 % nominal (1500 windows, with and without a day effect larger than row noise): 0.7-1.3 % for 7 or 30 current
 * days against 14, 30 or 60; 1.5-2.0 % for a single current day. With fewer than 14 days and a day effect, 42 %: treat it as a hint.
 * Days are taken as exchangeable: a reference with a trend or long swings makes the limit too low.
 * @param values ascending representative value of each bin, in the score's unit.
 */
export function driftThreshold(settings: DriftSettings & { values: Float64Array }): DriftThreshold {
  const { values } = settings;
  return bootstrapThreshold(settings, 'wasserstein', (a, totalA, b, totalB) =>
    wassersteinBetween(values, a, totalA, b, totalB),
  );
}

/** The same for class histograms with the total variation distance; 0.4-1.9 % measured, too careful with dozens of sparse classes. */
export function classDriftThreshold(settings: DriftSettings): DriftThreshold {
  return bootstrapThreshold(settings, 'total-variation', totalVariationBetween);
}

type Distance = (a: Float64Array, totalA: number, b: Float64Array, totalB: number) => number;

function bootstrapThreshold(settings: DriftSettings, name: string, distance: Distance): DriftThreshold {
  const { currentDays, currentRows, replicates = 1000, quantile = 0.99, random } = settings;
  const days = settings.reference.map((counts) => ({ counts, rows: rowsOf(counts) })).filter((day) => day.rows > 0);
  const blocks = days.length;
  const byDay = blocks >= FEWEST_DAYS;
  const method = `${name}-${byDay ? 'day-block' : 'iid-row'}-bootstrap@1`;
  const none = (reason: string): DriftThreshold => ({ threshold: null, method, blocks, replicates: 0, reason });
  if (blocks === 0) return none('no rows in the reference');
  if (!(currentRows > 0) || !(currentDays > 0)) return none('no rows in the current window');

  const width = (days[0] as Day).counts.length;
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  const distances = new Float64Array(replicates);
  if (byDay) {
    // Under-dispersion of resampled days, and a quantile far out of a spread that only `blocks` days estimate.
    const tail = (1 + quantile) / 2;
    const stretch = (stretchOf(blocks) * studentTQuantile(tail, blocks - 1)) / normalQuantile(tail);
    const weights = new Float64Array(blocks);
    for (let r = 0; r < replicates; r++) {
      const referenceRows = drawDays(days, blocks, weights, first, random);
      let rows = drawDays(days, currentDays, weights, second, random);
      if (rows > currentRows) rows = thin(second, currentRows / rows, random);
      distances[r] = rows > 0 ? stretch * distance(first, referenceRows, second, rows) : 0;
    }
  } else {
    const pooled = new Float64Array(width);
    for (const { counts } of days) add(pooled, counts, 1);
    const referenceRows = rowsOf(pooled);
    for (let r = 0; r < replicates; r++) {
      const a = random.multinomial(Math.round(referenceRows), pooled);
      const b = random.multinomial(Math.round(currentRows), pooled);
      distances[r] = distance(a, rowsOf(a), b, rowsOf(b));
    }
  }
  distances.sort();
  // The order statistic whose expected exceedance is 1 - quantile.
  const rank = Math.min(replicates, Math.ceil((replicates + 1) * quantile));
  return { threshold: distances[rank - 1] as number, method, blocks, replicates };
}

interface Day {
  counts: Float64Array;
  rows: number;
}

/** Sum of `count` days drawn with replacement into `out`; each distinct day is added once, times how often it was drawn. */
function drawDays(
  days: readonly Day[],
  count: number,
  weights: Float64Array,
  out: Float64Array,
  random: Random,
): number {
  weights.fill(0);
  for (let i = 0; i < count; i++) {
    const index = random.integer(days.length);
    weights[index] = (weights[index] as number) + 1;
  }
  out.fill(0);
  let rows = 0;
  let waiting = -1;
  for (let d = 0; d < days.length; d++) {
    const weight = weights[d] as number;
    if (weight === 0) continue;
    const day = days[d] as Day;
    rows += weight * day.rows;
    if (waiting < 0) {
      waiting = d;
      continue;
    }
    addTwo(out, (days[waiting] as Day).counts, weights[waiting] as number, day.counts, weight);
    waiting = -1;
  }
  if (waiting >= 0) add(out, (days[waiting] as Day).counts, weights[waiting] as number);
  return rows;
}

/** Two days in one pass over `out`: this loop is most of the bootstrap. Counts are whole, so the order of adding does not matter. */
function addTwo(
  out: Float64Array,
  first: Float64Array,
  times: number,
  second: Float64Array,
  timesSecond: number,
): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = (out[i] as number) + times * (first[i] as number) + timesSecond * (second[i] as number);
  }
}

function add(out: Float64Array, counts: Float64Array, weight: number): void {
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + weight * (counts[i] as number);
}

function thin(counts: Float64Array, keep: number, random: Random): number {
  let rows = 0;
  for (let i = 0; i < counts.length; i++) {
    const kept = random.binomial(counts[i] as number, keep);
    counts[i] = kept;
    rows += kept;
  }
  return rows;
}

function rowsOf(counts: Float64Array): number {
  let rows = 0;
  for (let i = 0; i < counts.length; i++) rows += counts[i] as number;
  return rows;
}
