/** More in one submission costs memory for commands and gains nothing. */
const mostIterations = 2 ** 16;

/**
 * Iterations of the next batch, a power of two so that the same machine settles on the same number: enough to fill
 * `targetNs` at the pace of the last batches, growing at most eightfold, since a first short batch says little.
 * @param paces nanoseconds an iteration, batch after batch; the faster of the last two counts, so that one stumble of
 * the host makes no batch too short and one lucky batch long ago makes none too long.
 */
export const nextIterations = (iterations: number, paces: readonly number[], targetNs: number): number => {
  const pace = Math.max(1, Math.min(...paces.slice(-2)));
  const wanted = 2 ** Math.ceil(Math.log2(targetNs / pace));
  return Math.max(iterations, Math.min(mostIterations, iterations * 8, wanted));
};
