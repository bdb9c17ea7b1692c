import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { readXids, type XidKind, xidOf } from '../telemetry/xid.ts';
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

/** Readings `xid` carry the number; lines of the kernel's log may stand among the reasons of a run that died. */
const xidsOf = (run: ThroughputRun): number[] => {
  const read = run.readings.flatMap(({ name, value }) => (name === 'xid' && value !== null ? [value] : []));
  const told = [...run.invalidReasons, ...(run.notes ?? []), ...run.throttling.reasons];
  return [...new Set([...read, ...readXids(told.join('\n')).map(({ code }) => code)])];
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
    .flatMap(({ readings }) => readings)
    .find(({ reason }) => reason?.startsWith('telemetry lost'))?.reason;
  return { of, xids, lost: lost ?? null, runs: each.length };
};
