import type { Executor, RunReading, ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { percent } from '../../../shared/units.ts';
import { type Energy, energyOf, idlePower } from '../telemetry/energy.ts';
import { runReadings, type TelemetryRecord, type TimedReading, usualPeriodMs } from '../telemetry/sampler.ts';
import { type Point, slowDownStretches, throttlingIn } from '../telemetry/throttling.ts';
import { faultsUnknownNote } from '../telemetry/xid.ts';
import type { SlowStretch } from './measured-samples.ts';

export interface RunTelemetry {
  /** On the clock of the samples. */
  readings: RunReading[];
  /** Readings of the device that ran the workload, on the same clock. */
  own: Point[];
  /** Why nothing is known of the device, where nothing is. */
  noDevice: string | null;
  sliced: boolean;
  /** When the process began; what was read before it is of a device at rest. */
  beganNs: number;
  periodNs: number;
  notes: string[];
}

interface TelemetryQuestion {
  record: TelemetryRecord | null;
  /** What to add to an instant of the samples to get one of the readings; null where that is not known. */
  offsetNs: number | null;
  /** When the process began, on the clock of the readings. */
  startedNs: number;
  executor: Executor;
  /** UUID of the GPU that was used, where it is known. */
  device: string | null;
  /** What the runner itself read, on the clock of the samples. */
  fromRunner: readonly RunReading[];
}

const isHost = (device: string): boolean => device === 'host' || /^(?:rapl|hwmon|linux)/.test(device);
const isPackage = (device: string): boolean => /^rapl:\d+$/.test(device);

/** The device that did the work, or why it cannot be told. */
const deviceOf = (
  readings: readonly TimedReading[],
  executor: Executor,
  device: string | null,
): { own: string } | { reason: string } => {
  const devices = [...new Set(readings.map((reading) => reading.device))];
  if (executor.kind === 'cpu' || executor.kind === 'software') {
    const packages = devices.filter(isPackage);
    if (packages.length === 1) return { own: packages[0]! };
    return { reason: packages.length === 0 ? 'no energy counter of the processor' : 'several processor packages' };
  }
  if (executor.kind !== 'gpu') return { reason: 'the runner did not say that a GPU did the work' };
  const gpus = devices.filter((each) => !isHost(each));
  if (device !== null && gpus.includes(device)) return { own: device };
  if (gpus.length === 1) return { own: gpus[0]! };
  return { reason: gpus.length === 0 ? 'no telemetry of a GPU' : 'several GPUs, and the runner did not name its own' };
};

const sourceNotes = (record: TelemetryRecord, executor: Executor): string[] => [
  ...record.sources
    .filter(({ state }) => state === 'lost')
    .map(({ tool, reason }) => `telemetry lost: ${tool}, ${reason ?? 'no reason given'}`),
  ...record.problems.map(({ tool, text, count }) => `telemetry of ${tool}, ${count} times: ${text}`),
  ...(record.faultsUnknown !== null && executor.kind === 'gpu' ? [`${faultsUnknownNote}${record.faultsUnknown}`] : []),
  ...record.faults.map(({ code, text, pciBus }) => `fault of a GPU during the run, Xid ${code} at ${pciBus}: ${text}`),
];

/** What the telemetry of one run is worth: brought to the clock of its samples, and whose device it is. */
export const telemetryOf = (question: TelemetryQuestion): RunTelemetry => {
  const { record, offsetNs, startedNs, executor, device, fromRunner } = question;
  const shift = offsetNs ?? startedNs;
  const beganNs = startedNs - shift;
  const none = {
    readings: [...fromRunner],
    own: [...fromRunner],
    sliced: false,
    beganNs,
    periodNs: usualPeriodMs * 1e6,
  };
  if (record === null) return { ...none, noDevice: 'no telemetry was taken', notes: [] };
  const timed = record.readings.map((reading) => ({ ...reading, tNs: reading.tNs - shift }));
  const chosen = deviceOf(timed, executor, device);
  const own = 'own' in chosen ? timed.filter((reading) => reading.device === chosen.own) : [];
  const sliced = own.some(({ name, value }) => name === 'mig_instances' && (value ?? 0) > 0);
  const told = fromRunner.length > 0;
  return {
    readings: [...runReadings(timed, 'own' in chosen ? chosen.own : null), ...fromRunner],
    own: [...own, ...fromRunner],
    noDevice: 'own' in chosen || told ? null : chosen.reason,
    sliced,
    beganNs,
    periodNs: record.periodMs * 1e6,
    notes: sourceNotes(record, executor),
  };
};

const noWindow = 'the samples have no instants, so telemetry cannot be laid beside them';

export interface Span {
  fromNs: number;
  toNs: number;
}

export const stretchesIn = ({ own, periodNs }: RunTelemetry, span: Span | null): SlowStretch[] =>
  span === null ? [] : slowDownStretches(own, span, periodNs);

/** Over this share of the measured time the rest does not speak for the executor. */
const mostThrottled = 0.2;

export const throttlingOf = (
  { own, periodNs, noDevice }: RunTelemetry,
  executor: Executor,
  span: Span | null,
  slowShare: number,
): ThroughputRun['throttling'] => {
  if (executor.kind === 'cpu' || executor.kind === 'software') {
    return { share: null, reasons: ['a processor does not tell why it lowers its clock'] };
  }
  if (noDevice !== null) return { share: null, reasons: [noDevice] };
  if (span === null) return { share: null, reasons: [noWindow] };
  const { share, reasons, reason } = throttlingIn(own, span, periodNs);
  const worst = Math.max(share ?? 0, slowShare);
  const words = reasons.map((each) => {
    const kind = each.slowDown ? '' : ', not a slow-down of the hardware';
    return `${each.text}: ${percent(each.share)} of the measured time${kind}`;
  });
  if (share === null) return { share, reasons: [...words, reason ?? 'not known'] };
  if (worst <= mostThrottled) return { share, reasons: words, representative: true };
  const verdict = `throttled: not representative, ${percent(worst)} of the measured time under a hardware slow-down`;
  return { share, reasons: [verdict, ...words], representative: false };
};

export const energyIn = (telemetry: RunTelemetry, span: Span | null): Energy => {
  const none: Energy = { grossJ: null, netJ: null, idleWatts: null, method: null, grade: null, n: 0, notes: [] };
  if (telemetry.noDevice !== null) return { ...none, reason: telemetry.noDevice };
  if (span === null) return { ...none, reason: noWindow };
  const { own, sliced, beganNs, periodNs } = telemetry;
  const idleWatts = idlePower(own, beganNs);
  return energyOf({ points: own, ...span, periodNs, sliced, ...(idleWatts === null ? {} : { idleWatts }) });
};
