import type { ValueRange } from './generated-values.ts';

/** Element types that can be generated and handed to ONNX Runtime. */
export const elementTypes = [
  'float32',
  'float16',
  'float64',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
] as const;
export type ElementType = (typeof elementTypes)[number];

export const precisions = ['f32', 'f16', 'int8'] as const;
export type OnnxPrecision = (typeof precisions)[number];

export type BuiltInName = 'transformer' | 'cnn';

/** A model that is made from a seed; `version` changes whenever the same seed would give another graph. */
export interface BuiltInModel {
  builtIn: BuiltInName;
  version: number;
  seed: number;
  sha256: string;
}

/** A model of the user's: known by its bytes, never by its path. */
export interface FileModel {
  sha256: string;
  externalData: { location: string; sha256: string }[];
}

export interface OnnxInput {
  name: string;
  type: ElementType;
  shape: number[];
  seed: number;
  values: ValueRange;
}

export interface SessionOptions {
  /** 0 leaves the number to ONNX Runtime: one for each physical core. */
  intraOpNumThreads: number;
  interOpNumThreads: number;
  graphOptimizationLevel: 'disabled' | 'basic' | 'extended' | 'layout' | 'all';
  executionMode: 'sequential' | 'parallel';
}

export interface OnnxSchedule {
  durationMs: number;
  warmupMs: number;
  /** Idle time between two iterations. */
  pacingMs: number;
  /** Iterations that are measured even when one of them takes longer than the duration. */
  minIterations: number;
}

/** Two elements agree when they differ by no more than absolute + relative * |expected|. */
export interface Tolerance {
  absolute: number;
  relative: number;
}

/** Everything an ONNX run holds constant; its canonical JSON is what the workload's hash is made of. */
export interface OnnxDefinition {
  runner: 'onnx';
  /** What an iteration is and how it is timed: changes only when numbers of before are not comparable any more. */
  procedure: 1;
  model: BuiltInModel | FileModel;
  inputs: OnnxInput[];
  session: SessionOptions;
  /** The execution provider asked for; what was assigned is a reading of the run. */
  provider: string;
  precision: string;
  batch: number;
  /** What one item is: a sequence, an image, an inference. */
  item: string;
  schedule: OnnxSchedule;
  output: { reference: 'plain-loops' | 'first-iteration'; tolerance: Tolerance };
}

export const isBuiltIn = (model: BuiltInModel | FileModel): model is BuiltInModel => 'builtIn' in model;
