import { counterGrowth } from './counter.ts';
import type { Measured } from './reading.ts';

/** Bits of NVML's clocks-event mask in words. */
const reasons: { bit: number; name: string; text: string }[] = [
  { bit: 0x1, name: 'gpu_idle', text: 'nothing to do' },
  { bit: 0x2, name: 'applications_clocks_setting', text: 'application clocks set by a person' },
  { bit: 0x4, name: 'sw_power_cap', text: 'power limit reached' },
  { bit: 0x8, name: 'hw_slowdown', text: 'hardware slow-down' },
  { bit: 0x10, name: 'sync_boost', text: 'held to the clock of another GPU' },
  { bit: 0x20, name: 'sw_thermal_slowdown', text: 'too hot: the driver lowers the clock' },
  { bit: 0x40, name: 'hw_thermal_slowdown', text: 'too hot: the hardware lowers the clock' },
  { bit: 0x80, name: 'hw_power_brake_slowdown', text: 'power brake pulled from outside' },
  { bit: 0x100, name: 'display_clocks_setting', text: 'clock set by the display' },
];

/** Slow-downs that make a measurement unrepresentative: hardware, both kinds of heat, power brake. */
export const slowDownMask = 0xe8;

const counted = ['sw_power_cap', 'sw_thermal_slowdown', 'hw_thermal_slowdown', 'hw_power_brake_slowdown'];

/** A mask in words; bits that no documentation names are named by their number. */
export const reasonsOf = (mask: number): string[] => {
  const known = reasons.filter(({ bit }) => (mask & bit) !== 0).map(({ text }) => text);
  const rest = mask & ~reasons.reduce((all, { bit }) => all | bit, 0);
  return rest === 0 ? known : [...known, `unnamed reason 0x${(rest >>> 0).toString(16)}`];
};

/** A point of telemetry of one device, as a run keeps it. */
export interface Point {
  tNs: number | null;
  name: string;
  value: number | null;
  reason?: string;
}

interface Held {
  from: number;
  to: number;
  mask: number;
}

/** A poll stands for the time until the next one, but never for more than two periods: beyond that nobody looked. */
const heldMasks = (points: readonly Point[], from: number, to: number, periodNs: number): Held[] => {
  const masks = points
    .filter((point) => point.name === 'clock_event_reasons' && point.tNs !== null)
    .sort((a, b) => a.tNs! - b.tNs!);
  return masks.flatMap(({ tNs, value }, index): Held[] => {
    if (value === null) return [];
    const end = Math.min(masks[index + 1]?.tNs ?? to, tNs! + 2 * periodNs, to);
    const start = Math.max(tNs!, from);
    return end > start ? [{ from: start, to: end, mask: value }] : [];
  });
};

export interface Throttling {
  /** Share of the watched time under one of the slow-downs of `slowDownMask`; null when nobody watched. */
  share: number | null;
  /** Share of the window that polls cover. */
  watched: number;
  reasons: { name: string; text: string; share: number; from: 'counter' | 'polls'; slowDown: boolean }[];
  reason?: string;
}

/**
 * Shares of a window under each reason. The driver's own counters (microseconds, cumulative) are exact and win; polls of
 * the mask see what held at that moment. Idle is left out: it is not a limit.
 */
export const throttlingIn = (
  points: readonly Point[],
  window: { fromNs: number; toNs: number },
  periodNs: number,
): Throttling => {
  const { fromNs, toNs } = window;
  const length = toNs - fromNs;
  const held = heldMasks(points, fromNs, toNs, periodNs);
  const timeOf = (mask: number) =>
    held.reduce((sum, each) => sum + ((each.mask & mask) !== 0 ? each.to - each.from : 0), 0);
  const watchedNs = held.reduce((sum, each) => sum + each.to - each.from, 0);
  const found: Throttling['reasons'] = [];
  const counters: number[] = [];
  for (const { bit, name, text } of reasons) {
    if (name === 'gpu_idle') continue;
    const slowDown = (bit & slowDownMask) !== 0;
    const counter = counted.includes(name) ? counterShare(points, name, window) : { reason: 'has no counter' };
    const polled = watchedNs > 0 ? timeOf(bit) / watchedNs : 0;
    if ('value' in counter) {
      if (slowDown) counters.push(counter.value);
      if (counter.value > 0) found.push({ name, text, share: counter.value, from: 'counter', slowDown });
    } else if (polled > 0) {
      found.push({ name, text, share: polled, from: 'polls', slowDown });
    }
  }
  found.sort((a, b) => b.share - a.share);
  const watched = length > 0 ? watchedNs / length : 0;
  if (watchedNs === 0 && counters.length === 0)
    return { share: null, watched, reasons: found, reason: 'no reading of the clock-event reasons in the window' };
  const polled = watchedNs > 0 ? timeOf(slowDownMask) / watchedNs : 0;
  return { share: Math.max(polled, ...counters), watched, reasons: found };
};

/** Growth of a reason's counter over the time between its first and last reading inside the window. */
const counterShare = (
  points: readonly Point[],
  name: string,
  { fromNs, toNs }: { fromNs: number; toNs: number },
): Measured => {
  const read = points
    .filter((point) => point.name === `${name}_us` && point.tNs !== null && point.tNs >= fromNs && point.tNs <= toNs)
    .map(({ tNs, value }) => ({ tNs: tNs!, value }))
    .filter((point) => point.value !== null)
    .sort((a, b) => a.tNs - b.tNs);
  const growth = counterGrowth(read);
  if ('reason' in growth) return growth;
  const elapsedUs = (read.at(-1)!.tNs - read[0]!.tNs) / 1e3;
  return elapsedUs > 0 ? { value: Math.min(1, growth.value / elapsedUs) } : { reason: 'no time between the readings' };
};

/** Stretches of time under a slow-down, for the rule that takes samples out: a poll stands until the next one. */
export const slowDownStretches = (
  points: readonly Point[],
  window: { fromNs: number; toNs: number },
  periodNs: number,
): { fromNs: number; toNs: number; reasons: string[] }[] =>
  heldMasks(points, window.fromNs, window.toNs, periodNs)
    .filter(({ mask }) => (mask & slowDownMask) !== 0)
    .map(({ from, to, mask }) => ({ fromNs: from, toNs: to, reasons: reasonsOf(mask & slowDownMask) }));
