import { canonicalJson } from '../../../shared/canonical-json.ts';
import { UserFault } from '../../../shared/errors.ts';
import type { Workload, WorkloadDefinition } from '../../../shared/model/workload.ts';
import {
  isBuiltIn,
  type OnnxDefinition,
  type OnnxPrecision,
  type OnnxSchedule,
  precisions,
  type SessionOptions,
} from '../../../shared/onnx/definition.ts';
import { sha256 } from '../../platform/hash.ts';
import { type BuiltIn, builtIns } from '../onnx-model/built-in-models.ts';

export interface OnnxChoice {
  precision?: string;
  batch?: number;
  durationMs: number;
  seed: number;
  /** The execution provider; cpu where none is asked for. */
  provider?: string;
}

/** What ONNX Runtime does when nobody sets anything. */
export const usualSession: SessionOptions = {
  intraOpNumThreads: 0,
  interOpNumThreads: 0,
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
};

/** A tenth of the measured time to warm up, two seconds at the most. */
export const usualSchedule = (durationMs: number): OnnxSchedule => ({
  durationMs,
  warmupMs: Math.min(2000, durationMs / 10),
  pacingMs: 0,
  minIterations: 3,
});

/** A definition as the plain JSON that is hashed. */
export const onnxWorkload = (
  id: string,
  definition: OnnxDefinition,
  about: Pick<Workload, 'precisions' | 'text'>,
): Workload => ({
  id,
  runner: 'onnx',
  ...about,
  hash: sha256(canonicalJson(definition)),
  definition: definition as unknown as WorkloadDefinition,
});

const definitionOf = (builtIn: BuiltIn, precision: OnnxPrecision, choice: OnnxChoice): OnnxDefinition => {
  const batch = choice.batch ?? builtIn.batch;
  return {
    runner: 'onnx',
    procedure: 1,
    model: {
      builtIn: builtIn.name,
      version: builtIn.version,
      seed: choice.seed,
      sha256: sha256(builtIn.bytes(precision, choice.seed)),
    },
    inputs: [builtIn.input(batch, choice.seed)],
    session: usualSession,
    provider: choice.provider ?? 'cpu',
    precision,
    batch,
    item: builtIn.item,
    schedule: usualSchedule(choice.durationMs),
    output: { reference: 'plain-loops', tolerance: builtIn.tolerance[precision] },
  };
};

const precisionOf = (name: string): OnnxPrecision => {
  const known = precisions.find((precision) => precision === name);
  if (!known)
    throw new UserFault(
      `the built-in ONNX workloads have ${precisions.join(', ')} and no precision of this name: ${name}`,
    );
  return known;
};

/** The built-in reference models as workloads of one precision (f32 unless another is chosen). */
export const onnxWorkloads = (choice: OnnxChoice): Workload[] => {
  const precision = precisionOf(choice.precision ?? 'f32');
  return builtIns.map((builtIn) =>
    onnxWorkload(`onnx-${builtIn.name}`, definitionOf(builtIn, precision, choice), {
      precisions: [...precisions],
      text: builtIn.text,
    }),
  );
};

/** The model file of a built-in workload, to be stored under the SHA-256 its definition names. */
export const onnxModelBytes = (definition: WorkloadDefinition): { sha256: string; bytes: Uint8Array } => {
  const { model, precision } = definition as unknown as OnnxDefinition;
  const builtIn = isBuiltIn(model) ? builtIns.find(({ name }) => name === model.builtIn) : undefined;
  if (!builtIn || !isBuiltIn(model)) throw new UserFault('the workload is not one of the built-in ONNX models');
  const bytes = builtIn.bytes(precisionOf(precision), model.seed);
  const actual = sha256(bytes);
  if (actual !== model.sha256)
    throw new UserFault(
      `this version makes another model of the workload's seed, so it cannot be run again as it was: ${model.builtIn} version ${model.version}`,
    );
  return { sha256: actual, bytes };
};
