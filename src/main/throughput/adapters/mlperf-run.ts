import type { DeclaredValue } from '../../../shared/model/throughput-run.ts';
import { asNumber } from './fields.ts';
import type { Json } from './foreign-json.ts';

/** One LoadGen run as either of its two logs tells it; null is "not in this log". */
export interface LoadgenRun {
  scenario: string | null;
  mode: string | null;
  sut: string | null;
  validity: string | null;
  /** Constraints that were not met, in LoadGen's words. */
  unmet: string[];
  errors: number;
  warnings: string[];
  samplesPerSecond: number | null;
  /** From the key, in case of doubt about what "per second" counted. */
  rateFrom: string;
  tokensPerSecond: number | null;
  queries: number | null;
  /** Percentile (0..100) -> ns. */
  latencyNs: Map<number, number>;
  reported: { name: string; value: number; unit: string }[];
  settings: Record<string, string | number | boolean>;
  declared: DeclaredValue[];
  startedAt: string | null;
  version: string | null;
  notes: string[];
}

/** Names of both logs for one setting, so that both give the same workload. */
export const settingKeys: [name: string, summary: string, detail: string][] = [
  ['samplesPerQuery', 'samples_per_query', 'effective_samples_per_query'],
  ['targetQps', 'target_qps', 'effective_target_qps'],
  ['maxAsyncQueries', 'max_async_queries', 'effective_max_async_queries'],
  ['minDurationMs', 'min_duration (ms)', 'effective_min_duration_ms'],
  ['maxDurationMs', 'max_duration (ms)', 'effective_max_duration_ms'],
  ['minQueryCount', 'min_query_count', 'effective_min_query_count'],
  ['maxQueryCount', 'max_query_count', 'effective_max_query_count'],
  ['qslSeed', 'qsl_rng_seed', 'effective_qsl_rng_seed'],
  ['sampleIndexSeed', 'sample_index_rng_seed', 'effective_sample_index_rng_seed'],
  ['scheduleSeed', 'schedule_rng_seed', 'effective_schedule_rng_seed'],
  ['performanceSampleCount', 'performance_sample_count', 'effective_performance_sample_count'],
];

/** Seeds exceed 2^53, so they stay digits. */
export const settingValue = (value: Json | undefined): string | number | null => {
  if (typeof value === 'bigint') return value.toString();
  const number = asNumber(value);
  if (number === null) return null;
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? String(value) : number;
};
