import { WorkbenchError } from '../shared/errors.ts';
import type { History, HistoryRequest } from '../shared/model/history.ts';
import type { Work } from '../shared/model/progress.ts';
import type {
  RunSummary,
  ThroughputCompareRequest,
  ThroughputComparison,
} from '../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../shared/model/throughput-run.ts';
import type { RunRequest, Workload } from '../shared/model/workload.ts';
import type { Log } from './investigations/log.ts';
import type { Clock } from './platform/clock.ts';
import type { Workspace } from './platform/workspace.ts';

interface Recorded {
  runs: ThroughputRun[];
  remarks: string[];
}

const missing = (name: string): never => {
  throw new WorkbenchError('UNAVAILABLE', `not built yet: ${name}`);
};

/** Benchmark runs over one workspace: what can be run, running, importing, comparing, and the course of time. */
export const createThroughputWork = (_deps: { workspace: Workspace; log: Log; clock: Clock }) => ({
  workloads: async (_signal: AbortSignal): Promise<{ workloads: Workload[] }> => missing('throughput.workloads'),
  run: async (_request: RunRequest, _work: Work): Promise<Recorded> => missing('throughput.run'),
  import: async (_files: string[], _format: string, _work: Work): Promise<Recorded> => missing('throughput.import'),
  runs: async (): Promise<RunSummary[]> => missing('throughput.runs'),
  get: async (_id: string): Promise<ThroughputRun> => missing('throughput.get'),
  pin: async (_id: string, _baseline: boolean): Promise<RunSummary> => missing('throughput.pin'),
  compare: async (_request: ThroughputCompareRequest): Promise<ThroughputComparison> => missing('throughput.compare'),
  history: async (_request: HistoryRequest): Promise<History> => missing('throughput.history'),
});
