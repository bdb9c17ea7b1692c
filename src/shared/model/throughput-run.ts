import { z } from 'zod';
import { Estimate } from './estimate.ts';

/** A known value, or null beside the reason why it is not known; an unknown value is never equal to anything. */
export const FingerprintValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.object({ value: z.null(), reason: z.string() }),
]);
export type FingerprintValue = z.infer<typeof FingerprintValue>;

export const Executor = z.object({
  name: z.string().nullable(),
  kind: z.enum(['gpu', 'cpu', 'software', 'unknown']),
  driver: z.string().nullable(),
  /** Why `name` is null or `kind` is unknown. */
  reason: z.string().optional(),
});
export type Executor = z.infer<typeof Executor>;

export const RunPhaseName = z.enum(['load', 'compile', 'warmup', 'measure', 'verify']);
export type RunPhaseName = z.infer<typeof RunPhaseName>;

/** Nanoseconds on the clock of the run's samples; null where nobody wrote them down. */
export const RunPhase = z.object({ name: RunPhaseName, from: z.number().nullable(), to: z.number().nullable() });
export type RunPhase = z.infer<typeof RunPhase>;

/** One timed iteration, or one timed block of several when `items` is their number. */
export const RunSample = z.object({
  /** On the run's own clock: only differences mean something. Null where the file has no instants. */
  startNs: z.number().nullable(),
  durationNs: z.number(),
  items: z.number(),
  /** The device's own clock, where it was read. */
  deviceNs: z.number().nullable(),
  phase: RunPhaseName,
  /** The rule that takes this sample out of the numbers; null when it counts. */
  excluded: z.string().nullable(),
});
export type RunSample = z.infer<typeof RunSample>;

/** One telemetry point; a missing value carries its reason and is never 0. */
export const RunReading = z.object({
  tNs: z.number().nullable(),
  name: z.string(),
  value: z.number().nullable(),
  reason: z.string().optional(),
});
export type RunReading = z.infer<typeof RunReading>;

/** A statistic that somebody else computed: kept as it was printed, in base units, without an interval of ours. */
export const ReportedStatistic = z.object({
  /** e.g. `time to first token, p99`. */
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  /** What it rests on; null when the file does not say. */
  n: z.number().nullable(),
  /** Why it is not used as it stands. */
  reason: z.string().optional(),
});
export type ReportedStatistic = z.infer<typeof ReportedStatistic>;

/** A value the harness was asked for, beside the one its own numbers show. */
export const DeclaredValue = z.object({
  name: z.string(),
  declared: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  executed: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  equal: z.boolean().nullable(),
});
export type DeclaredValue = z.infer<typeof DeclaredValue>;

/** Throughput in items per second, times in ms, energy in joules per item. */
export const RunMetrics = z.object({
  throughput: Estimate,
  latencyP50Ms: Estimate,
  latencyP95Ms: Estimate,
  latencyP99Ms: Estimate,
  energyPerItemJ: Estimate,
});
export type RunMetrics = z.infer<typeof RunMetrics>;

/** Samples of the measurement that a rule takes out of the numbers. */
export const RunExclusion = z.object({ rule: z.string(), samples: z.number(), reason: z.string() });
export type RunExclusion = z.infer<typeof RunExclusion>;

/** Runs that were started together, and where in their order this one stood: they are interleaved when both sides are there. */
export const RunSession = z.object({
  id: z.string(),
  /** From 1. */
  position: z.number(),
  of: z.number(),
  side: z.enum(['A', 'B']),
  /** Sides in the order in which they ran, such as `ABBA`. */
  order: z.string(),
});
export type RunSession = z.infer<typeof RunSession>;

export const ThroughputRun = z.object({
  schema: z.literal('driftbench/throughput-run@1'),
  id: z.string(),
  /** Runs are comparable only when this hash (SHA-256 of the canonical definition) is equal. */
  workload: z.object({ id: z.string(), hash: z.string(), definition: z.record(z.string(), z.unknown()) }),
  executor: Executor,
  fingerprint: z.object({ hash: z.string(), fields: z.record(z.string(), FingerprintValue) }),
  precision: z.string().nullable(),
  batch: z.number().nullable(),
  /** ISO instant; null when the source has none, or one without a time zone. */
  startedAt: z.string().nullable(),
  phases: z.array(RunPhase),
  warmup: z.object({ rule: z.string(), samplesExcluded: z.number(), reason: z.string() }),
  steadyState: z.object({
    /** Null: cannot be judged from what there is. */
    reached: z.boolean().nullable(),
    from: z.number().nullable(),
    to: z.number().nullable(),
    rule: z.string(),
    /** What the samples did; absent where they were not classified. */
    kind: z.enum(['flat', 'warm-up', 'slowdown', 'no steady state']).optional(),
    /** Items per second of the fastest earlier level of a slow-down, before clocks gave way. */
    burst: z.number().nullable().optional(),
    /** Why it was not reached, or cannot be judged. */
    reason: z.string().optional(),
  }),
  metrics: RunMetrics,
  /** The same over every sample of the measurement, those that a rule takes out left in. */
  withExclusions: RunMetrics.optional(),
  exclusions: z.array(RunExclusion).optional(),
  /** Share of the measured time under a slow-down of the hardware; null when nobody watched. */
  throttling: z.object({
    share: z.number().nullable(),
    reasons: z.array(z.string()),
    /** False when so many samples fell under a slow-down that the rest do not speak for the executor. */
    representative: z.boolean().optional(),
  }),
  outputDigest: z.string().nullable(),
  /** The first few numbers of what was computed. */
  outputValues: z.array(z.number()).optional(),
  samples: z.array(RunSample),
  readings: z.array(RunReading),
  valid: z.boolean(),
  invalidReasons: z.array(z.string()),
  /** What an item is: `token`, `image`, `request`. */
  item: z.string().optional(),
  label: z.string().optional(),
  runner: z.object({ name: z.string(), version: z.string().nullable() }).optional(),
  session: RunSession.optional(),
  /** The end of what the runner wrote on stderr. */
  log: z.string().optional(),
  /** Requests in flight overlap: durations are latencies and do not add up to elapsed time. */
  overlapping: z.boolean().optional(),
  /** The file a run was read from. */
  source: z.object({ format: z.string(), file: z.string(), sha256: z.string() }).optional(),
  declared: z.array(DeclaredValue).optional(),
  reported: z.array(ReportedStatistic).optional(),
  /** What was left out or is not known, one sentence each. */
  notes: z.array(z.string()).optional(),
});
export type ThroughputRun = z.infer<typeof ThroughputRun>;
