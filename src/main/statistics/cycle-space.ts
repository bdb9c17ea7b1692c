/** Where a slowdown lives: in the clock, in the cycles an item takes, in both, or in neither. */
export interface CycleArgument {
  /** Cycles per item, candidate / baseline. */
  cycles: number;
  kind: 'frequency' | 'cycles' | 'both' | 'neither';
}

/**
 * Splits a change of time into clock and cycles: cycles = time ratio x clock ratio. About 1 while the clock fell means frequency (power, thermal, a lock);
 * above 1 at an equal clock means software, memory or contention. Holds for work bound to the clock that was read: memory-bound work
 * does not slow down with the core clock and shows as fewer cycles. Not an interval: judge the time ratio first.
 * @param clockRatio loaded clock, candidate / baseline, > 0.
 * @param timeRatio time per item, candidate / baseline, > 0.
 * @param tolerance what counts as equal, 2 % by default.
 */
export function cycleArgument(clockRatio: number, timeRatio: number, tolerance = 0.02): CycleArgument {
  if (!(clockRatio > 0 && timeRatio > 0)) throw new RangeError(`not a positive ratio: ${clockRatio}, ${timeRatio}`);
  const cycles = clockRatio * timeRatio;
  const slower = clockRatio < 1 - tolerance;
  const more = cycles > 1 + tolerance;
  return { cycles, kind: slower ? (more ? 'both' : 'frequency') : more ? 'cycles' : 'neither' };
}
