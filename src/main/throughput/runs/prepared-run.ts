import { UserFault } from '../../../shared/errors.ts';
import type { RunRequest, WorkloadDefinition } from '../../../shared/model/workload.ts';
import type { FoundWorkload } from '../workloads/catalogue.ts';
import type { OutputExpectation } from './validity.ts';

/** Everything that starting a process takes, the same for every run of a session. */
export interface PreparedRun {
  kind: 'built-in' | 'command';
  /** Whether a person gave the workload its name. */
  named: boolean;
  workload: { id: string; definition: WorkloadDefinition };
  program: string;
  args: readonly string[];
  cwd?: string;
  /** Variables handed on besides the usual ones. */
  env: readonly string[];
  limitMs: number;
  /** How stdout is read. */
  format: string;
  item: string;
  /** How long the measurement itself ought to last; null where only the program knows. */
  durationMs: number | null;
  device?: string;
  files?: { model: string };
  /** What was asked for by name, to be held against what the result says. */
  asked: { precision?: string; batch?: number };
  /** What our own definition states. */
  stated: { precision: string | null; batch: number | null };
  expected: OutputExpectation;
  notes: string[];
}

const textIn = (definition: WorkloadDefinition, key: string): string | null => {
  const value = definition[key];
  return typeof value === 'string' ? value : null;
};

const numberIn = (definition: WorkloadDefinition, key: string): number | null => {
  const value = definition[key];
  return typeof value === 'number' ? value : null;
};

/** A name, or an object that has one. */
const itemOf = ({ item }: WorkloadDefinition): string => {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : item;
  return typeof name === 'string' ? name : 'item';
};

/** Loading, compiling and warming up take what they take; beyond this nothing is still on its way. */
const patienceMs = 300_000;

/** A workload of one of our own runners, whose definition states what will be executed. */
export const prepareBuiltIn = async (
  { workload, source }: FoundWorkload,
  request: RunRequest,
  signal: AbortSignal,
): Promise<PreparedRun> => {
  const program = await source.program();
  if ('unavailable' in program) {
    throw new UserFault(`runner cannot be started here (${program.unavailable}): ${source.runner}`);
  }
  const { definition } = workload;
  const files = await source.files?.(workload, signal);
  return {
    kind: 'built-in',
    named: true,
    workload: { id: workload.id, definition },
    ...program,
    env: [],
    limitMs: 3 * request.durationMs + patienceMs,
    format: 'protocol',
    item: itemOf(definition),
    durationMs: request.durationMs,
    ...(request.device === undefined ? {} : { device: request.device }),
    ...(files === undefined ? {} : { files }),
    asked: {
      ...(request.precision === undefined ? {} : { precision: request.precision }),
      ...(request.batch === undefined ? {} : { batch: request.batch }),
    },
    stated: { precision: textIn(definition, 'precision'), batch: numberIn(definition, 'batch') },
    // The runner itself holds what it computed against the expectation in the definition.
    expected: { required: true, digest: null },
    notes: [],
  };
};
