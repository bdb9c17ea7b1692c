import { HistoryRequest } from '../../shared/model/history.ts';
import { ThroughputCompareRequest } from '../../shared/model/throughput-comparison.ts';
import { accepted, numbers } from './arguments.ts';
import type { HistoryOptions, ThroughputCompareOptions } from './throughput-program.ts';

export const throughputCompareRequest = (
  baseline: string[],
  { with: candidate, metric, delta, seed }: ThroughputCompareOptions,
): ThroughputCompareRequest =>
  accepted(ThroughputCompareRequest, {
    baseline,
    candidate,
    ...(metric === undefined ? {} : { metric }),
    ...numbers({ delta, seed }),
  });

export const historyRequest = (file: string | undefined, options: HistoryOptions): HistoryRequest => {
  const { workload, preset, window, maxP, minMagnitude, seed } = options;
  return accepted(HistoryRequest, {
    source: file === undefined ? { workload } : { file },
    ...(preset === undefined ? {} : { preset }),
    ...numbers({ window, maxP, minMagnitude, seed }),
  });
};
