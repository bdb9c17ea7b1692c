import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { mean, variance } from '../../statistics/sample.ts';
import { counterGrowth } from '../telemetry/counter.ts';
import { throttlingIn } from '../telemetry/throttling.ts';
import {
  inside,
  measuredWindow,
  medianOf,
  pollPeriodNs,
  type Readings,
  readingsOf,
  type Window,
} from './run-window.ts';

/** Numbers read while a run measured; null where nobody knew. Shares are 0..1. */
export const quantities = [
  'smClockMhz',
  'smClockSpread',
  'memoryClockMhz',
  'powerLimitW',
  'temperatureC',
  'temperatureMarginC',
  'memoryTemperatureC',
  'temperatureSlopeCPerMin',
  'fanPercent',
  'pstate',
  'pcieGen',
  'pcieWidth',
  'pcieReplays',
  'eccCorrected',
  'eccUncorrected',
  'rowsRemapped',
  'rowsPending',
  'rowsFailed',
  'capShare',
  'brakeShare',
  'thermalShare',
  'cpuPressurePercent',
  'stealShare',
  'cgroupThrottledShare',
  'load',
  'nodesFallback',
] as const;
export type Quantity = (typeof quantities)[number];

export type RunTelemetry = Record<Quantity, number | null>;

/** These are written down only when they change: one reading means that nothing happened. */
const onChange = /_lifetime$|^(?:remapped|retired)_/;

type Reader = (readings: Readings, window: Window) => number | null;

const values = (readings: Readings, window: Window, name: string): number[] =>
  inside(readings.get(name) ?? [], window).map(({ value }) => value);

const median =
  (...names: string[]): Reader =>
  (readings, window) => {
    for (const name of names) {
      const found = medianOf(values(readings, window, name));
      if (found !== null) return found;
    }
    return null;
  };

const extreme =
  (pick: (a: number, b: number) => number, ...names: string[]): Reader =>
  (readings, window) => {
    const found = names.flatMap((name) => values(readings, window, name));
    return found.length === 0 ? null : found.reduce((a, b) => pick(a, b));
  };

/** What a limit or state stood at last: such readings may lie before the window. */
const latest =
  (...names: string[]): Reader =>
  (readings, { toNs }) => {
    for (const name of names) {
      const found = readings.get(name)?.findLast(({ tNs }) => tNs <= toNs);
      if (found) return found.value;
    }
    return null;
  };

const growthOf = (readings: Readings, name: string): number | null => {
  const points = readings.get(name) ?? [];
  if (points.length === 0) return null;
  if (points.length === 1) return onChange.test(name) ? 0 : null;
  const grown = counterGrowth(points);
  return 'value' in grown ? grown.value : null;
};

/** Largest growth of a counter over the whole run: a fault during the warm-up is a fault. */
const growth =
  (...names: string[]): Reader =>
  (readings) => {
    const found = names.flatMap((name) => growthOf(readings, name) ?? []);
    return found.length === 0 ? null : Math.max(...found);
  };

const shareOfGrowth =
  (part: string, whole: string): Reader =>
  (readings) => {
    const [a, b] = [growthOf(readings, part), growthOf(readings, whole)];
    return a === null || b === null || b <= 0 ? null : a / b;
  };

/** Growth of a counter of microseconds over the time between its first and last reading. */
const shareOfTime =
  (name: string): Reader =>
  (readings) => {
    const points = readings.get(name) ?? [];
    const grown = growthOf(readings, name);
    const ns = (points.at(-1)?.tNs ?? 0) - (points[0]?.tNs ?? 0);
    return grown === null || ns <= 0 ? null : Math.min(1, (grown * 1e3) / ns);
  };

/** The kernel's own ten-second mean still remembers what ran before; its counter does not. */
const pressure: Reader = (readings, window) => {
  const share = shareOfTime('pressure_cpu_some_us')(readings, window);
  return share === null ? median('pressure_cpu_some_percent')(readings, window) : share * 100;
};

/** Share of the window under any of these reasons; 0 where the reasons were watched and none of these was given. */
const reasonShare =
  (...names: string[]): Reader =>
  (readings, window) => {
    const masks = readings.get('clock_event_reasons') ?? [];
    const counters = names.map((name) => `${name}_us`);
    const points = ['clock_event_reasons', ...counters].flatMap((name) =>
      (readings.get(name) ?? []).map((point) => ({ ...point, name })),
    );
    if (points.length === 0) return null;
    const found = throttlingIn(points, window, pollPeriodNs(masks));
    return Math.max(0, ...found.reasons.filter(({ name }) => names.includes(name)).map(({ share }) => share));
  };

/** Least-squares slope in degrees a minute; null below five readings or half a minute. */
const slope: Reader = (readings, window) => {
  const points = inside(readings.get('temperature_c') ?? [], window);
  const minutes = points.map(({ tNs }) => (tNs - window.fromNs) / 6e10);
  if (points.length < 5 || (minutes.at(-1) as number) - (minutes[0] as number) < 0.5) return null;
  const centre = mean(minutes);
  const level = mean(points.map(({ value }) => value));
  const square = minutes.reduce((sum, t) => sum + (t - centre) ** 2, 0);
  return points.reduce((sum, { value }, i) => sum + (value - level) * ((minutes[i] as number) - centre), 0) / square;
};

const spread: Reader = (readings, window) => {
  const clocks = values(readings, window, 'sm_clock_mhz');
  return clocks.length < 2 ? null : Math.sqrt(variance(clocks)) / mean(clocks);
};

const readers: Record<Quantity, Reader> = {
  smClockMhz: median('sm_clock_mhz', 'graphics_clock_mhz', 'clock_mhz'),
  smClockSpread: spread,
  memoryClockMhz: median('memory_clock_mhz'),
  powerLimitW: latest('power_enforced_limit_w', 'power_limit_w'),
  temperatureC: extreme(Math.max, 'temperature_c', 'hotspot_temperature_c'),
  temperatureMarginC: extreme(Math.min, 'temperature_margin_c'),
  memoryTemperatureC: extreme(Math.max, 'memory_temperature_c'),
  temperatureSlopeCPerMin: slope,
  fanPercent: median('fan_percent'),
  pstate: median('pstate'),
  pcieGen: median('pcie_gen'),
  pcieWidth: median('pcie_width'),
  pcieReplays: growth('pcie_replays'),
  eccCorrected: growth('ecc_corrected', 'ecc_corrected_lifetime'),
  eccUncorrected: growth('ecc_uncorrected', 'ecc_uncorrected_lifetime'),
  rowsRemapped: growth('remapped_rows_correctable', 'remapped_rows_uncorrectable'),
  rowsPending: latest('remapped_rows_pending', 'retired_pages_pending'),
  rowsFailed: latest('remapped_rows_failure'),
  capShare: reasonShare('sw_power_cap'),
  brakeShare: reasonShare('hw_power_brake_slowdown'),
  thermalShare: reasonShare('sw_thermal_slowdown', 'hw_thermal_slowdown'),
  cpuPressurePercent: pressure,
  stealShare: shareOfGrowth('steal_ticks', 'all_ticks'),
  cgroupThrottledShare: shareOfTime('cgroup_throttled_us'),
  load: median('load_1min'),
  nodesFallback: latest('nodes_fallback'),
};

export const runTelemetry = (run: ThroughputRun): RunTelemetry | null => {
  const window = measuredWindow(run);
  if (run.readings.length === 0 || !window) return null;
  const readings = readingsOf(run.readings);
  const found = Object.fromEntries(quantities.map((name) => [name, readers[name](readings, window)])) as RunTelemetry;
  // Where a processor executes, its clock is the core clock.
  const ofProcessor = ['cpu', 'software'].includes(run.executor.kind);
  return ofProcessor ? { ...found, smClockMhz: median('cpu_clock_mhz')(readings, window) } : found;
};
