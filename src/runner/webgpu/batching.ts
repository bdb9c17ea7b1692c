/** More in one submission costs memory for commands and gains nothing. */
const mostIterations = 2 ** 16;

/**
 * Iterations of the next batch, a power of two so that the same machine settles on the same number: enough for a batch
 * of `targetNs` at the pace of the last one, growing at most eightfold, since a first short batch says little.
 */
export const nextIterations = (iterations: number, elapsedNs: number, targetNs: number): number => {
  if (elapsedNs >= targetNs) return iterations;
  const wanted = iterations * (targetNs / Math.max(1, elapsedNs));
  return Math.min(mostIterations, iterations * 8, 2 ** Math.ceil(Math.log2(wanted)));
};
