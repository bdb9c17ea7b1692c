import { z } from 'zod';

/** A program that executes workloads and speaks the runner protocol. */
export const RunnerName = z.enum(['webgpu', 'onnx', 'command']);
export type RunnerName = z.infer<typeof RunnerName>;

/** Everything that is held constant between two runs, as plain JSON: its canonical form is what the hash is made of. */
export const WorkloadDefinition = z.record(z.string(), z.json());
export type WorkloadDefinition = z.infer<typeof WorkloadDefinition>;

/** What can be run here, sized for this machine. */
export const Workload = z.object({
  id: z.string(),
  runner: RunnerName,
  precisions: z.array(z.string()),
  /** SHA-256 of the canonical JSON of `definition`. */
  hash: z.string(),
  definition: WorkloadDefinition,
  /** One line for a person: what it stresses. */
  text: z.string(),
  /** Why it cannot be run on this machine; absent when it can. */
  unavailable: z.string().optional(),
});
export type Workload = z.infer<typeof Workload>;

export const RunRequest = z.object({
  /** Id of a workload, or the path of an ONNX model for the onnx runner; absent for a command. */
  workload: z.string().min(1).optional(),
  runner: RunnerName.optional(),
  precision: z.string().optional(),
  batch: z.number().int().min(1).optional(),
  durationMs: z.number().positive().default(30_000),
  repeat: z.number().int().min(1).max(1000).default(1),
  label: z.string().trim().min(1).max(200).optional(),
  /** The same again under these environment variables after each run, interleaved ABBA. */
  against: z.record(z.string(), z.string()).optional(),
  againstLabel: z.string().trim().min(1).max(200).optional(),
  /** Part of an adapter's name (webgpu) or an execution provider (onnx). */
  device: z.string().optional(),
  /** Shapes of inputs whose dimensions the model leaves open (onnx). */
  shapes: z.record(z.string(), z.array(z.number().int().positive())).optional(),
  /** The user's own harness (command). */
  command: z
    .object({
      argv: z.array(z.string()).min(1),
      /** Names of environment variables that are handed on and are part of the workload. */
      env: z.array(z.string()).default([]),
      cwd: z.string().optional(),
      /** `protocol`, or one of the result formats; `auto` decides by content. */
      format: z.string().default('auto'),
      limitMs: z.number().positive().default(600_000),
    })
    .optional(),
  seed: z.number().int().min(0).default(1),
});
export type RunRequest = z.infer<typeof RunRequest>;
