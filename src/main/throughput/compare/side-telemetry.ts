import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { faultsUnknownNote, readXids, type XidKind, xidOf } from '../telemetry/xid.ts';
import { type Quantity, quantities, type RunTelemetry, runTelemetry } from './run-telemetry.ts';
import { medianOf } from './run-window.ts';

export interface SeenXid {
  code: number;
  kind: XidKind;
  text: string;
  /** Runs in whose time it was reported. */
  runs: number;
}

export interface SideTelemetry {
  /** Over the runs of a side: the worst of counters and shares of faults, else the median. */
  of: RunTelemetry;
  xids: SeenXid[];
  /** Why nobody knows whether the driver reported errors; null where its log was watched. */
  xidsUnknown: string | null;
  /** What ended the telemetry of a run, where something did. */
  lost: string | null;
  /** Runs with any reading. */
  runs: number;
}

/** One bad run is enough to suspect these; of the rest a typical run is asked. */
const worst: Partial<Record<Quantity, (...values: number[]) => number>> = {
  pcieReplays: Math.max,
  eccCorrected: Math.max,
  eccUncorrected: Math.max,
  rowsRemapped: Math.max,
  rowsPending: Math.max,
  rowsFailed: Math.max,
  brakeShare: Math.max,
  nodesFallback: Math.max,
};

/** Numbers stand in readings named `xid`, in the notes of a run as `Xid 79 at 0000:65:00`, or in lines of the kernel's log among its reasons. */
const xidsOf = (run: ThroughputRun): number[] => {
  const read = run.readings.flatMap(({ name, value }) => (name === 'xid' && value !== null ? [value] : []));
  const told = [...run.invalidReasons, ...(run.notes ?? []), ...run.throttling.reasons];
  const noted = told.flatMap((text) => [...text.matchAll(/\bXid (\d+) at /g)].map(([, digits]) => Number(digits)));
  return [...new Set([...read, ...noted, ...readXids(told.join('\n')).map(({ code }) => code)])];
};

const onProcessor = ({ executor: { kind } }: ThroughputRun): boolean => kind === 'cpu' || kind === 'software';

/** Only a run of ours on a GPU was watched, and it says so in a note when the driver's log could not be read. */
const xidsUnknownOf = (runs: readonly ThroughputRun[], watched: number): string | null => {
  const told = runs.flatMap(({ notes }) => notes ?? []).find((note) => note.startsWith(faultsUnknownNote));
  if (told) return told.slice(faultsUnknownNote.length);
  if (watched === 0) return 'no telemetry was taken';
  if (runs.some(({ source }) => source !== undefined)) return 'a file does not say whether the driver was watched';
  return runs.every(onProcessor) ? 'no GPU executed, so no driver was watched' : null;
};

export const sideTelemetry = (runs: readonly ThroughputRun[]): SideTelemetry => {
  const each = runs.flatMap((run) => runTelemetry(run) ?? []);
  const of = Object.fromEntries(
    quantities.map((name) => {
      const found = each.flatMap((telemetry) => telemetry[name] ?? []);
      const pick = worst[name];
      return [name, found.length === 0 ? null : pick ? pick(...found) : medianOf(found)];
    }),
  ) as RunTelemetry;
  const seen = runs.flatMap(xidsOf);
  const xids = [...new Set(seen)].map((code) => ({
    code,
    ...xidOf(code),
    runs: seen.filter((other) => other === code).length,
  }));
  const lost = runs
    .flatMap(({ readings, notes }) => [...readings.map(({ reason }) => reason), ...(notes ?? [])])
    .find((text) => text?.startsWith('telemetry lost'));
  return { of, xids, xidsUnknown: xidsUnknownOf(runs, each.length), lost: lost ?? null, runs: each.length };
};
