import type { Estimate } from '../../../shared/model/estimate.ts';
import type { ThroughputVerdict } from '../../../shared/model/throughput-comparison.ts';
import { counted, percent } from '../../../shared/units.ts';
import type { RunVerdict } from '../../statistics/run-verdict.ts';
import { type MetricName, metricText } from './metric-name.ts';
import type { Reach } from './planning.ts';

/** A ratio as a relative change with its sign. */
const change = (ratio: number): string => `${ratio > 1 ? '+' : ''}${percent(ratio - 1)}`;

const changeText = ({ value, low, high, level }: Estimate): string => {
  if (value === null) return 'change not known';
  const interval =
    low === null || high === null ? 'no interval' : `${percent(level, 0)}: ${change(low)} to ${change(high)}`;
  return `${change(value)} (${interval})`;
};

const against: Record<ThroughputVerdict, (delta: string) => string> = {
  regression: (delta) => `worse by more than the tolerance of ${delta}`,
  improvement: (delta) => `better by more than the tolerance of ${delta}`,
  'no change': (delta) => `inside the tolerance of ${delta}`,
  inconclusive: (delta) => `not decided against the tolerance of ${delta}`,
  'not comparable': () => 'not comparable',
  invalid: () => 'invalid',
};

export interface Decided {
  name: string;
  metric: MetricName;
  ratio: Estimate;
  runs: { baseline: number; candidate: number };
  delta: number;
}

export const summaryText = ({ name, metric, ratio, runs, delta }: Decided, verdict: ThroughputVerdict): string =>
  `${name}: ${metricText(metric)} ${changeText(ratio)}, ${against[verdict](percent(delta))}; ${counted(runs.baseline, 'run')} against ${runs.candidate}`;

/** What an inconclusive verdict lacks, in one sentence; null when it is decided. */
export const missingText = (
  { verdict, missing }: RunVerdict,
  runs: Decided['runs'],
  reach: Reach | null,
  delta: number,
): string | null => {
  if (verdict !== 'inconclusive' || !missing) return null;
  const parts = [missing.reason];
  if (missing.runsPerSide !== null) {
    const more = Math.max(1, missing.runsPerSide - Math.min(runs.baseline, runs.candidate));
    parts.push(`${more} more ${more === 1 ? 'run' : 'runs'} a side would decide four times in five`);
  }
  if (reach && reach.effect > delta)
    parts.push(
      `these runs tell a slowdown from none from ${percent(reach.effect)} on, which is above the tolerance of ${percent(delta)}`,
    );
  return parts.join('; ');
};
