import { RunSummary } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';

/** What of a run stands in the log; when it was recorded and whether it is a baseline, other entries say. */
export const LoggedSummary = RunSummary.omit({ recordedAt: true, baseline: true });
export type LoggedSummary = Omit<RunSummary, 'recordedAt' | 'baseline'>;

export const summaryOf = (run: ThroughputRun): LoggedSummary =>
  LoggedSummary.parse({
    ...run,
    workload: { id: run.workload.id, hash: run.workload.hash },
    fingerprintHash: run.fingerprint.hash,
  });
