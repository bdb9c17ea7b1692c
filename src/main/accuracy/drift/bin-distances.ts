import { jensenShannon, populationStability } from '../../statistics/distance.ts';

/** Share put in place of an empty cell of the stability index. */
const ZERO_FILL = 1e-4;

/** Jensen-Shannon distance (base 2) and stability index of two histograms on the same bins; null with an empty side. */
export function binDistances(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): { js: number | null; psi: number | null } {
  return {
    js: jensenShannon(reference, current, { base: 2 }).distance.value,
    psi: populationStability(reference, current, { zeroFill: ZERO_FILL }).value,
  };
}
