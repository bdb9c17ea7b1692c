import type { RunReading, ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { sortedQuantile } from '../../statistics/percentile.ts';

export interface Window {
  fromNs: number;
  toNs: number;
}

/** When the run was measuring, on the clock of its samples and readings; null where nothing says when. */
export const measuredWindow = (run: ThroughputRun): Window | null => {
  const phase = run.phases.find(({ name }) => name === 'measure');
  if (phase && phase.from !== null && phase.to !== null && phase.to > phase.from)
    return { fromNs: phase.from, toNs: phase.to };
  const samples = run.samples.filter(({ phase: name, startNs }) => name === 'measure' && startNs !== null);
  const [first, last] = [samples[0], samples.at(-1)];
  if (first?.startNs != null && last?.startNs != null)
    return { fromNs: first.startNs, toNs: last.startNs + last.durationNs };
  const times = run.readings.flatMap(({ tNs }) => tNs ?? []);
  return times.length < 2 ? null : { fromNs: Math.min(...times), toNs: Math.max(...times) };
};

interface KnownReading {
  tNs: number;
  value: number;
}

/** Readings by their name, those with a value and an instant, in order. */
export type Readings = ReadonlyMap<string, readonly KnownReading[]>;

export const readingsOf = (readings: readonly RunReading[]): Readings => {
  const byName = new Map<string, KnownReading[]>();
  for (const { name, tNs, value } of readings) {
    if (tNs === null || value === null) continue;
    const known = byName.get(name);
    if (known) known.push({ tNs, value });
    else byName.set(name, [{ tNs, value }]);
  }
  for (const known of byName.values()) known.sort((x, y) => x.tNs - y.tNs);
  return byName;
};

export const inside = (readings: readonly KnownReading[], { fromNs, toNs }: Window): KnownReading[] =>
  readings.filter(({ tNs }) => tNs >= fromNs && tNs <= toNs);

/** Median; null of nothing. */
export const medianOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : sortedQuantile(Float64Array.from(values).sort(), 0.5);

/** The usual time between two readings; half a second where there are too few to tell. */
export const pollPeriodNs = (readings: readonly KnownReading[]): number =>
  medianOf(readings.slice(1).map(({ tNs }, i) => tNs - (readings[i]?.tNs ?? tNs))) ?? 5e8;
