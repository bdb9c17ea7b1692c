import { z } from 'zod';

/** One adapter as the runner's probe sees it; plain enough that a test can hold one without any driver. */
export const WebgpuAdapter = z.object({
  /** What `--device` is matched against, and what selects it: a part of it is enough. */
  name: z.string(),
  description: z.string(),
  vendor: z.string(),
  architecture: z.string(),
  /** `vulkan`, `metal`, `d3d12`; `unknown` where the implementation did not say. */
  backend: z.string(),
  /** A processor that plays a GPU (SwiftShader, llvmpipe, WARP) is `software`. */
  kind: z.enum(['gpu', 'cpu', 'software']),
  /** The driver's own words, version included; null where it has none. */
  driver: z.string().nullable(),
  features: z.array(z.string()),
  /** Features of the shader language, which belong to the implementation and not to the adapter. */
  languageFeatures: z.array(z.string()),
  limits: z.record(z.string(), z.number()),
});
export type WebgpuAdapter = z.infer<typeof WebgpuAdapter>;

/** The one JSON document of `--probe`; the first adapter is the one that is used when none is named. */
export const WebgpuProbe = z.object({
  runner: z.literal('webgpu'),
  version: z.string(),
  adapters: z.array(WebgpuAdapter),
  /** Why there is no adapter; absent when there is one. */
  unavailable: z.string().optional(),
});
export type WebgpuProbe = z.infer<typeof WebgpuProbe>;

/** Values anybody can make again from a seed; a period repeats rows or columns, so that a full check stays cheap. */
export const SeededValues = z.object({
  generator: z.literal('seeded-1'),
  seed: z.number().int().min(0),
  type: z.enum(['f32', 'f16', 'i8', 'u32']),
  rows: z.number().int().positive(),
  columns: z.number().int().positive(),
  rowPeriod: z.number().int().positive(),
  columnPeriod: z.number().int().positive(),
});
export type SeededValues = z.infer<typeof SeededValues>;

const ConstantValues = z.object({
  generator: z.literal('constant'),
  type: z.literal('f32'),
  value: z.number(),
  count: z.number().int().positive(),
});

export const WebgpuBuffer = z.object({
  name: z.string(),
  role: z.enum(['input', 'scratch', 'output']),
  bytes: z.number().int().positive(),
  values: z.discriminatedUnion('generator', [SeededValues, ConstantValues]).optional(),
});
export type WebgpuBuffer = z.infer<typeof WebgpuBuffer>;

/** One pipeline of an iteration, dispatched `repeat` times in a row. */
export const WebgpuStage = z.object({
  wgsl: z.string(),
  entryPoint: z.string(),
  /** Names of buffers, in the order of their binding numbers. */
  bindings: z.array(z.string()),
  workgroups: z.tuple([z.number().int().positive(), z.number().int().positive(), z.number().int().positive()]),
  repeat: z.number().int().positive(),
});
export type WebgpuStage = z.infer<typeof WebgpuStage>;

/** What the output must be: the digest of its distinct values where arithmetic is exact, else a reference and a distance. */
export const ExpectedOutput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact'), type: z.enum(['u32', 'i32', 'f32']), sha256: z.string() }),
  z.object({
    kind: z.literal('near'),
    type: z.literal('f32'),
    /** Computed in double precision by the runner from the same inputs. */
    reference: z.string(),
    /** Largest absolute distance of one value. */
    tolerance: z.number().positive(),
    /** Seeded positions that are checked where computing all of them would take too long; null is all. */
    sampled: z.object({ count: z.number().int().positive(), seed: z.number().int().min(0) }).nullable(),
  }),
]);
export type ExpectedOutput = z.infer<typeof ExpectedOutput>;

/** Everything the webgpu runner holds constant. */
export const WebgpuDefinition = z.object({
  runner: z.object({ name: z.literal('webgpu'), version: z.string() }),
  kernel: z.string(),
  tier: z.enum(['software', 'small', 'large']),
  precision: z.string(),
  batch: z.number().int().positive(),
  shapes: z.record(z.string(), z.number().int().positive()),
  types: z.record(z.string(), z.string()),
  requires: z.object({
    features: z.array(z.string()),
    languageFeatures: z.array(z.string()),
    limits: z.record(z.string(), z.number()),
  }),
  buffers: z.array(WebgpuBuffer).min(1),
  stages: z.array(WebgpuStage),
  /** A copy between host and device instead of stages. */
  transfer: z.enum(['host-to-device', 'device-to-host']).nullable(),
  expected: ExpectedOutput,
  /** What throughput counts; operations and bytes are those of one item, from the shapes. */
  item: z.object({
    name: z.string(),
    perIteration: z.number().int().positive(),
    operations: z.number().nonnegative(),
    bytes: z.number().nonnegative(),
  }),
  schedule: z.object({
    durationMs: z.number().positive(),
    warmupMs: z.number().positive(),
    /** Iterations are timed together in batches of at least this long, measured at the end of the warm-up. */
    batchMs: z.number().min(50),
    minimumBatches: z.number().int().positive(),
    pacingMs: z.number().nonnegative(),
  }),
});
export type WebgpuDefinition = z.infer<typeof WebgpuDefinition>;
