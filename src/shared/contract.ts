import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { BrowsedFiles, FolderListing } from './model/browse.ts';
import { AccuracyComparison } from './model/comparison.ts';
import { DatasetFile, DatasetSummary, SourceProposal, Timeline } from './model/dataset.ts';
import { DatasetDetail } from './model/dataset-detail.ts';
import { History, HistoryRequest } from './model/history.ts';
import {
  Choice,
  HistoryLine,
  Investigation,
  InvestigationDocuments,
  InvestigationSummary,
  Statement,
} from './model/investigation.ts';
import { JobState, jobTicket } from './model/job.ts';
import { LogEntry } from './model/log-entry.ts';
import { RecentDataset, RecentWork } from './model/recent.ts';
import { BuiltReport } from './model/report.ts';
import { CompareRequest, SeriesRequest, SliceRequest } from './model/request.ts';
import { SegmentDays, SegmentDaysRequest } from './model/segment-days.ts';
import { SelectionExplanation, SelectionRequest } from './model/selection.ts';
import { AccuracySeries } from './model/series.ts';
import { RunSummary, ThroughputCompareRequest, ThroughputComparison } from './model/throughput-comparison.ts';
import { ThroughputRun } from './model/throughput-run.ts';
import { WindowRange } from './model/window.ts';
import { Diagnosis, WorkbenchState } from './model/workbench.ts';
import { RunRequest, Workload } from './model/workload.ts';

const nothing = z.object({}).optional();
const datasetId = z.object({ dataset: z.string().min(1) });

/** A job answers at once with a ticket; `jobs.watch` streams the rest. */
const job = <I extends z.ZodType, T>(input: I, result: z.ZodType<T>) => oc.input(input).output(jobTicket(result));

const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => oc.input(input).output(output);

const ImportRequest = z.union([
  z.strictObject({ path: z.string().min(1) }),
  z.strictObject({ spec: DatasetFile, folder: z.string().min(1) }),
]);

const investigationId = z.object({ investigation: z.string().min(1) });

export const RecordedRuns = z.object({ runs: z.array(ThroughputRun), remarks: z.array(z.string()) });

const SampleRequest = z.object({ name: z.string().min(1), seed: z.number().int().min(0).default(1) });

/** Every procedure, once: transports, clients and fakes derive from it. */
export const contract = {
  workbench: {
    info: call(nothing, WorkbenchState),
    doctor: call(nothing, Diagnosis),
  },
  datasets: {
    list: call(nothing, z.array(RecentDataset)),
    get: call(datasetId, DatasetDetail),
    inspect: call(z.object({ path: z.string().min(1) }), SourceProposal),
    timeline: call(datasetId.extend({ asOf: z.string().optional() }), Timeline),
    import: job(ImportRequest, DatasetSummary),
  },
  accuracy: {
    compare: job(CompareRequest, AccuracyComparison),
    /** The same for looking around in picked rows: nothing of it goes on the record. */
    slice: job(SliceRequest, AccuracyComparison),
    /** The drift of each feature that a slice left out. */
    featureDrift: call(CompareRequest, AccuracyComparison.pick({ featureDrift: true })),
    series: job(SeriesRequest, AccuracySeries),
    /** What is different inside some picked rows; a description, never a cause. */
    explainSelection: call(SelectionRequest, SelectionExplanation),
    /** Reads what every selection of the current window is held against, so that the first one is told as soon as the next. */
    prepareSelections: call(CompareRequest, z.object({ columns: z.number() })),
    segmentDays: call(SegmentDaysRequest, SegmentDays),
    suggestWindows: call(datasetId, z.object({ reference: WindowRange, current: WindowRange })),
  },
  throughput: {
    /** What can be run here; asks the adapters of this machine. */
    workloads: call(nothing, z.object({ workloads: z.array(Workload) })),
    /** Runs one after the other, each a process of its own; cancelling keeps what was measured. */
    run: job(RunRequest, RecordedRuns),
    /** Result files of other harnesses, or saved streams of the runner protocol. */
    import: job(
      z.object({ files: z.array(z.string().min(1)).min(1), format: z.string().default('auto') }),
      RecordedRuns,
    ),
    /** Latest first. */
    runs: call(nothing, z.array(RunSummary)),
    get: call(z.object({ run: z.string().min(1) }), ThroughputRun),
    /** The run that later ones of the same workload hash are held against; false takes that back. */
    pin: call(z.object({ run: z.string().min(1), baseline: z.boolean() }), RunSummary),
    compare: call(ThroughputCompareRequest, ThroughputComparison),
    history: call(HistoryRequest, History),
  },
  samples: {
    list: call(nothing, z.array(z.object({ name: z.string(), title: z.string(), text: z.string() }))),
    open: job(SampleRequest, DatasetSummary),
  },
  files: {
    browse: call(z.object({ path: z.string().optional(), files: BrowsedFiles.default('dataset') }), FolderListing),
  },
  uploads: {
    begin: call(nothing, z.object({ uploadId: z.string() })),
    complete: call(
      z.object({ uploadId: z.string() }),
      z.object({ folder: z.string(), files: z.number(), bytes: z.number() }),
    ),
  },
  jobs: {
    list: call(nothing, z.array(JobState)),
    watch: oc.input(z.object({ jobId: z.string() })).output(eventIterator(JobState)),
    cancel: call(z.object({ jobId: z.string() }), JobState),
  },
  investigations: {
    /** Compares, attaches what the report needs, runs every automatic check. */
    open: job(z.object({ request: CompareRequest, title: z.string().trim().max(200).optional() }), Investigation),
    /** The same investigation over other windows or settings. */
    compare: job(investigationId.extend({ request: CompareRequest }), Investigation),
    list: call(nothing, z.array(InvestigationSummary)),
    get: call(investigationId.extend({ seq: z.number().int().optional() }), Investigation),
    documents: call(investigationId, InvestigationDocuments),
    statements: call(investigationId, z.array(Statement)),
    choose: call(investigationId.extend({ choice: Choice }), Investigation),
    /** Takes back one entry, or the latest that can be taken back. */
    undo: call(investigationId.extend({ seq: z.number().int().optional() }), Investigation),
    history: call(investigationId, z.array(HistoryLine)),
    /** The number of the last entry, whenever it grows: by this window, another one or another process. */
    watch: oc.input(investigationId).output(eventIterator(z.object({ seq: z.number() }))),
  },
  reports: {
    build: call(investigationId.extend({ seq: z.number().int().optional() }), BuiltReport),
  },
  recent: {
    list: call(nothing, RecentWork),
  },
  log: {
    entries: call(
      z.object({ subject: z.string().optional(), limit: z.number().int().min(1).max(1000).default(100) }),
      z.array(LogEntry),
    ),
  },
};
