import type { Verdict } from '../../shared/model/verdict.ts';
import { holm } from './multiplicity.ts';
import { type LogChange, tailBeyond } from './run-comparison.ts';
import { runsToDecide } from './run-planning.ts';
import { type Direction, decide } from './verdict.ts';

export interface RunVerdict {
  verdict: Verdict;
  /** From few runs: may stand until there are more. */
  provisional: boolean;
  /** What an inconclusive verdict lacks. */
  missing: { runsPerSide: number | null; reason: string } | null;
}

interface Band {
  /** Tolerated relative change, inside 0..1: 0.03 is 3 %. */
  delta: number;
  direction: Direction;
  /** |ln r| below which sessions that compare the same thing with itself already fall, where known. */
  noiseFloor?: number;
}

/**
 * Verdict of a change against a band fixed beforehand, by two one-sided tests (Schuirmann 1987) read off the interval of the ratio: wholly beyond 1 -/+ delta,
 * wholly inside, else inconclusive with the runs that would decide. A ratio inside the executor's noise floor is never more than inconclusive.
 * With a 95 % interval each one-sided test is at 2.5 %.
 * @param change null when a side has fewer than two runs.
 */
export function runVerdict(change: LogChange | null, band: Band): RunVerdict {
  if (change === null) {
    const missing = { runsPerSide: null, reason: 'one run a side says nothing about the spread between runs' };
    return { verdict: 'inconclusive', provisional: true, missing };
  }
  const { delta, direction, noiseFloor = 0 } = band;
  const { provisional } = change;
  const verdict = decide({ low: Math.expm1(change.low), high: Math.expm1(change.high), delta, direction });
  if (verdict === 'inconclusive') {
    const runsPerSide = runsToDecide(change, delta);
    const reason =
      runsPerSide === null
        ? 'the change sits on the edge of the tolerance'
        : 'the interval reaches over the edge of the tolerance';
    return { verdict, provisional, missing: { runsPerSide, reason } };
  }
  if (verdict !== 'no change' && Math.abs(change.value) <= noiseFloor) {
    const reason = `within the noise floor of this executor: ${noiseFloor}`;
    return { verdict: 'inconclusive', provisional, missing: { runsPerSide: null, reason } };
  }
  return { verdict, provisional, missing: null };
}

/**
 * Verdicts of secondary metrics: regressions and improvements stand only where Holm's correction over all of them and both directions leaves them
 * (family-wise error at most 1 - level under any dependence); what it takes away is inconclusive. No change needs no correction: it raises no alarm.
 */
export function secondaryVerdicts(metrics: readonly { change: LogChange; band: Band }[]): RunVerdict[] {
  const margins = metrics.map(({ band }) => ({ up: Math.log1p(band.delta), down: -Math.log1p(-band.delta) }));
  const tails = metrics.flatMap(({ change }, i) => [
    tailBeyond(change, margins[i]?.up ?? 0, 'up'),
    tailBeyond(change, margins[i]?.down ?? 0, 'down'),
  ]);
  const adjusted = holm(tails);
  return metrics.map(({ change, band }, i) => {
    const alone = runVerdict(change, band);
    if (alone.verdict !== 'regression' && alone.verdict !== 'improvement') return alone;
    const smallest = Math.min(adjusted[2 * i] as number, adjusted[2 * i + 1] as number);
    if (smallest <= 1 - change.level) return alone;
    const reason = `one of ${metrics.length} metrics looked at: not beyond chance after correction`;
    return { ...alone, verdict: 'inconclusive', missing: { runsPerSide: null, reason } };
  });
}
