import { z } from 'zod';
import { Estimate } from './estimate.ts';
import { FingerprintValue, ThroughputRun } from './throughput-run.ts';
import { Verdict } from './verdict.ts';

/** The four of a comparison, and the two that forbid one. */
export const ThroughputVerdict = z.enum([...Verdict.options, 'not comparable', 'invalid']);
export type ThroughputVerdict = z.infer<typeof ThroughputVerdict>;

/** A run as lists show it; the whole of it is read by its id. */
export const RunSummary = ThroughputRun.pick({
  id: true,
  executor: true,
  precision: true,
  batch: true,
  startedAt: true,
  metrics: true,
  throttling: true,
  outputDigest: true,
  valid: true,
  invalidReasons: true,
  label: true,
  item: true,
  session: true,
  source: true,
}).extend({
  workload: z.object({ id: z.string(), hash: z.string() }),
  fingerprintHash: z.string(),
  recordedAt: z.string(),
  /** True for the run that is the baseline of its workload hash. */
  baseline: z.boolean(),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const ThroughputCompareRequest = z.object({
  baseline: z.array(z.string().min(1)).min(1),
  candidate: z.array(z.string().min(1)).min(1),
  /** Tolerated relative change, fixed before looking. */
  delta: z.number().positive().max(0.9).default(0.03),
  /** The primary metric. */
  metric: z.string().default('throughput'),
  seed: z.number().int().min(0).default(1),
});
export type ThroughputCompareRequest = z.infer<typeof ThroughputCompareRequest>;

const ComparedMetric = z.object({
  baseline: Estimate,
  candidate: Estimate,
  /** Candidate over baseline. */
  ratio: Estimate,
  verdict: ThroughputVerdict,
  /** The same with the samples that a rule excluded left in. */
  withExclusions: z.object({ ratio: Estimate, verdict: ThroughputVerdict }).optional(),
});

const CheckStep = z.object({ number: z.number(), id: z.string() });

export const FingerprintDifference = z.object({
  field: z.string(),
  baseline: FingerprintValue,
  candidate: FingerprintValue,
  known: z.boolean(),
  suspect: z.boolean(),
  step: CheckStep.nullable(),
  reason: z.string(),
});

/** A suspect, most likely first; `kind` is the id of the checklist step that looks into it. */
export const RankedCause = z.object({
  kind: z.string(),
  text: z.string(),
  evidence: z.array(z.object({ id: z.string(), text: z.string() })),
  /** 0..1; only the order means something. */
  weight: z.number(),
  step: CheckStep.nullable(),
});
export type RankedCause = z.infer<typeof RankedCause>;

const ComparedTables = z.object({
  common: z.number(),
  compared: z.number(),
  refused: z.array(z.object({ model: z.string(), imageSize: z.number(), reason: z.string() })),
  slower: z.array(
    z.object({
      model: z.string(),
      imageSize: z.number(),
      baseline: z.number(),
      candidate: z.number(),
      ratio: z.number(),
    }),
  ),
});

export const ThroughputComparison = z.object({
  schema: z.literal('driftbench/throughput-comparison@1'),
  comparable: z.boolean(),
  /** Why the sides may not be compared; empty when they may. */
  reasons: z.array(z.string()),
  settings: ThroughputCompareRequest.omit({ baseline: true, candidate: true }),
  baseline: z.array(RunSummary),
  candidate: z.array(RunSummary),
  metrics: z.record(z.string(), ComparedMetric),
  fingerprintDifference: z.array(FingerprintDifference),
  /** |ln r| below which this executor compared with itself already falls. */
  noiseFloor: z.object({ value: z.number().nullable(), sessions: z.number(), reason: z.string().optional() }),
  /** Relative change that these many runs would find with power 0.8; null when nothing is known of the spread. */
  smallestDetectableEffect: z.number().nullable(),
  /** Runs a side that would decide; null when no number would, or when it is decided. */
  runsNeeded: z.number().nullable(),
  cycles: z.object({ clockRatio: z.number().nullable(), timeRatio: z.number().nullable(), text: z.string() }),
  outputs: z.object({ equal: z.boolean().nullable(), maxRelativeError: z.number().nullable(), reason: z.string() }),
  concurrency: z.enum(['interleaved', 'one after the other', 'historical, not concurrent']),
  verdict: ThroughputVerdict,
  provisional: z.boolean(),
  summary: z.string(),
  missing: z.string().nullable(),
  causes: z.array(RankedCause),
  /** Set where the sides are tables of one number a model. */
  tables: ComparedTables.optional(),
});
export type ThroughputComparison = z.infer<typeof ThroughputComparison>;
