import { z } from 'zod';
import { RowLedger } from './dataset.ts';
import { FeatureDrift, PredictionDrift } from './drift.ts';
import { Estimate } from './estimate.ts';
import { LabelsByScore, Reliability, ScoreDistribution } from './score.ts';
import { Verdict } from './verdict.ts';
import { WindowSummary } from './window.ts';

/** A named predicate: column -> value; null is the missing value. */
export const Segment = z.record(z.string(), z.string().nullable());
export type Segment = z.infer<typeof Segment>;

export const MetricComparison = z.object({
  reference: Estimate,
  current: Estimate,
  change: Estimate,
  verdict: Verdict,
  /** Null where nearest to a target is best (bias, calibration slope). */
  higherIsBetter: z.boolean().nullable(),
});
export type MetricComparison = z.infer<typeof MetricComparison>;

export const SegmentComparison = z.object({
  segment: Segment,
  reference: Estimate,
  current: Estimate,
  change: Estimate,
  /** What this segment adds to the overall change of the metric. */
  contribution: z.number().nullable(),
  pAdjusted: z.number().nullable(),
  verdict: Verdict,
  /** The segment that accounts for this one, after redundancy pruning. */
  explainedBy: Segment.optional(),
});
export type SegmentComparison = z.infer<typeof SegmentComparison>;

export const PartitionSplit = z.object({
  columns: z.array(z.string()),
  mix: Estimate,
  relation: Estimate,
  unseen: Estimate,
  admissible: z.boolean(),
  reason: z.string().optional(),
});
export type PartitionSplit = z.infer<typeof PartitionSplit>;

export const Explanation = z.object({
  word: z.enum(['mix', 'relation', 'label', 'data-quality', 'undetermined', 'none']),
  /** The rows explained: empty is everything, else the worst segment. */
  scope: Segment,
  partitions: z.array(PartitionSplit),
  labelFirst: PartitionSplit.nullable(),
  /** Null, constant, unit or type changes that coincide with the drop. */
  faults: z.array(
    z.object({ feature: z.string(), kind: z.string(), segment: Segment, reference: z.number(), current: z.number() }),
  ),
  reason: z.string(),
});
export type Explanation = z.infer<typeof Explanation>;

export const VersionChange = z.object({ column: z.string(), from: z.string(), to: z.string(), at: z.string() });
export type VersionChange = z.infer<typeof VersionChange>;

export const Alarm = z.object({
  kind: z.enum(['performance', 'segment', 'prediction-drift', 'data-quality']),
  metric: z.string().optional(),
  segment: Segment.optional(),
  feature: z.string().optional(),
  text: z.string(),
  /** JSON pointers into the same document. */
  evidence: z.array(z.string()),
});
export type Alarm = z.infer<typeof Alarm>;

export const LabelLatency = z.object({
  medianDays: z.number().nullable(),
  p90Days: z.number().nullable(),
  p95Days: z.number().nullable(),
  p99Days: z.number().nullable(),
  neverShare: z.number().nullable(),
  coverageByAge: z.array(z.object({ ageDays: z.number(), share: z.number() })),
  method: z.string(),
  reason: z.string().optional(),
});
export type LabelLatency = z.infer<typeof LabelLatency>;

export const AccuracyComparison = z.object({
  schema: z.literal('driftbench/accuracy-comparison@1'),
  dataset: z.object({ id: z.string(), name: z.string(), sha256: z.string() }),
  asOf: z.string(),
  seed: z.number(),
  /** Everything fixed before looking. */
  settings: z.object({
    metric: z.string(),
    delta: z.number(),
    minCell: z.number(),
    depth: z.number(),
    level: z.number(),
    familyAlpha: z.number(),
  }),
  windows: z.object({ reference: WindowSummary, current: WindowSummary }),
  ledger: RowLedger,
  labelLatency: LabelLatency,
  metrics: z.record(z.string(), MetricComparison),
  predictionDrift: PredictionDrift,
  featureDrift: z.array(FeatureDrift),
  reliability: Reliability,
  scoreDistribution: ScoreDistribution,
  labelsByScore: LabelsByScore,
  segments: z.array(SegmentComparison),
  segmentSearch: z.object({
    examined: z.number(),
    tested: z.number(),
    familySize: z.number(),
    notEnoughData: z.number(),
  }),
  explanation: Explanation,
  onset: z
    .object({ date: z.string(), low: z.string(), high: z.string(), metric: z.string(), segment: Segment })
    .nullable(),
  versionChanges: z.array(VersionChange),
  verdict: Verdict,
  /** One sentence a person can read aloud. */
  summary: z.string(),
  /** Possible causes looked at and set aside, with the evidence. */
  ruledOut: z.array(z.object({ cause: z.string(), text: z.string() })),
  /** Rows that would decide an inconclusive verdict. */
  missing: z.string().optional(),
  alarms: z.array(Alarm),
});
export type AccuracyComparison = z.infer<typeof AccuracyComparison>;
