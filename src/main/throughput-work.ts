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
import type { RunStore } from './throughput/runs/store.ts';
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

const readAll = async (runs: RunStore, ids: readonly string[]): Promise<ThroughputRun[]> => {
  const read: ThroughputRun[] = [];
  for (const id of ids) read.push(await runs.get(id));
  return read;
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
    compare: async ({ baseline, candidate, ...settings }: ThroughputCompareRequest): Promise<ThroughputComparison> => {
      const [{ compareThroughput }, runs] = await Promise.all([
        import('./throughput/compare/compare-throughput.ts'),
        store(),
      ]);
      const list = runs.list();
      const sides = { baseline: await readAll(runs, baseline), candidate: await readAll(runs, candidate) };
      const hashes = new Set(sides.baseline.map(({ workload }) => workload.hash));
      const named = new Set([...baseline, ...candidate]);
      const before = list.filter(({ id, workload }) => hashes.has(workload.hash) && !named.has(id));
      return compareThroughput({
        ...sides,
        settings,
        earlier: await readAll(
          runs,
          before.map(({ id }) => id),
        ),
        summaryOf: ({ id }) => list.find((summary) => summary.id === id) as RunSummary,
      });
    },
    history: async ({ source, ...settings }: HistoryRequest): Promise<History> => {
      const { throughputHistory } = await import('./throughput/history/throughput-history.ts');
      if ('file' in source) {
        const [{ seriesInFile }, { readText }] = await Promise.all([
          import('./throughput/history/series-file.ts'),
          import('./platform/files.ts'),
        ]);
        return throughputHistory(seriesInFile(await readText(source.file), source.file), settings);
      }
      const [{ seriesOfRuns }, runs] = await Promise.all([import('./throughput/history/series-runs.ts'), store()]);
      const ids = runs
        .list()
        .flatMap(({ id, workload }) =>
          workload.id === source.workload || workload.hash === source.workload ? [id] : [],
        );
      return throughputHistory(seriesOfRuns(await readAll(runs, ids)), settings);
    },
  };
};
