import { UserFault } from '../../../shared/errors.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import type { Direction } from '../../statistics/verdict.ts';

export const metricNames = ['throughput', 'latencyP50Ms', 'latencyP95Ms', 'latencyP99Ms', 'energyPerItemJ'] as const;
export type MetricName = (typeof metricNames)[number];

export const metricOf = (name: string): MetricName => {
  const found = metricNames.find((metric) => metric === name);
  if (!found) throw new UserFault(`unknown metric, use one of ${metricNames.join(', ')}: ${name}`);
  return found;
};

export const directionOf = (metric: MetricName): Direction =>
  metric === 'throughput' ? 'higher-is-better' : 'lower-is-better';

export const runValue = (run: ThroughputRun, metric: MetricName): number | null => {
  const { value } = run.metrics[metric];
  return value !== null && value > 0 && Number.isFinite(value) ? value : null;
};

const words: Record<MetricName, string> = {
  throughput: 'throughput',
  latencyP50Ms: 'p50 latency',
  latencyP95Ms: 'p95 latency',
  latencyP99Ms: 'p99 latency',
  energyPerItemJ: 'energy per item',
};

export const metricText = (metric: MetricName): string => words[metric];
