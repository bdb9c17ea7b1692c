import { stretchOf } from './day-resampling.ts';
import { totalVariationBetween, wassersteinBetween } from './distance.ts';
import { normalQuantile, studentTQuantile } from './distributions.ts';
import { createRandom, type Random } from './random.ts';

export interface DriftThreshold {
  /** Distance exceeded by chance with probability 1 - quantile when nothing changed; null with a reason. */
  threshold: number | null;
  method: string;
  /** Reference days with rows. */
  blocks: number;
  replicates: number;
  reason?: string;
}

/** The window a limit is for. */
export interface LimitedWindow {
  days: number;
  rows: number;
  /** Absent: 0.99. */
  quantile?: number | undefined;
}

/** The limit of any window against one reference; windows do not influence each other's. */
export type DriftLimits = (current: LimitedWindow) => DriftThreshold;

interface DriftSettings {
  /** One histogram per reference day, all on the same bins. */
  reference: readonly Float64Array[];
  replicates?: number;
  seed: number;
}

/** Fewest reference days for which days are the blocks. */
const FEWEST_DAYS = 14;

/**
 * Chance limit of the Wasserstein-1 distance at the current window's own number of days and rows, by two-sample block bootstrap of
 * reference days: a pseudo-reference of all days with replacement against a pseudo-current of as many days as the window, thinned binomially
 * to its rows; distances stretched by sqrt(D/(D-1)) and by Student's t over normal with D-1 degrees. A pseudo-current with fewer rows than the window is left as it is,
 * which makes the limit conservative. Below 14 days: independent rows (multinomial), and `method` says so.
 * Measured exceedance at 1 % nominal (1500 windows, with and without a day effect larger than row noise): 0.5-1.1 % for 7 or 30 current
 * days against 14, 30 or 60; 1.3-1.9 % for a single current day. With fewer than 14 days and a day effect, 42 %: treat it as a hint.
 * Days are taken as exchangeable: a reference with a trend or long swings makes the limit too low.
 * @param values ascending representative value of each bin, in the score's unit.
 */
export function driftLimits(settings: DriftSettings & { values: Float64Array }): DriftLimits {
  const { values } = settings;
  return bootstrapLimits(settings, 'wasserstein', (a, totalA, b, totalB) =>
    wassersteinBetween(values, a, totalA, b, totalB),
  );
}

/** The same for class histograms with the total variation distance; 0.4-1.9 % measured, too careful with dozens of sparse classes. */
export const classDriftLimits = (settings: DriftSettings): DriftLimits =>
  bootstrapLimits(settings, 'total-variation', totalVariationBetween);

type Distance = (a: Float64Array, totalA: number, b: Float64Array, totalB: number) => number;

/** Cost: replicates x days x bins once, for the resampled references; replicates x (window days + 1) x bins for each window. */
function bootstrapLimits(
  { reference, replicates = 1000, seed }: DriftSettings,
  name: string,
  distance: Distance,
): DriftLimits {
  const days = reference.map((counts) => ({ counts, rows: rowsOf(counts) })).filter((day) => day.rows > 0);
  const blocks = days.length;
  const byDay = blocks >= FEWEST_DAYS;
  const method = `${name}-${byDay ? 'day-block' : 'iid-row'}-bootstrap@2`;
  const none = (reason: string): DriftThreshold => ({ threshold: null, method, blocks, replicates: 0, reason });
  if (blocks === 0) return () => none('no rows in the reference');

  const resampled = byDay ? resampledDays(days) : resampledRows(days);
  // A stream for each side: which windows were asked about before does not matter.
  const streams = createRandom(seed);
  const [ofReferences, ofWindows] = [streams.integer(STREAMS), streams.integer(STREAMS)];
  let references: Histogram[] | null = null;
  const distancesTo = (current: LimitedWindow): Float64Array => {
    references ??= drawn(replicates, createRandom(ofReferences), resampled.reference);
    const random = createRandom(ofWindows);
    return Float64Array.from(references, ({ counts, rows }) => {
      const window = resampled.window(current, random);
      return window.rows > 0 ? distance(counts, rows, window.counts, window.rows) : 0;
    }).sort();
  };
  // Another quantile of the same window, which is asked for next, shares its draws.
  let last: { days: number; rows: number; distances: Float64Array } = {
    days: 0,
    rows: 0,
    distances: new Float64Array(0),
  };
  return (current) => {
    if (!(current.rows > 0) || !(current.days > 0)) return none('no rows in the current window');
    const { quantile = 0.99 } = current;
    if (last.days !== current.days || last.rows !== current.rows)
      last = { ...current, distances: distancesTo(current) };
    const stretch = byDay ? stretchFor(blocks, quantile) : 1;
    // The order statistic whose expected exceedance is 1 - quantile.
    const rank = Math.min(replicates, Math.ceil((replicates + 1) * quantile));
    return { threshold: stretch * (last.distances[rank - 1] as number), method, blocks, replicates };
  };
}

/** Seeds of streams. */
const STREAMS = 2 ** 32 - 1;

/** Under-dispersion of resampled days, and a quantile far out of a spread that only `blocks` days estimate. */
function stretchFor(blocks: number, quantile: number): number {
  const tail = (1 + quantile) / 2;
  return (stretchOf(blocks) * studentTQuantile(tail, blocks - 1)) / normalQuantile(tail);
}

interface Histogram {
  counts: Float64Array;
  rows: number;
}

interface Resampled {
  reference(random: Random): Histogram;
  /** Overwritten by the next one. */
  window(current: LimitedWindow, random: Random): Histogram;
}

const drawn = (replicates: number, random: Random, draw: (random: Random) => Histogram): Histogram[] =>
  Array.from({ length: replicates }, () => draw(random));

function resampledDays(days: readonly Histogram[]): Resampled {
  const weights = new Float64Array(days.length);
  const width = (days[0] as Histogram).counts.length;
  const out = new Float64Array(width);
  return {
    reference: (random) => {
      const counts = new Float64Array(width);
      return { counts, rows: drawDays(days, days.length, weights, counts, random) };
    },
    window: (current, random) => {
      const rows = drawDays(days, current.days, weights, out, random);
      return { counts: out, rows: rows > current.rows ? thin(out, current.rows / rows, random) : rows };
    },
  };
}

function resampledRows(days: readonly Histogram[]): Resampled {
  const pooled = new Float64Array((days[0] as Histogram).counts.length);
  for (const { counts } of days) add(pooled, counts, 1);
  const draw = (rows: number, random: Random): Histogram => {
    const counts = random.multinomial(Math.round(rows), pooled);
    return { counts, rows: rowsOf(counts) };
  };
  return {
    reference: (random) => draw(rowsOf(pooled), random),
    window: ({ rows }, random) => draw(rows, random),
  };
}

/** Sum of `count` days drawn with replacement into `out`; each distinct day is added once, times how often it was drawn. */
function drawDays(
  days: readonly Histogram[],
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
    const day = days[d] as Histogram;
    rows += weight * day.rows;
    if (waiting < 0) {
      waiting = d;
      continue;
    }
    addTwo(out, (days[waiting] as Histogram).counts, weights[waiting] as number, day.counts, weight);
    waiting = -1;
  }
  if (waiting >= 0) add(out, (days[waiting] as Histogram).counts, weights[waiting] as number);
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
