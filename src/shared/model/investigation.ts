import { z } from 'zod';
import { CheckLine, CheckStatus } from './checklist.ts';
import { AccuracyComparison, Segment } from './comparison.ts';
import { Timeline } from './dataset.ts';
import { CompareRequest } from './request.ts';
import { AccuracySeries } from './series.ts';
import { Verdict } from './verdict.ts';

/** The closed list of causes of the accuracy axis. */
export const AccuracyCause = z.enum([
  'relation',
  'mix',
  'label',
  'data-quality',
  'version-change',
  'serving-change',
  'score-scale',
  'wrong-files',
  'late-labels',
  'selection',
  'no-change',
  'undetermined',
]);
export type AccuracyCause = z.infer<typeof AccuracyCause>;

export const Conclusion = z.strictObject({
  cause: AccuracyCause,
  /** Confirmed needs a sentence on how: replay, revert or shadow run. */
  certainty: z.enum(['confirmed', 'probable']),
  confirmedBy: z.string().default(''),
  /** First bad day and where. */
  firstFailure: z.string().min(1),
  impact: z.string().min(1),
  ruledOut: z.array(z.strictObject({ cause: AccuracyCause, because: z.string().min(1) })),
  wouldChange: z.string().min(1),
  actions: z.string().min(1),
  reopenWhen: z.string().min(1),
});
export type Conclusion = z.infer<typeof Conclusion>;

/** Every choice of a person is one entry of the log. */
export const Choice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('segment-chosen'), segment: Segment }),
  z.strictObject({
    kind: z.literal('check-answered'),
    item: z.string().min(1),
    status: CheckStatus,
    sentence: z.string().trim().min(1),
  }),
  z.strictObject({ kind: z.literal('phase-completed'), phase: z.string().min(1) }),
  z.strictObject({ kind: z.literal('conclusion-written'), conclusion: Conclusion }),
  z.strictObject({ kind: z.literal('title-changed'), title: z.string().trim().min(1).max(200) }),
]);
export type Choice = z.infer<typeof Choice>;

/** The artefacts (SHA-256) a comparison left: documents of the same names. */
export const Attachments = z.object({
  comparison: z.string(),
  timeline: z.string(),
  series: z.string(),
  /** The series inside the worst segment, where there is one. */
  segmentSeries: z.string().nullable(),
  /** The SQL that was run, part by part. */
  statements: z.string(),
});
export type Attachments = z.infer<typeof Attachments>;

export const Statement = z.object({ part: z.string(), sql: z.string() });
export type Statement = z.infer<typeof Statement>;

/** An investigation as its log entries up to `seq` make it; nothing else is stored. */
export const Investigation = z.object({
  id: z.string(),
  axis: z.literal('accuracy'),
  title: z.string(),
  openedAt: z.string(),
  /** The last entry this state rests on, and its hash. */
  seq: z.number(),
  head: z.string(),
  dataset: z.object({ id: z.string(), name: z.string(), sha256: z.string() }),
  request: CompareRequest,
  attachments: Attachments,
  verdict: Verdict,
  summary: z.string(),
  segment: Segment.nullable(),
  checklist: z.object({
    id: z.string(),
    version: z.number(),
    title: z.string(),
    sha256: z.string(),
    /** `built-in`, or the file in the workspace. */
    origin: z.string(),
    phases: z.array(z.object({ id: z.string(), title: z.string(), completedAt: z.string().nullable() })),
    symptoms: z.array(z.object({ id: z.string(), title: z.string() })),
    lines: z.array(CheckLine),
  }),
  conclusion: Conclusion.extend({ at: z.string() }).nullable(),
  /** What undo would take back, in words; null when there is nothing. */
  undoable: z.object({ seq: z.number(), text: z.string() }).nullable(),
});
export type Investigation = z.infer<typeof Investigation>;

export const InvestigationSummary = Investigation.pick({
  id: true,
  axis: true,
  title: true,
  openedAt: true,
  dataset: true,
  verdict: true,
  summary: true,
}).extend({ changedAt: z.string(), concluded: z.boolean() });
export type InvestigationSummary = z.infer<typeof InvestigationSummary>;

/** One line of the history panel, oldest first. */
export const HistoryLine = z.object({
  seq: z.number(),
  at: z.string(),
  kind: z.string(),
  text: z.string(),
  hash: z.string(),
  /** The seq of the entry that took this one back, or null. */
  revertedBy: z.number().nullable(),
  revertible: z.boolean(),
});
export type HistoryLine = z.infer<typeof HistoryLine>;

/** The documents behind an investigation, read from its attachments. */
export const InvestigationDocuments = z.object({
  comparison: AccuracyComparison,
  timeline: Timeline,
  series: AccuracySeries,
  segmentSeries: AccuracySeries.nullable(),
});
export type InvestigationDocuments = z.infer<typeof InvestigationDocuments>;
