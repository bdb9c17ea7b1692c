import { join } from 'node:path';
import { implement } from '@orpc/server';
import { contract, RecordedRuns } from '../shared/contract.ts';
import type { Checklist } from '../shared/model/checklist.ts';
import { AccuracyComparison } from '../shared/model/comparison.ts';
import { DatasetSummary } from '../shared/model/dataset.ts';
import type { KnownObservations } from '../shared/model/evidence.ts';
import { Investigation } from '../shared/model/investigation.ts';
import { AccuracySeries } from '../shared/model/series.ts';
import type { Face } from '../shared/model/workbench.ts';
import { version } from '../shared/version.ts';
import { createAccuracyWork } from './accuracy-work.ts';
import { createDatasetWork } from './dataset-work.ts';
import { createInvestigationWork } from './investigation-work.ts';
import { type Log, openLog } from './investigations/log.ts';
import { artifactStore } from './platform/artifact-store.ts';
import { browse } from './platform/browse.ts';
import type { Clock } from './platform/clock.ts';
import { diagnose, machine } from './platform/machine.ts';
import { openSqlite } from './platform/sqlite.ts';
import { type UploadFolder, uploadFolder } from './platform/upload-folder.ts';
import { openWorkspace, type Workspace } from './platform/workspace.ts';
import { createThroughputWork } from './throughput-work.ts';
import { createJobs, type Jobs } from './transport/jobs.ts';

export interface WorkbenchOptions {
  workspace: string;
  clock: Clock;
  face: Face;
  onDefect?: (error: unknown) => void;
}

export interface Workbench {
  router: ReturnType<typeof createRouter>;
  workspace: Workspace;
  log: Log;
  uploads: UploadFolder;
  close(): Promise<void>;
}

const silentWork = (signal: AbortSignal | undefined) => signal ?? new AbortController().signal;

/** All services over one workspace folder, behind the procedures of the contract. */
export const createWorkbench = (options: WorkbenchOptions): Workbench => {
  const { clock, onDefect } = options;
  const workspace = openWorkspace(options.workspace);
  const database = openSqlite(workspace.database);
  const log = openLog(database, clock);
  const artifacts = artifactStore(workspace.artifacts, clock.newId);
  const jobs = createJobs(clock, onDefect);
  const uploads = uploadFolder(workspace.uploads, clock.newId);
  const datasets = createDatasetWork(workspace, clock, log);
  const accuracy = createAccuracyWork(datasets, log, artifacts);
  const checklist = (axis: Checklist['axis'], providers: () => Promise<KnownObservations>) => async () => {
    const [{ chooseChecklist }, { resourcesFolder }, known] = await Promise.all([
      import('./investigations/checklist-file.ts'),
      import('./platform/resources-folder.ts'),
      providers(),
    ]);
    const folders = { builtIn: join(resourcesFolder(), 'checklists'), workspace: workspace.checklists };
    return chooseChecklist(axis, folders, known);
  };
  const throughput = createThroughputWork({
    workspace,
    log,
    clock,
    artifacts,
    chooseChecklist: checklist(
      'throughput',
      async () => (await import('./throughput/checks/providers.ts')).throughputProviders,
    ),
  });
  const investigations = createInvestigationWork({
    datasets,
    accuracy,
    log,
    artifacts,
    clock,
    chooseChecklist: checklist(
      'accuracy',
      async () => (await import('./accuracy/checks/providers.ts')).accuracyProviders,
    ),
  });
  return {
    router: createRouter({
      face: options.face,
      workspace,
      log,
      jobs,
      uploads,
      datasets,
      accuracy,
      throughput,
      investigations,
    }),
    workspace,
    log,
    uploads,
    close: async () => {
      await jobs.close();
      investigations.close();
      await datasets.close();
      database.close();
    },
  };
};

interface Services {
  face: Face;
  workspace: Workspace;
  log: Log;
  jobs: Jobs;
  uploads: UploadFolder;
  datasets: ReturnType<typeof createDatasetWork>;
  accuracy: ReturnType<typeof createAccuracyWork>;
  throughput: ReturnType<typeof createThroughputWork>;
  investigations: ReturnType<typeof createInvestigationWork>;
}

const createRouter = (services: Services) => {
  const { face, workspace, log, jobs, uploads, datasets, accuracy, throughput, investigations } = services;
  const os = implement(contract);
  return os.router({
    workbench: {
      info: os.workbench.info.handler(() => ({ version, face, workspace: workspace.root, platform: machine() })),
      doctor: os.workbench.doctor.handler(async ({ signal }) => {
        const [base, measuring] = await Promise.all([diagnose(workspace), throughput.capabilities(silentWork(signal))]);
        return { capabilities: [...base.capabilities, ...measuring] };
      }),
    },
    datasets: {
      list: os.datasets.list.handler(() => datasets.list()),
      get: os.datasets.get.handler(({ input }) => datasets.detail(input.dataset)),
      inspect: os.datasets.inspect.handler(async ({ input, signal }) => {
        const { inspectSource } = await import('./accuracy/inspect-source.ts');
        return inspectSource(input.path, { signal: silentWork(signal) });
      }),
      timeline: os.datasets.timeline.handler(({ input }) =>
        datasets.use(input.dataset, async (dataset) => {
          const { timeline } = await import('./accuracy/timeline.ts');
          return timeline(dataset, input.asOf);
        }),
      ),
      import: os.datasets.import.handler(({ input }) =>
        jobs.start({
          kind: 'datasets.import',
          title: `Import ${'path' in input ? input.path : input.spec.name}`,
          input,
          result: DatasetSummary,
          run: (work) => datasets.import(input, work),
        }),
      ),
    },
    accuracy: {
      compare: os.accuracy.compare.handler(({ input }) =>
        jobs.start({
          kind: 'accuracy.compare',
          title: `Compare ${input.dataset}`,
          input,
          result: AccuracyComparison,
          run: (work) => accuracy.compare(input, work),
        }),
      ),
      slice: os.accuracy.slice.handler(({ input }) =>
        jobs.start({
          kind: 'accuracy.slice',
          title: `Look inside ${input.dataset}`,
          input,
          result: AccuracyComparison,
          run: (work) => accuracy.slice(input, work),
        }),
      ),
      series: os.accuracy.series.handler(({ input }) =>
        jobs.start({
          kind: 'accuracy.series',
          title: `Series of ${input.dataset}`,
          input,
          result: AccuracySeries,
          run: (work) => accuracy.series(input, work),
        }),
      ),
      featureDrift: os.accuracy.featureDrift.handler(({ input, signal }) =>
        datasets.use(input.dataset, async (dataset) => {
          const { sliceFeatures } = await import('./accuracy/slice-features.ts');
          return { featureDrift: await sliceFeatures(dataset, input, signal) };
        }),
      ),
      explainSelection: os.accuracy.explainSelection.handler(({ input, signal }) =>
        datasets.use(input.request.dataset, async (dataset) => {
          const { explainSelection } = await import('./accuracy/explanation/explain-selection.ts');
          return explainSelection(dataset, input, signal);
        }),
      ),
      prepareSelections: os.accuracy.prepareSelections.handler(({ input, signal }) =>
        datasets.use(input.dataset, async (dataset) => {
          const { prepareSelections } = await import('./accuracy/explanation/explain-selection.ts');
          return { columns: await prepareSelections(dataset, input, signal) };
        }),
      ),
      segmentDays: os.accuracy.segmentDays.handler(({ input, signal }) =>
        datasets.use(input.dataset, async (dataset) => {
          const { segmentDays } = await import('./accuracy/segments/segment-days.ts');
          return segmentDays(dataset, input, signal);
        }),
      ),
      suggestWindows: os.accuracy.suggestWindows.handler(({ input }) =>
        datasets.use(input.dataset, async (dataset) => {
          const { timeline } = await import('./accuracy/timeline.ts');
          const { suggestWindows } = await import('./accuracy/suggest-windows.ts');
          return suggestWindows((await timeline(dataset)).days);
        }),
      ),
    },
    throughput: {
      workloads: os.throughput.workloads.handler(({ signal }) => throughput.workloads(silentWork(signal))),
      run: os.throughput.run.handler(({ input }) =>
        jobs.start({
          kind: 'throughput.run',
          title: `Run ${input.workload ?? input.command?.argv[0] ?? input.runner}`,
          input,
          result: RecordedRuns,
          run: (work) => throughput.run(input, work),
        }),
      ),
      import: os.throughput.import.handler(({ input }) =>
        jobs.start({
          kind: 'throughput.import',
          title: `Import ${input.files.length === 1 ? input.files[0] : `${input.files.length} result files`}`,
          input,
          result: RecordedRuns,
          run: (work) => throughput.import(input.files, input.format, work),
        }),
      ),
      runs: os.throughput.runs.handler(() => throughput.runs()),
      get: os.throughput.get.handler(({ input }) => throughput.get(input.run)),
      pin: os.throughput.pin.handler(({ input }) => throughput.pin(input.run, input.baseline)),
      compare: os.throughput.compare.handler(({ input }) => throughput.compare(input)),
      history: os.throughput.history.handler(({ input }) => throughput.history(input)),
    },
    samples: {
      list: os.samples.list.handler(async () => {
        const { samples } = await import('./accuracy/samples/write-sample.ts');
        return samples.map(({ name, title, description }) => ({ name, title, text: description }));
      }),
      open: os.samples.open.handler(({ input }) =>
        jobs.start({
          kind: 'samples.open',
          title: `Sample ${input.name}`,
          input,
          result: DatasetSummary,
          run: (work) => datasets.openSample(input.name, input.seed, work),
        }),
      ),
    },
    files: {
      browse: os.files.browse.handler(({ input }) => browse(input.path, input.files)),
    },
    uploads: {
      begin: os.uploads.begin.handler(async () => ({ uploadId: await uploads.begin() })),
      complete: os.uploads.complete.handler(({ input }) => uploads.complete(input.uploadId)),
    },
    jobs: {
      list: os.jobs.list.handler(() => jobs.list()),
      watch: os.jobs.watch.handler(({ input, signal }) => jobs.watch(input.jobId, signal)),
      cancel: os.jobs.cancel.handler(({ input }) => jobs.cancel(input.jobId)),
    },
    investigations: {
      open: os.investigations.open.handler(({ input }) =>
        jobs.start({
          kind: 'investigations.open',
          title: `Investigate ${input.request.dataset}`,
          input,
          result: Investigation,
          run: (work) => investigations.open(input.request, input.title, work),
        }),
      ),
      compare: os.investigations.compare.handler(({ input }) =>
        jobs.start({
          kind: 'investigations.compare',
          title: `Compare again ${input.request.dataset}`,
          input,
          result: Investigation,
          run: (work) => investigations.compare(input.investigation, input.request, work),
        }),
      ),
      list: os.investigations.list.handler(() => investigations.list()),
      get: os.investigations.get.handler(({ input }) => investigations.get(input.investigation, input.seq)),
      documents: os.investigations.documents.handler(({ input }) => investigations.documents(input.investigation)),
      statements: os.investigations.statements.handler(({ input }) => investigations.statements(input.investigation)),
      choose: os.investigations.choose.handler(({ input }) => investigations.choose(input.investigation, input.choice)),
      undo: os.investigations.undo.handler(({ input }) => investigations.undo(input.investigation, input.seq)),
      history: os.investigations.history.handler(({ input }) => investigations.history(input.investigation)),
      watch: os.investigations.watch.handler(({ input, signal }) => investigations.watch(input.investigation, signal)),
    },
    reports: {
      build: os.reports.build.handler(({ input }) => investigations.report(input.investigation, input.seq)),
    },
    recent: {
      list: os.recent.list.handler(() => accuracy.recent()),
    },
    log: {
      entries: os.log.entries.handler(({ input }) => log.entries(input)),
    },
  });
};
