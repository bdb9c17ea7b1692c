import { type DayDraws, expandedPercentiles, stretchOf, sumOf } from './day-resampling.ts';
import { criticalValue, studentTQuantile } from './distributions.ts';
import { type Measured, measured, unmeasured } from './measured.ts';

/** Fewest days from which the spread between days is estimated at all. */
const FEWEST_DAYS = 8;

/**
 * How many times larger the variance of a pooled share is than if all rows were independent (Rao & Scott 1992): between-day
 * sum of (k - p n)^2 over its binomial expectation, at least 1. Divide k and n by it before an interval for shares.
 * Null below 8 days with rows, or when every row succeeds or none does.
 * @param level when given, an effect above 1 is also multiplied by (t / z)^2 of D-1 days, because the spread is itself estimated. Measured
 * coverage of Wilson at 95 % with 1000 rows a day and a day effect (sd 0.3 on the logit): uncorrected 52 %; divided by the
 * effect 91 / 94 / 95 % at 10 / 30 / 60 days; with `level` 94 / 95 / 95 %. Without a day effect 95-97 %.
 */
export function designEffect(days: readonly { k: number; n: number }[], level?: number): Measured {
  return pooledDesignEffect([days], level);
}

/**
 * The same from several windows that each have their own share but a common design effect (mean weighted by D-1 of each): for a window
 * too short to estimate its own, such as seven days against a long reference. Needs 8 days in all and two in a window to use it.
 */
export function pooledDesignEffect(
  windows: readonly (readonly { k: number; n: number }[])[],
  level?: number,
): Measured {
  return combinedDesignEffect(
    windows.map((days) => {
      const used = days.filter((day) => day.n > 0);
      const n = used.reduce((sum, day) => sum + day.n, 0);
      const p = used.reduce((sum, day) => sum + day.k, 0) / n;
      const squares = used.reduce((sum, day) => sum + (day.k - p * day.n) ** 2, 0);
      return { days: used.length, squares, expected: n * p * (1 - p) };
    }),
    level,
  );
}

/** The design effect of a mean of any row value, from rows, sum and sum of squares per day. */
export function designEffectOfMeans(
  days: readonly { n: number; sum: number; sumSquares: number }[],
  level?: number,
): Measured {
  const used = days.filter((day) => day.n > 0);
  const n = used.reduce((sum, day) => sum + day.n, 0);
  const sumSquares = used.reduce((sum, day) => sum + day.sumSquares, 0);
  const mean = used.reduce((sum, day) => sum + day.sum, 0) / n;
  const spread = sumSquares - n * mean * mean;
  const squares = used.reduce((sum, day) => sum + (day.sum - mean * day.n) ** 2, 0);
  return combinedDesignEffect(
    [{ days: used.length, squares, expected: spread > 1e-12 * sumSquares ? spread : 0 }],
    level,
  );
}

/** A window's between-day sum of squares (k - p n)^2, and what independent rows would give. */
export interface DaySpread {
  days: number;
  squares: number;
  expected: number;
}

/** The design effect from spreads that were summed elsewhere, pooled over windows; rules as in `pooledDesignEffect`. */
export function combinedDesignEffect(windows: readonly DaySpread[], level?: number): Measured {
  const days = windows.reduce((sum, window) => sum + window.days, 0);
  if (days < FEWEST_DAYS) return unmeasured(`fewer than ${FEWEST_DAYS} days: ${days}`);
  let degrees = 0;
  let weighted = 0;
  for (const window of windows) {
    if (window.days < 2 || !(window.expected > 0)) continue;
    degrees += window.days - 1;
    weighted += (window.squares / window.expected) * window.days;
  }
  if (degrees === 0) return unmeasured('no variation between rows');
  const effect = weighted / degrees;
  if (effect <= 1) return measured(1);
  if (level === undefined) return measured(effect);
  return measured(effect * widening(level, degrees));
}

/** (t / z)^2 by level and degrees: thousands of segments ask for the same few. */
const widenings = new Map<number, Map<number, number>>();

function widening(level: number, degrees: number): number {
  const known = widenings.get(level) ?? new Map<number, number>();
  widenings.set(level, known);
  let square = known.get(degrees);
  if (square === undefined) {
    square = (studentTQuantile((1 + level) / 2, degrees) / criticalValue(level)) ** 2;
    known.set(degrees, square);
  }
  return square;
}

export interface BootstrapInterval {
  /** The statistic of the observed days. */
  value: number | null;
  low: number | null;
  high: number | null;
  standardError: number | null;
  /** Replicates in which the statistic was undefined. */
  failed: number;
  replicates: number;
  level: number;
  method: string;
  reason?: string;
}

interface BootstrapSettings {
  days: readonly Float64Array[];
  draws: DayDraws;
  /** Value of the metric from summed sufficient statistics; null where undefined. */
  statistic: (sum: Float64Array) => number | null;
  level?: number;
  /** Below this many days there is no interval. */
  minimumDays?: number;
}

/**
 * Interval of any statistic of summed daily vectors, resampling whole days (rows of a day are correlated, days taken as independent).
 * Expanded percentile (Hesterberg 2015): deviations stretched by sqrt(D/(D-1)) because resampling D days is under-dispersed
 * by (D-1)/D, tail areas taken from Student's t with D-1 degrees; range-preserving up to the stretch, no skewness correction.
 * Measured coverage at 95 % for F1 with 1000 rows a day, 600 replicates: 93 / 94 / 94 / 95 / 95 % at 5 / 7 / 10 / 30 / 60 days without a day
 * effect, 91 / 93 / 95 / 96 / 95 % with one (sd 0.4 on the logit of recall).
 * @param days one vector of sufficient statistics per day, all of the same length.
 */
export function dayBlockBootstrap({
  days,
  draws,
  statistic,
  level = 0.95,
  minimumDays = 5,
}: BootstrapSettings): BootstrapInterval {
  const { replicates } = draws;
  const method = 'day-block-bootstrap@1';
  const value = statistic(sumOf(days));
  const base = { value, level, method, replicates };
  if (value === null) return without(base, 0, 'statistic undefined');
  if (days.length < minimumDays) return without(base, 0, `fewer than ${minimumDays} days: ${days.length}`);
  const side = resampled(days, value, statistic, draws.of(days));
  if (side.failed > replicates / 20) return without(base, side.failed, 'statistic undefined in too many replicates');
  return { ...base, ...expandedPercentiles(side.draws, days.length - 1, level), failed: side.failed };
}

type Base = Pick<BootstrapInterval, 'value' | 'level' | 'method' | 'replicates'>;

const without = (base: Base, failed: number, reason: string): BootstrapInterval => ({
  ...base,
  low: null,
  high: null,
  standardError: null,
  failed,
  reason,
});

/** Replicates of the statistic, stretched about the observed value; undefined ones are dropped and counted. */
function resampled(
  days: readonly Float64Array[],
  value: number,
  statistic: (sum: Float64Array) => number | null,
  sums: readonly Float64Array[],
): { draws: Float64Array; failed: number } {
  const stretch = stretchOf(days.length);
  const draws = new Float64Array(sums.length);
  let kept = 0;
  for (const sum of sums) {
    const one = statistic(sum);
    if (one !== null) draws[kept++] = value + stretch * (one - value);
  }
  return { draws: draws.subarray(0, kept), failed: sums.length - kept };
}
