import type { RunnerName, Workload } from '../../../shared/model/workload.ts';

/** What a person may choose of a workload; what is left out is the workload's own default. */
export interface WorkloadChoice {
  precision?: string;
  batch?: number;
  durationMs: number;
  seed: number;
  /** Part of an adapter's name, or an execution provider. */
  device?: string;
  /** Shapes of inputs that a model leaves open. */
  shapes?: Record<string, number[]>;
}

/** How a runner of ours is started. */
export type RunnerProgram = { program: string; args: string[] } | { unavailable: string };

/** Where workloads come from: one source a runner. */
export interface WorkloadSource {
  runner: Exclude<RunnerName, 'command'>;
  /** Every workload, sized for this machine; those that cannot be run here say why. */
  list(choice: WorkloadChoice, signal: AbortSignal): Promise<Workload[]>;
  /** A workload of the user's own file; absent where the runner knows none. */
  fromFile?(path: string, choice: WorkloadChoice, signal: AbortSignal): Promise<Workload>;
  /** The runner, or why it cannot be started here. */
  program(): Promise<RunnerProgram>;
  /** Files that the runner needs beside the definition, written where they stay until the runs have ended. */
  files?(workload: Workload, signal: AbortSignal): Promise<{ model: string }>;
}
