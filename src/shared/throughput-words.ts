import type { Estimate } from './model/estimate.ts';
import type { ThroughputVerdict } from './model/throughput-comparison.ts';
import type { FingerprintValue, RunPhaseName, ThroughputRun } from './model/throughput-run.ts';
import type { Verdict } from './model/verdict.ts';
import { decimal, quantity } from './units.ts';

export type RunMetric = keyof ThroughputRun['metrics'];

interface MetricWords {
  name: string;
  higherIsBetter: boolean;
  /** The unit of a run whose item is `item`. */
  unit(item: string): string;
}

const plural = (item: string): string => (item.endsWith('y') ? `${item.slice(0, -1)}ies` : `${item}s`);

/** Metrics of a run in the order in which they are read. */
export const runMetrics: Record<RunMetric, MetricWords> = {
  throughput: { name: 'Throughput', higherIsBetter: true, unit: (item) => `${plural(item)}/s` },
  latencyP50Ms: { name: 'p50 latency', higherIsBetter: false, unit: () => 'ms' },
  latencyP95Ms: { name: 'p95 latency', higherIsBetter: false, unit: () => 'ms' },
  latencyP99Ms: { name: 'p99 latency', higherIsBetter: false, unit: () => 'ms' },
  energyPerItemJ: { name: 'Energy per item', higherIsBetter: false, unit: (item) => `J/${item}` },
};

export const isRunMetric = (metric: string): metric is RunMetric => Object.hasOwn(runMetrics, metric);

/** The name a person reads; an unknown metric keeps its id. */
export const runMetricName = (metric: string): string => (isRunMetric(metric) ? runMetrics[metric].name : metric);

export const runMetricUnit = (metric: string, item = 'item'): string =>
  isRunMetric(metric) ? runMetrics[metric].unit(item) : '';

export const higherIsBetter = (metric: string): boolean => !isRunMetric(metric) || runMetrics[metric].higherIsBetter;

/** A value of a metric with its unit; `unknown` where there is none. */
export const metricQuantity = (metric: string, value: number | null | undefined, item?: string): string =>
  quantity(value, runMetricUnit(metric, item));

/** `[12.1, 12.6] ms`, or that there is none. */
export const quantityInterval = ({ low, high }: Pick<Estimate, 'low' | 'high'>, unit: string): string =>
  low === null || high === null
    ? 'no interval'
    : `[${decimal(low)}, ${decimal(high)}]${unit === '' ? '' : '\u202f'}${unit}`;

/** The verdict as the four of an axis: what may not be compared decides nothing. */
export const decidedVerdict = (verdict: ThroughputVerdict): Verdict =>
  verdict === 'not comparable' || verdict === 'invalid' ? 'inconclusive' : verdict;

export const throughputBlindSpot =
  'This axis cannot see a model that is wrong at full speed: whether answers got worse is the other axis.';

/** NVML's clock-event bits that make a measurement unrepresentative: hardware, both kinds of heat, power brake. */
export const slowDownMask = 0xe8;

export const phaseNames: Record<RunPhaseName, string> = {
  load: 'load',
  compile: 'compile',
  warmup: 'warm-up',
  measure: 'measure',
  verify: 'verify',
};

const readingUnits: Record<string, string> = {
  w: 'W',
  mhz: 'MHz',
  c: '°C',
  percent: '%',
  mib: 'MiB',
  us: 'µs',
  mj: 'mJ',
  uj: 'µJ',
  rpm: 'rpm',
  kbps: 'KB/s',
  mv: 'mV',
};

/** Name and unit of a reading, whose unit is its suffix: `sm_clock_mhz` is `SM clock` in `MHz`. */
export const readingWords = (name: string): { title: string; unit: string } => {
  const end = name.lastIndexOf('_');
  const unit = end > 0 ? readingUnits[name.slice(end + 1)] : undefined;
  const base = (unit === undefined ? name : name.slice(0, end)).replaceAll('_', ' ');
  const upper = base.replace(/\b(sm|gpu|cpu|pcie|ecc|vram|ram|psi)\b/g, (word) => word.toUpperCase());
  return { title: upper.charAt(0).toUpperCase() + upper.slice(1), unit: unit ?? '' };
};

/** A field of a fingerprint as a person reads it, with the reason where it is not known. */
export const fingerprintText = (value: FingerprintValue | undefined): string =>
  value === undefined
    ? 'unknown: not recorded'
    : typeof value === 'object'
      ? `unknown: ${value.reason}`
      : String(value);

export const isKnownField = (value: FingerprintValue | undefined): boolean =>
  value !== undefined && typeof value !== 'object';
