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
import type { WorkloadSource } from './throughput/workloads/source.ts';

interface Recorded {
  runs: ThroughputRun[];
  remarks: string[];
}

interface ThroughputDeps {
  workspace: Workspace;
  log: Log;
  clock: Clock;
  /** Where workloads come from besides the user's own commands, found out when first asked. */
  sources?: () => Promise<readonly WorkloadSource[]>;
}

const missing = (name: string): never => {
  throw new WorkbenchError('UNAVAILABLE', `not built yet: ${name}`);
};

/** Benchmark runs over one workspace: what can be run, running, importing, comparing, and the course of time. */
export const createThroughputWork = (deps: ThroughputDeps) => {
  const store = async () => (await import('./throughput/runs/store.ts')).createRunStore(deps);
  const catalogue = async () => {
    const { createCatalogue } = await import('./throughput/workloads/catalogue.ts');
    return createCatalogue((await deps.sources?.()) ?? []);
  };
  return {
    workloads: async (signal: AbortSignal): Promise<{ workloads: Workload[] }> => ({
      workloads: await (await catalogue()).list(signal),
    }),
    run: async (request: RunRequest, work: Work): Promise<Recorded> => {
      const [{ runWorkload }, { runTool }, files, { machine }, { systemEnvironment }] = await Promise.all([
        import('./throughput/runs/run-workload.ts'),
        import('./platform/tool-process.ts'),
        import('./platform/system-files.ts'),
        import('./platform/machine.ts'),
        import('./platform/environment.ts'),
      ]);
      return runWorkload(
        request,
        {
          workspace: deps.workspace,
          store: await store(),
          catalogue: await catalogue(),
          clock: deps.clock,
          reach: { runTool, readTexts: files.readSystemTexts, listNames: files.listSystemNames },
          machine: machine(),
          environment: systemEnvironment(),
        },
        work,
      );
    },
    import: async (files: string[], format: string, work: Work): Promise<Recorded> => {
      const { readResultFiles } = await import('./throughput/runs/import-files.ts');
      const found = await readResultFiles(files, format, work);
      work.progress({ step: 'keep the runs', done: 0, total: found.runs.length, unit: 'runs' });
      const { runs, known } = await (await store()).record(found.runs, work.signal);
      const again = known.length === 0 ? [] : [`already recorded, ${known.length} of ${runs.length} runs`];
      return { runs, remarks: [...found.remarks, ...again] };
    },
    runs: async (): Promise<RunSummary[]> => (await store()).list(),
    get: async (id: string): Promise<ThroughputRun> => (await store()).get(id),
    pin: async (id: string, baseline: boolean): Promise<RunSummary> => (await store()).pin(id, baseline),
    compare: async (_request: ThroughputCompareRequest): Promise<ThroughputComparison> => missing('throughput.compare'),
    history: async (_request: HistoryRequest): Promise<History> => missing('throughput.history'),
  };
};
