import { decimal, percent } from '../../../shared/units.ts';
import type { StepId } from '../checklist-step.ts';
import type { CauseEvidence } from './evidence.ts';
import type { Quantity, RunTelemetry } from './run-telemetry.ts';
import type { SideTelemetry } from './side-telemetry.ts';
import { thresholds as t } from './thresholds.ts';

interface Readings {
  baseline: RunTelemetry;
  candidate: RunTelemetry;
}

type Rule = (readings: Readings) => { text: string; weight: number } | null;

const number = (value: number | null, unit = ''): string => (value === null ? 'unknown' : `${decimal(value)}${unit}`);

/** Candidate over baseline, where both are known and above 0. */
const ratioOf = ({ baseline, candidate }: Readings, name: Quantity): number | null => {
  const [before, now] = [baseline[name], candidate[name]];
  return before !== null && now !== null && before > 0 && now > 0 ? now / before : null;
};

const fell =
  (name: Quantity, what: string, unit: string, limit: number, weight: number): Rule =>
  (readings) => {
    const ratio = ratioOf(readings, name);
    if (ratio === null || ratio >= limit) return null;
    const [before, now] = [readings.baseline[name], readings.candidate[name]];
    return {
      text: `${what} ${number(now, unit)}, baseline ${number(before, unit)}: ratio ${decimal(ratio, 3)}, below ${limit}`,
      weight,
    };
  };

/** A share of time that grew by more than `more`; an unwatched baseline is taken to be free of it. */
const shareGrew =
  (name: Quantity, what: string, more: number, weight: number): Rule =>
  ({ baseline, candidate }) => {
    const now = candidate[name];
    if (now === null || now - (baseline[name] ?? 0) <= more) return null;
    const before = baseline[name] === null ? 'unknown' : percent(baseline[name]);
    return {
      text: `${what} ${percent(now)} of the time, baseline ${before}: more than ${percent(more, 0)} above`,
      weight,
    };
  };

/** A counter or share above a limit, and above what the baseline had. */
const above =
  (
    name: Quantity,
    what: string,
    limit: number,
    weight: number,
    print: (value: number) => string = (v) => number(v),
  ): Rule =>
  ({ baseline, candidate }) => {
    const now = candidate[name];
    if (now === null || now <= limit || now <= (baseline[name] ?? 0)) return null;
    const before = baseline[name] === null ? 'unknown' : print(baseline[name]);
    return { text: `${what} ${print(now)}, baseline ${before}: above ${print(limit)}`, weight };
  };

const limitDiffers: Rule = ({ baseline, candidate }) => {
  const [before, now] = [baseline.powerLimitW, candidate.powerLimitW];
  if (before === null || now === null || before - now < t.limitWatts) return null;
  return {
    text: `power limit ${number(now, ' W')}, baseline ${number(before, ' W')}: lower by ${t.limitWatts} W or more`,
    weight: 0.7,
  };
};

const margin: Rule = ({ baseline, candidate }) => {
  const now = candidate.temperatureMarginC;
  if (now === null || now > t.marginC || (baseline.temperatureMarginC ?? Number.POSITIVE_INFINITY) <= now) return null;
  return {
    text: `margin to the thermal limit ${number(now, ' C')}, baseline ${number(baseline.temperatureMarginC, ' C')}: at most ${t.marginC} C`,
    weight: 0.6,
  };
};

const hotter: Rule = ({ baseline, candidate }) => {
  const [before, now] = [baseline.temperatureC, candidate.temperatureC];
  if (before === null || now === null || now - before < t.hotterC) return null;
  return {
    text: `highest temperature ${number(now, ' C')}, baseline ${number(before, ' C')}: up by ${t.hotterC} C or more`,
    weight: 0.3,
  };
};

const slope: Rule = ({ baseline, candidate }) => {
  const now = candidate.temperatureSlopeCPerMin;
  if (now === null || now < t.slopeCPerMin || now <= 2 * (baseline.temperatureSlopeCPerMin ?? 0)) return null;
  const before = number(baseline.temperatureSlopeCPerMin);
  return {
    text: `temperature rises ${number(now)} C a minute, baseline ${before}: ${t.slopeCPerMin} or more`,
    weight: 0.3,
  };
};

const lowerState: Rule = ({ baseline, candidate }) => {
  const [before, now] = [baseline.pstate, candidate.pstate];
  if (before === null || now === null || now <= before) return null;
  return { text: `performance state P${now} under load, baseline P${before}`, weight: 0.65 };
};

/** A slower memory clock is a symptom where the performance state is another. */
const memoryClock: Rule = (readings) => {
  const found = fell('memoryClockMhz', 'memory clock under load', ' MHz', t.clockRatio, 0.7)(readings);
  return found && lowerState(readings) ? { ...found, weight: 0.3 } : found;
};

const rules: readonly [StepId, string, Rule][] = [
  [
    'co-tenants',
    'pressure',
    above(
      'cpuPressurePercent',
      'processor pressure (PSI some)',
      t.cpuPressurePercent,
      0.5,
      (v) => `${decimal(v, 1)} %`,
    ),
  ],
  ['co-tenants', 'steal', above('stealShare', 'processor time stolen by the host', t.stealShare, 0.6, percent)],
  [
    'co-tenants',
    'cgroup',
    above('cgroupThrottledShare', 'time throttled by the control group', t.cgroupShare, 0.6, percent),
  ],
  ['clock-under-load', 'clock', fell('smClockMhz', 'core clock under load', ' MHz', t.clockRatio, 0.5)],
  ['power', 'limit', limitDiffers],
  ['power', 'cap', shareGrew('capShare', 'at the power limit', t.capShareMore, 0.75)],
  ['power', 'brake', above('brakeShare', 'power brake pulled from outside', 0, 0.9, percent)],
  ['thermal', 'slow-down', shareGrew('thermalShare', 'thermal slow-down', t.thermalShareMore, 0.9)],
  ['thermal', 'margin', margin],
  ['thermal', 'temperature', hotter],
  ['thermal', 'slope', slope],
  ['locks-and-states', 'pstate', lowerState],
  ['pcie', 'width', fell('pcieWidth', 'PCIe lanes under load', '', 1, 0.9)],
  ['pcie', 'generation', fell('pcieGen', 'PCIe generation under load', '', 1, 0.8)],
  ['pcie', 'replays', above('pcieReplays', 'PCIe replays in one run', 0, 0.5)],
  ['memory-health', 'uncorrectable', above('eccUncorrected', 'uncorrectable ECC errors in one run', 0, 0.9)],
  ['memory-health', 'failed-remapping', above('rowsFailed', 'remapping of memory rows failed', 0, 0.9)],
  ['memory-health', 'pending', above('rowsPending', 'memory rows that wait to be remapped', 0, 0.8)],
  ['memory-health', 'remapped', above('rowsRemapped', 'memory rows remapped in one run', 0, 0.7)],
  ['memory-health', 'corrected', above('eccCorrected', 'corrected ECC errors in one run', t.correctedErrors, 0.4)],
  ['memory-health', 'memory-clock', memoryClock],
  ['software', 'fallback', above('nodesFallback', 'graph nodes that fell back to another provider', 0, 0.85)],
];

/** Numbers of memory faults say where to look better than `faults` does. */
const memoryXids: ReadonlySet<number> = new Set([48, 63, 64, 92, 94, 95, 140]);
const xidWeight = { fatal: 0.95, memory: 0.7, application: 0.4, other: 0.35 } as const;

const faultEvidence = (baseline: SideTelemetry, candidate: SideTelemetry): CauseEvidence[] => {
  const before = new Set(baseline.xids.map(({ code }) => code));
  const found = candidate.xids
    .filter(({ code }) => !before.has(code))
    .flatMap(({ code, kind, text, runs }): CauseEvidence[] => {
      const sentence = `Xid ${code} while a candidate ran (${text}), not while the baseline ran: runs ${runs}`;
      const evidence = { family: 'telemetry', id: `telemetry.xid-${code}`, text: sentence } as const;
      if (!memoryXids.has(code)) return [{ ...evidence, step: 'faults', weight: xidWeight[kind] }];
      const memory = { ...evidence, id: `${evidence.id}-memory`, step: 'memory-health', weight: 0.9 } as const;
      return [memory, { ...evidence, step: 'faults', weight: Math.min(0.6, xidWeight[kind]) }];
    });
  if (candidate.lost === null || baseline.lost !== null) return found;
  const text = `the device stopped answering during a candidate run: ${candidate.lost}`;
  return [...found, { step: 'faults', family: 'telemetry', id: 'telemetry.lost', text, weight: 0.7 }];
};

/** What the readings of the two sides point to. A value that one side does not know points to nothing, a counter excepted: there an unwatched baseline is taken as 0. */
export const telemetryEvidence = (baseline: SideTelemetry, candidate: SideTelemetry): CauseEvidence[] => {
  const readings = { baseline: baseline.of, candidate: candidate.of };
  const read = rules.flatMap(([step, name, rule]): CauseEvidence[] => {
    const found = rule(readings);
    return found ? [{ step, family: 'telemetry', id: `telemetry.${name}`, ...found }] : [];
  });
  return [...read, ...faultEvidence(baseline, candidate)];
};
