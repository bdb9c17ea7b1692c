import { studentTQuantile } from './distributions.ts';
import { logGamma } from './gamma.ts';
import { type Measured, measured, unmeasured } from './measured.ts';
import { sortedQuantile } from './percentile.ts';
import type { Random } from './random.ts';
import { compareRuns, type LogChange } from './run-comparison.ts';

/** Chance of seeing an effect of the stated size. */
const POWER = 0.8;
/** Beyond this many runs a side nobody waits. */
const MOST_RUNS = 10_000;
/** Fewest sessions whose 95th percentile is anything but their maximum by another name. */
const FEWEST_SESSIONS = 8;

/** Expected sample standard deviation over the true one of normal values: 0.94 for 4 degrees of freedom. */
function shrinkage(degrees: number): number {
  return Math.sqrt(2 / degrees) * Math.exp(logGamma((degrees + 1) / 2) - logGamma(degrees / 2));
}

/**
 * Smallest slowdown (in the log: 0.03 is 3 %) that a comparison like this one tells from no change with 80 %: the arm of its own interval plus
 * t_0.8 standard errors, over the bias of a standard deviation from few runs. With normal runs and equal spreads it tends to
 * (t_{1-a} + t_{0.8}) s sqrt(2 / R), which alone is up to 20 % too small below 8 runs a side. A slowdown becomes the verdict *regression* with 80 % from the band
 * plus this on. Right to 10 % for normal and t(3) runs; with a tenth of the runs throttled it is up to 28 % too small, because the next runs may be the throttled ones; a robust spread makes that worse (0.1 to 0.2 of the true effect).
 */
export function smallestDetectableEffect(change: LogChange): number {
  const arm = (change.high - change.low) / 2;
  const margin = studentTQuantile(POWER, change.degrees) * change.standardError;
  return (arm + margin) / shrinkage(change.baseline + change.candidate - 2);
}

/**
 * The same, asked of earlier runs instead of a formula: the slowdown that 80 % of comparisons tell from none whose runs are drawn from the deviations of earlier
 * sessions. Twenty and more runs show the rare slow one that the few of this comparison may lack. Right to 2 % for normal runs; with a tenth of the runs throttled
 * 16 to 25 % too small, because centring on the session's mean hides part of them: the larger of both functions is right to 10 % from 5 runs a side on.
 * @param deviations of ln of a run's number from the mean of its session, times sqrt(n / (n - 1)).
 */
export function effectAmongEarlier(
  deviations: ArrayLike<number>,
  runs: { baseline: number; candidate: number },
  { random, comparisons = 150 }: { random: Random; comparisons?: number },
): number {
  const side = (n: number): number[] =>
    Array.from({ length: n }, () => Math.exp(deviations[random.integer(deviations.length)] as number));
  const lows = Float64Array.from({ length: comparisons }, () => {
    const change = compareRuns(side(runs.baseline), side(runs.candidate), { random, replicates: 200 });
    return change?.low ?? Number.NEGATIVE_INFINITY;
  }).sort();
  return Math.max(0, -sortedQuantile(lows, 1 - POWER));
}

/**
 * Fewest runs on each side at which (t_{1-a} + t_{power}) s sqrt(2 / R) is no larger than `gap`, at least 2; null above 10 000.
 * @param spread standard deviation of ln between runs, >= 0.
 * @param gap what has to be resolved, in the log, > 0.
 */
export function runsNeeded(spread: number, gap: number, level = 0.95, power = POWER): number | null {
  const enough = (runs: number): boolean => {
    const degrees = 2 * runs - 2;
    const factor = studentTQuantile((1 + level) / 2, degrees) + studentTQuantile(power, degrees);
    return factor * spread * Math.sqrt(2 / runs) <= gap;
  };
  if (!(gap > 0) || !enough(MOST_RUNS)) return null;
  let low = 1;
  let high = MOST_RUNS;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Runs on each side at which a change of the observed size would be decided against the band with about 80 %, were the spread to stay; null where the
 * change sits on a limit of the band. Never fewer than there are.
 * @param delta tolerated relative change, inside 0..1.
 */
export function runsToDecide(change: LogChange, delta: number): number | null {
  const limits = [Math.log1p(-delta), Math.log1p(delta)];
  const gaps = limits.map((limit) => Math.abs(change.value - limit));
  const inside = change.value > (limits[0] as number) && change.value < (limits[1] as number);
  // Inside the band both ends can fail, so each gets half of the chance.
  const power = inside ? 1 - (1 - POWER) / 2 : POWER;
  const spread = change.spread / shrinkage(change.baseline + change.candidate - 2);
  const needed = runsNeeded(spread, Math.min(...gaps), change.level, power);
  return needed === null ? null : Math.max(needed, change.baseline, change.candidate);
}

/**
 * Noise floor of an executor: the 95th percentile (type 7) of |ln r| over sessions that compared the same thing with itself; refused below 8.
 * With few sessions it is close to the largest seen, so one bad session sets it.
 * @param logRatios ln of candidate / baseline of each A/A session.
 */
export function noiseFloor(logRatios: ArrayLike<number>): Measured {
  if (logRatios.length < FEWEST_SESSIONS)
    return unmeasured(`fewer than ${FEWEST_SESSIONS} sessions: ${logRatios.length}`);
  return measured(sortedQuantile(Float64Array.from(logRatios, Math.abs).sort(), 0.95));
}
