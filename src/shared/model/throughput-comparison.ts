import { z } from 'zod';
import { CheckedItem } from './checklist.ts';
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
  /** Geometric mean over the runs of a side: the run is the replicate. */
  baseline: Estimate,
  candidate: Estimate,
  /** Candidate over baseline. */
  ratio: Estimate,
  verdict: ThroughputVerdict,
  /** What an inconclusive verdict lacks. */
  missing: z.string().nullable(),
  /** The same with the samples that a rule excluded left in. */
  withExclusions: z.object({ ratio: Estimate, verdict: ThroughputVerdict }).optional(),
});
export type ComparedMetric = z.infer<typeof ComparedMetric>;

const CheckStep = z.object({ number: z.number(), id: z.string() });

const FingerprintDifference = z.object({
  field: z.string(),
  baseline: FingerprintValue,
  candidate: FingerprintValue,
  known: z.boolean(),
  suspect: z.boolean(),
  step: CheckStep.nullable(),
  reason: z.string(),
});

/** Below this weight nothing is named as a cause: it is a circumstance. */
export const namedFrom = 0.3;

/** A suspect, most likely first; `kind` is the id of the checklist step that looks into it. */
export const RankedCause = z.object({
  kind: z.string(),
  text: z.string(),
  /** Heaviest first. */
  evidence: z.array(z.object({ id: z.string(), text: z.string(), weight: z.number() })),
  /** 0..1, no probability: only the order means something, and `namedFrom`. */
  weight: z.number(),
  step: CheckStep.nullable(),
});
export type RankedCause = z.infer<typeof RankedCause>;

const ComparedTables = z.object({
  /** Rows of one model and image size on both sides. */
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

/** |ln r| below which this executor compared with itself already falls. */
const NoiseFloor = z.object({ value: z.number().nullable(), sessions: z.number(), reason: z.string().optional() });
export type NoiseFloor = z.infer<typeof NoiseFloor>;

const Cycles = z.object({ clockRatio: z.number().nullable(), timeRatio: z.number().nullable(), text: z.string() });
export type Cycles = z.infer<typeof Cycles>;

const Outputs = z.object({
  equal: z.boolean().nullable(),
  maxRelativeError: z.number().nullable(),
  reason: z.string(),
});
export type Outputs = z.infer<typeof Outputs>;

const Concurrency = z.enum(['interleaved', 'one after the other', 'historical, not concurrent']);
export type Concurrency = z.infer<typeof Concurrency>;

/** What is said of one workload, and of the whole comparison by the workload that decides it. */
const decision = {
  metrics: z.record(z.string(), ComparedMetric),
  noiseFloor: NoiseFloor,
  /** Relative slowdown that these many runs tell from none with power 0.8; null when nothing is known of the spread. */
  smallestDetectableEffect: z.number().nullable(),
  /** Relative slowdown that they call a regression with power 0.8: the band and that effect. */
  smallestRegression: z.number().nullable(),
  /** Runs a side that would decide; null when no number would, or when it is decided. */
  runsNeeded: z.number().nullable(),
  cycles: Cycles,
  outputs: Outputs,
  concurrency: Concurrency,
  verdict: ThroughputVerdict,
  provisional: z.boolean(),
  summary: z.string(),
  missing: z.string().nullable(),
};

/** What was read of the machine while the runs of a side measured. */
export const SideReadings = z.object({
  /** Runs with any reading. */
  runs: z.number(),
  /** By name: of counters and shares of faults the worst run, else the median; null where nobody knew. Shares are 0..1. */
  values: z.record(z.string(), z.number().nullable()),
  /** Error numbers of the driver in the time of the runs. */
  xids: z.array(z.object({ code: z.number(), kind: z.string(), text: z.string(), runs: z.number() })),
  /** Why nobody knows whether the driver reported errors; null where its log was watched. */
  xidsUnknown: z.string().nullable(),
  /** What ended the telemetry of a run, where something did. */
  lost: z.string().nullable(),
});
export type SideReadings = z.infer<typeof SideReadings>;

const WorkloadReadings = z.object({
  workload: z.object({ id: z.string(), hash: z.string() }),
  precision: z.string().nullable(),
  batch: z.number().nullable(),
  /** It is slower, or has no valid run on a side: the readings to ask first. */
  suspicious: z.boolean(),
  baseline: SideReadings,
  candidate: SideReadings,
});
export type WorkloadReadings = z.infer<typeof WorkloadReadings>;

const StackFields = z.record(z.string(), FingerprintValue);

export const WorkloadComparison = z.object({
  workload: z.object({ id: z.string(), hash: z.string() }),
  precision: z.string().nullable(),
  batch: z.number().nullable(),
  item: z.string().nullable(),
  /** Ids of the runs that entered the numbers. */
  baseline: z.array(z.string()),
  candidate: z.array(z.string()),
  ...decision,
});
export type WorkloadComparison = z.infer<typeof WorkloadComparison>;

export const ThroughputComparison = z.object({
  schema: z.literal('driftbench/throughput-comparison@1'),
  comparable: z.boolean(),
  /** Why the sides, or where `comparable` some of their workloads, may not be compared; empty when all may. */
  reasons: z.array(z.string()),
  settings: ThroughputCompareRequest.omit({ baseline: true, candidate: true }),
  baseline: z.array(RunSummary),
  candidate: z.array(RunSummary),
  /** Runs that a rule kept out of the numbers. */
  excludedRuns: z.array(
    z.object({ id: z.string(), side: z.enum(['baseline', 'candidate']), reasons: z.array(z.string()) }),
  ),
  ...decision,
  /** One entry a workload, in the order of the baseline; the fields above are those of the one that decides. */
  workloads: z.array(WorkloadComparison),
  /** What all runs of a side agree on. */
  fingerprints: z.object({ baseline: StackFields, candidate: StackFields }),
  fingerprintDifference: z.array(FingerprintDifference),
  /** One entry a workload that may be compared, those without a valid run included. */
  readings: z.array(WorkloadReadings),
  causes: z.array(RankedCause),
  /** What a reader has to know besides the verdict, one sentence each. */
  remarks: z.array(z.string()),
  /** An earlier comparison with this baseline that found a regression which is gone now: undone, and the speed came back. */
  reversal: z.object({ entry: z.number(), at: z.string(), text: z.string() }).optional(),
  /** What the checklist's automatic steps found; they point into this document as it is stored, which is without them. */
  checks: z.array(CheckedItem).optional(),
  /** Set where the sides are tables of one number a model. */
  tables: ComparedTables.optional(),
});
export type ThroughputComparison = z.infer<typeof ThroughputComparison>;
