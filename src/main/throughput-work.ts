import type { History, HistoryRequest } from '../shared/model/history.ts';
import type { Work } from '../shared/model/progress.ts';
import type {
  RunSummary,
  ThroughputCompareRequest,
  ThroughputComparison,
} from '../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../shared/model/throughput-run.ts';
import type { Diagnosis } from '../shared/model/workbench.ts';
import type { RunRequest, Workload } from '../shared/model/workload.ts';
import type { ChosenChecklist } from './investigations/checklist-file.ts';
import type { Log } from './investigations/log.ts';
import type { ArtifactStore } from './platform/artifact-store.ts';
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
  artifacts: ArtifactStore;
  /** The checklist that a comparison is held against. */
  chooseChecklist(): Promise<ChosenChecklist>;
  /** Where workloads come from besides the user's own commands; the built-in runners where nobody says. */
  sources?: () => Promise<readonly WorkloadSource[]>;
}

const toolLimitMs = 5000;

/** For files that a comparison names: they are read at once or refused. */
const silent: Work = { signal: new AbortController().signal, progress: () => undefined };

/** Benchmark runs over one workspace: what can be run, running, importing, comparing, and the course of time. */
export const createThroughputWork = (deps: ThroughputDeps) => {
  const store = async () => (await import('./throughput/runs/store.ts')).createRunStore(deps);
  const builtIn = async () => (await import('./throughput-host.ts')).builtInSources(deps.workspace.cache);
  /** Kept: a source asks its runner once what this machine has. */
  let sources: Promise<readonly WorkloadSource[]> | undefined;
  const catalogue = async () => {
    const { createCatalogue } = await import('./throughput/workloads/catalogue.ts');
    sources ??= (deps.sources ?? builtIn)();
    return createCatalogue(await sources);
  };
  const importFiles = async (files: string[], format: string, work: Work): Promise<Recorded> => {
    const { readResultFiles } = await import('./throughput/runs/import-files.ts');
    const found = await readResultFiles(files, format, work);
    work.progress({ step: 'keep the runs', done: 0, total: found.runs.length, unit: 'runs' });
    const { runs, known } = await (await store()).record(found.runs, work.signal);
    const again = known.length === 0 ? [] : [`already recorded, ${known.length} of ${runs.length} runs`];
    return { runs, remarks: [...found.remarks, ...again] };
  };
  return {
    workloads: async (signal: AbortSignal): Promise<{ workloads: Workload[] }> => ({
      workloads: await (await catalogue()).list(signal),
    }),
    run: async (request: RunRequest, work: Work): Promise<Recorded> => {
      const [{ runWorkload }, { reach }, { machine }, { systemEnvironment }] = await Promise.all([
        import('./throughput/runs/run-workload.ts'),
        import('./throughput-host.ts'),
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
          reach,
          machine: machine(),
          environment: systemEnvironment(),
        },
        work,
      );
    },
    import: importFiles,
    runs: async (): Promise<RunSummary[]> => (await store()).list(),
    get: async (id: string): Promise<ThroughputRun> => (await store()).get(id),
    pin: async (id: string, baseline: boolean): Promise<RunSummary> => (await store()).pin(id, baseline),
    compare: async (request: ThroughputCompareRequest): Promise<ThroughputComparison> => {
      const [{ compareRecorded }, { readResultFiles }] = await Promise.all([
        import('./throughput-decisions.ts'),
        import('./throughput/runs/import-files.ts'),
      ]);
      const readFile = async (path: string) => (await readResultFiles([path], 'auto', silent)).runs;
      return compareRecorded({ ...deps, store: await store(), readFile }, request);
    },
    history: async (request: HistoryRequest): Promise<History> => {
      const { historyOf } = await import('./throughput-decisions.ts');
      return historyOf(await store(), request);
    },
    /** What this machine can measure, for `doctor`. */
    capabilities: async (signal: AbortSignal): Promise<Diagnosis['capabilities']> => {
      const [{ throughputCapabilities }, { reach, runnerHost }] = await Promise.all([
        import('./throughput/capabilities.ts'),
        import('./throughput-host.ts'),
      ]);
      return throughputCapabilities(runnerHost, reach, { limitMs: toolLimitMs, signal });
    },
  };
};
