import { createRandom } from '../../statistics/random.ts';
import type { LogChange } from '../../statistics/run-comparison.ts';
import { effectAmongEarlier, runsNeeded, smallestDetectableEffect } from '../../statistics/run-planning.ts';
import type { RunVerdict } from '../../statistics/run-verdict.ts';
import type { Direction } from '../../statistics/verdict.ts';

export interface Reach {
  /** Relative slowdowns: told from none, and called a regression, with power 0.8. */
  effect: number;
  regression: number;
}

/** A harmful change of so much in the log as a share of the baseline: a rate falls by 1 - exp(-s), a time grows by exp(s) - 1. */
const relative = (log: number, direction: Direction): number =>
  direction === 'higher-is-better' ? -Math.expm1(-log) : Math.expm1(log);

/** Earlier runs below which the formula on the runs compared is asked. */
const fewestEarlier = 40;

/** @param earlier deviations of earlier runs of this executor, which know of rare slow runs that the compared ones may lack. */
export const reachOf = (
  change: LogChange,
  { delta, direction, seed }: { delta: number; direction: Direction; seed: number },
  earlier: readonly number[],
): Reach => {
  const known = !change.provisional && earlier.length >= fewestEarlier;
  const effect = known
    ? effectAmongEarlier(earlier, change, { random: createRandom(seed) })
    : smallestDetectableEffect(change);
  const edge = direction === 'higher-is-better' ? -Math.log1p(-delta) : Math.log1p(delta);
  return { effect: relative(effect, direction), regression: relative(effect + edge, direction) };
};

/**
 * The verdict with the rule that no change is never said where a slowdown of the size of the tolerance would have gone unseen; and
 * with the runs that would make it possible.
 */
export const withReach = (
  verdict: RunVerdict,
  change: LogChange | null,
  reach: Reach | null,
  delta: number,
): RunVerdict => {
  if (verdict.verdict !== 'no change' || change === null || reach === null || reach.effect <= delta) return verdict;
  const enough = runsNeeded(change.spread, Math.log1p(delta), change.level);
  return {
    ...verdict,
    verdict: 'inconclusive',
    missing: {
      runsPerSide: enough === null ? null : Math.max(enough, change.baseline + 1, change.candidate + 1),
      reason: 'a slowdown of the size of the tolerance would have gone unseen',
    },
  };
};
