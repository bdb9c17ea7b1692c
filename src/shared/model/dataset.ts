import { z } from 'zod';

export const Task = z.enum(['binary', 'multiclass', 'regression']);
export type Task = z.infer<typeof Task>;

const column = z.string().min(1);

/** `dataset.yaml`: where the exported files are and what their columns mean. */
export const DatasetFile = z.strictObject({
  name: z.string().min(1),
  task: Task,
  /** IANA zone: naive timestamps are read in it and days are cut in it; the machine's own zone never matters. */
  timezone: z.string().default('UTC'),
  predictions: z.strictObject({
    path: z.string().min(1),
    id: column,
    time: column,
    value: column,
    score: column.optional(),
    scoreOf: z.enum(['predicted', 'positive']).optional(),
    modelVersion: column.optional(),
    providerVersion: column.optional(),
  }),
  labels: z.strictObject({
    path: z.string().min(1),
    id: column,
    value: column,
    time: column.optional(),
  }),
  positiveClass: z.union([z.string(), z.number(), z.boolean()]).optional(),
  segments: z.array(column).default([]),
  /** Absent: every remaining column of the predictions. */
  features: z.array(column).optional(),
  keep: z.enum(['first', 'last']).default('first'),
});
export type DatasetFile = z.infer<typeof DatasetFile>;

export const BadScores = z.object({
  null: z.number(),
  nan: z.number(),
  infinite: z.number(),
  outOfRange: z.number(),
});

/** Something that was tolerated and counted during import, in one sentence. */
export const LedgerNote = z.object({
  code: z.string(),
  file: z.string().optional(),
  column: z.string().optional(),
  count: z.number().optional(),
  text: z.string(),
});
export type LedgerNote = z.infer<typeof LedgerNote>;

/** The row ledger: what was read and what became of every row. */
export const RowLedger = z.object({
  predictionRows: z.number(),
  distinctPredictions: z.number(),
  /** Rows beyond the first of their id. */
  duplicatePredictions: z.number(),
  /** Ids whose duplicate rows differ in value, score or time. */
  conflictingDuplicates: z.number(),
  labelRows: z.number(),
  /** Distinct predictions with at least one usable label. */
  matchedLabels: z.number(),
  /** Label rows whose id has no prediction. */
  orphanLabels: z.number(),
  /** Label rows that arrived before their prediction. */
  earlyLabels: z.number(),
  /** Ids with several different label values (revisions). */
  conflictingLabels: z.number(),
  /** Rows of either side without a key. */
  nullKeys: z.number(),
  badScores: BadScores,
  /** Predictions that entered the analysis with a label. */
  joined: z.number(),
  /** The first ids (at most 100) behind each count above. */
  examples: z.record(z.string(), z.array(z.string())),
  notes: z.array(LedgerNote),
});
export type RowLedger = z.infer<typeof RowLedger>;

export const DatasetSummary = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  ledger: RowLedger,
});
export type DatasetSummary = z.infer<typeof DatasetSummary>;

const ColumnKind = z.enum(['number', 'integer', 'text', 'boolean', 'time', 'other']);

/** One column of an exported file as the import dialog shows it. */
export const SourceColumn = z.object({
  name: z.string(),
  type: z.string(),
  kind: ColumnKind,
  samples: z.array(z.string()),
  nullShare: z.number().nullable(),
  distinct: z.number().nullable(),
});
export type SourceColumn = z.infer<typeof SourceColumn>;

export const SourceTable = z.object({
  /** Relative to the folder that was given. */
  path: z.string(),
  files: z.number(),
  rows: z.number(),
  bytes: z.number(),
  columns: z.array(SourceColumn),
});
export type SourceTable = z.infer<typeof SourceTable>;

/** What a folder seems to hold, for a person to confirm. */
export const SourceProposal = z.object({
  folder: z.string(),
  /** An existing dataset.yaml, when there is one. */
  existing: z.string().nullable(),
  tables: z.array(SourceTable),
  proposal: DatasetFile.nullable(),
  /** Why each column was guessed as it was, and what is still missing, one sentence each. */
  remarks: z.array(z.string()),
});
export type SourceProposal = z.infer<typeof SourceProposal>;

/** Volume, labels and versions per day: what the timeline draws. */
export const Timeline = z.object({
  days: z.array(
    z.object({ day: z.string(), predictions: z.number(), labelled: z.number(), maturity: z.number().nullable() }),
  ),
  versionChanges: z.array(z.object({ column: z.string(), from: z.string(), to: z.string(), at: z.string() })),
  /** Columns that name a version; none: nobody can tell from the data which version ran. */
  versionColumns: z.array(z.string()).optional(),
  asOf: z.string(),
});
export type Timeline = z.infer<typeof Timeline>;
