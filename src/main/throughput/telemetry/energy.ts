import { counterGrowth } from './counter.ts';
import type { Point } from './throttling.ts';

export interface EnergyQuestion {
  /** Readings of one device. */
  points: readonly Point[];
  fromNs: number;
  toNs: number;
  /** Intended time between two polls. */
  periodNs: number;
  /** Power of the device before the run, with nothing to do; without it there is no net energy. */
  idleWatts?: number;
  /** The run had a slice of the device only: the sensor sees the whole. */
  sliced?: boolean;
}

export interface Energy {
  grossJ: number | null;
  netJ: number | null;
  /** What was taken off for the net. */
  idleWatts: number | null;
  method: 'energy counter' | 'trapezoid over power readings' | null;
  /** A: counted by the driver. B: integrated from momentary power. C: integrated from averages, or the kind is not known. */
  grade: 'A' | 'B' | 'C' | null;
  /** Readings it rests on. */
  n: number;
  reason?: string;
  notes: string[];
}

const fewestReadings = 10;

interface Known {
  tNs: number;
  value: number;
}

const known = (points: readonly Point[], name: string): Known[] =>
  points
    .filter((point) => point.name === name && point.tNs !== null && point.value !== null)
    .map(({ tNs, value }) => ({ tNs: tNs!, value: value! }))
    .sort((a, b) => a.tNs - b.tNs);

/** The readings inside a window, with the last before and the first after it where they are near enough to reach it. */
const around = (points: readonly Known[], fromNs: number, toNs: number): Known[] => {
  const inside = points.filter(({ tNs }) => tNs >= fromNs && tNs <= toNs);
  const before = points.findLast(({ tNs }) => tNs < fromNs);
  const after = points.find(({ tNs }) => tNs > toNs);
  return [...(before ? [before] : []), ...inside, ...(after ? [after] : [])];
};

const between = (a: Known, b: Known, tNs: number): number =>
  a.value + ((b.value - a.value) * (tNs - a.tNs)) / (b.tNs - a.tNs);

/** The line through the readings, cut at the window; at an end without a neighbour the nearest reading holds. */
const cut = (points: readonly Known[], fromNs: number, toNs: number): Known[] => {
  const inside = points.filter(({ tNs }) => tNs >= fromNs && tNs <= toNs);
  const first = inside[0]!;
  const last = inside.at(-1)!;
  const before = points.find(({ tNs }) => tNs < fromNs);
  const after = points.findLast(({ tNs }) => tNs > toNs);
  const head = { tNs: fromNs, value: before ? between(before, first, fromNs) : first.value };
  const tail = { tNs: toNs, value: after ? between(last, after, toNs) : last.value };
  return [head, ...inside, tail].filter((point, index, all) => index === 0 || point.tNs > all[index - 1]!.tNs);
};

/** Widest time without a reading, the ends of the window counted. */
const widestGap = (points: readonly Known[], fromNs: number, toNs: number): number => {
  const inside = points.map(({ tNs }) => Math.min(Math.max(tNs, fromNs), toNs));
  const times = [fromNs, ...inside, toNs];
  return Math.max(...times.slice(1).map((tNs, index) => tNs - times[index]!));
};

const counters: { name: string; perJoule: number }[] = [
  { name: 'energy_mj', perJoule: 1e3 },
  { name: 'energy_uj', perJoule: 1e6 },
];

type Found = Pick<Energy, 'grossJ' | 'method' | 'grade' | 'n'>;

/** Growth of the driver's counter over the window, cut at its ends. */
const counted = ({ points, fromNs, toNs, periodNs }: EnergyQuestion, notes: string[]): Found | null => {
  for (const { name, perJoule } of counters) {
    const read = around(known(points, name), fromNs, toNs);
    if (read.length < 2) continue;
    if (!read.some(({ tNs }) => tNs >= fromNs && tNs <= toNs)) continue;
    const range = known(points, name.replace('energy_', 'energy_range_'))[0]?.value;
    const growth = counterGrowth(read, range);
    if ('reason' in growth) notes.push(`energy counter not used: ${growth.reason}`);
    else if (growth.value === 0) notes.push('energy counter not used: it did not move');
    else {
      const line = unwrapped(read, range);
      const start = Math.max(fromNs, line[0]!.tNs);
      const end = Math.min(toNs, line.at(-1)!.tNs);
      const covered = (end - start) / (toNs - fromNs);
      if (start - fromNs > 2 * periodNs || toNs - end > 2 * periodNs || covered <= 0) {
        notes.push('energy counter not used: it was not read near the ends of the window');
        continue;
      }
      if (covered < 1)
        notes.push(`the counter covers ${(100 * covered).toFixed(1)} % of the window; the rest at its rate`);
      const inside = cut(line, start, end);
      const joules = (inside.at(-1)!.value - inside[0]!.value) / perJoule;
      return { grossJ: joules / covered, method: 'energy counter', grade: 'A', n: read.length };
    }
  }
  return null;
};

/** A counter that wrapped, carried on. */
const unwrapped = (points: readonly Known[], range: number | undefined): Known[] => {
  let added = 0;
  return points.map((point, index) => {
    if (range !== undefined && index > 0 && point.value < points[index - 1]!.value) added += range;
    return { tNs: point.tNs, value: point.value + added };
  });
};

const integrated = ({ points, fromNs, toNs, periodNs }: EnergyQuestion): Found | { reason: string } => {
  const name = ['power_instant_w', 'power_w'].find((each) => known(points, each).length > 0);
  if (name === undefined) return { reason: 'no reading of power' };
  const all = known(points, name);
  const inside = all.filter(({ tNs }) => tNs >= fromNs && tNs <= toNs);
  if (inside.length < fewestReadings)
    return { reason: `fewer than ${fewestReadings} readings of power in the window: ${inside.length}` };
  const near = around(all, fromNs, toNs);
  const gap = widestGap(near, fromNs, toNs);
  if (gap > 2 * periodNs)
    return { reason: `a gap of more than twice the period between readings of power: ${Math.round(gap / 1e6)} ms` };
  const line = cut(near, fromNs, toNs);
  let joules = 0;
  for (const [index, point] of line.entries()) {
    const last = line[index - 1];
    if (last) joules += ((last.value + point.value) / 2) * ((point.tNs - last.tNs) / 1e9);
  }
  const momentary = name === 'power_instant_w';
  return { grossJ: joules, method: 'trapezoid over power readings', grade: momentary ? 'B' : 'C', n: inside.length };
};

const fewestIdle = 3;

/**
 * Power of a device in watts while nothing ran on it yet: growth of its energy counter over time, else the mean of at least three
 * readings of power; null where there are fewer. Too high where the device was still cooling down or busy with others.
 */
export const idlePower = (points: readonly Point[], untilNs: number): number | null => {
  const before = points.filter(({ tNs }) => tNs !== null && tNs < untilNs);
  for (const { name, perJoule } of counters) {
    const read = known(before, name);
    const seconds = ((read.at(-1)?.tNs ?? 0) - (read[0]?.tNs ?? 0)) / 1e9;
    const growth = counterGrowth(read, known(points, name.replace('energy_', 'energy_range_'))[0]?.value);
    if (read.length >= fewestIdle && 'value' in growth && growth.value > 0) return growth.value / perJoule / seconds;
  }
  for (const name of ['power_instant_w', 'power_w']) {
    const read = known(before, name);
    if (read.length >= fewestIdle) return read.reduce((sum, { value }) => sum + value, 0) / read.length;
  }
  return null;
};

/**
 * Energy of one device over a window, in joules: the driver's counter first, else the trapezoid over power readings with
 * their real times. Refused below ten readings or with a gap of more than two periods.
 *
 * Failure region: the sensor behind nvidia-smi sees 25 of every 100 ms on A100 and H100 (Yang, Adamek, Armour, "Part-time
 * Power Measurements", SC24), so a load that keeps step with 100 ms is integrated wrongly however many readings there are.
 */
export const energyOf = (question: EnergyQuestion): Energy => {
  const none: Energy = { grossJ: null, netJ: null, idleWatts: null, method: null, grade: null, n: 0, notes: [] };
  const { fromNs, toNs, idleWatts, sliced } = question;
  if (sliced) return { ...none, reason: 'energy cannot be attributed inside a slice of a device' };
  if (!(toNs > fromNs)) return { ...none, reason: 'the window is empty' };
  const notes: string[] = [];
  const found = counted(question, notes) ?? integrated(question);
  if ('reason' in found) return { ...none, reason: found.reason, notes };
  if (found.grade !== 'A')
    notes.push('on A100 and H100 the sensor sees 25 of every 100 ms: keep the load even and the window full');
  const seconds = (toNs - fromNs) / 1e9;
  const netJ = idleWatts === undefined ? null : found.grossJ! - idleWatts * seconds;
  if (idleWatts === undefined) notes.push('no net energy: idle power was not measured');
  else if (netJ! < 0) notes.push('net energy is below zero: the idle power was taken on a busy device');
  return { ...found, netJ, idleWatts: idleWatts ?? null, notes };
};
