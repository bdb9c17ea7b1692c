/** What Dawn rounds timestamps to when quantisation cannot be switched off. */
const quantumNs = 65_536;

export type DeviceTime = { ns: number } | { discarded: string };

/** The device's own duration beside the host's: a second witness only when it is possible and covers what was timed. */
export const deviceTime = (begin: bigint, end: bigint, hostNs: number): DeviceTime => {
  const ns = Number(end - begin);
  if (ns === 0) return { discarded: 'zero' };
  if (ns < 0) return { discarded: 'negative' };
  if (ns % quantumNs === 0) return { discarded: `a multiple of ${quantumNs} ns` };
  if (ns > hostNs) return { discarded: 'longer than the host measured' };
  if (ns < 0.9 * hostNs) return { discarded: 'less than 0.9 of what the host measured' };
  return { ns };
};

/** One sentence for the batches without a device time: how many, and why. */
export const discardedReason = (discarded: ReadonlyMap<string, number>, batches: number): string =>
  `device time left out of ${[...discarded.values()].reduce((a, b) => a + b, 0)} of ${batches} batches: ${[...discarded]
    .map(([reason, count]) => `${reason} ${count}`)
    .join(', ')}`;
