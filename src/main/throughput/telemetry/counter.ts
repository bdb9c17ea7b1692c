import type { Measured } from './reading.ts';

export interface CounterPoint {
  tNs: number;
  /** What the counter stood at; null when it was not read. */
  value: number | null;
}

/**
 * How far a counter that only grows has grown between two readings. One that fell was reset (driver reloaded, device
 * reset) and says nothing about the time between, unless it is known to wrap at `range`.
 */
export const counterDelta = (before: number | null, after: number | null, range?: number): Measured => {
  if (before === null || after === null) return { reason: 'the counter was not read on both sides' };
  if (after >= before) return { value: after - before };
  if (range !== undefined && before <= range) return { value: range - before + after };
  return { reason: `the counter was reset: ${before} to ${after}` };
};

/** Growth from the first to the last point that was read; a reset anywhere between makes it unknown. */
export const counterGrowth = (points: readonly CounterPoint[], range?: number): Measured => {
  const read = points.filter((point) => point.value !== null);
  if (read.length < 2) return { reason: `needs two readings of the counter: ${read.length}` };
  let sum = 0;
  for (const [index, point] of read.entries()) {
    if (index === 0) continue;
    const step = counterDelta(read[index - 1]!.value, point.value, range);
    if ('reason' in step) return step;
    sum += step.value;
  }
  return { value: sum };
};
