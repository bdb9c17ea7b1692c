import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { percentile } from '../../statistics/percentile.ts';
import { type MetricName, runValue } from './metric-name.ts';

const shares: Partial<Record<MetricName, number>> = { latencyP50Ms: 0.5, latencyP95Ms: 0.95, latencyP99Ms: 0.99 };

/** Samples of the measured phase that a rule took out of a run's numbers. */
export const excludedSamples = (run: ThroughputRun): number =>
  run.samples.filter(({ phase, excluded }) => phase === 'measure' && excluded !== null).length;

/**
 * A metric of a run with the excluded samples of its measured phase left in; as it stands where nothing was excluded or the samples do not tell (energy,
 * throughput of requests that overlap).
 */
export const valueLeftIn = (run: ThroughputRun, metric: MetricName): number | null => {
  const asItIs = runValue(run, metric);
  if (excludedSamples(run) === 0) return asItIs;
  const kept = run.withExclusions?.[metric].value;
  if (kept != null) return kept;
  const measured = run.samples.filter(({ phase }) => phase === 'measure');
  if (metric === 'throughput' && !run.overlapping) {
    const items = measured.reduce((sum, sample) => sum + sample.items, 0);
    const ns = measured.reduce((sum, sample) => sum + sample.durationNs, 0);
    return ns > 0 ? (items / ns) * 1e9 : asItIs;
  }
  const share = shares[metric];
  if (share === undefined) return asItIs;
  return percentile(
    measured.map(({ durationNs }) => durationNs / 1e6),
    share,
  ).value;
};
