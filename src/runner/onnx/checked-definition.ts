import { cnnSize } from '../../shared/onnx/cnn.ts';
import {
  type BuiltInName,
  elementTypes,
  isBuiltIn,
  type OnnxDefinition,
  precisions,
} from '../../shared/onnx/definition.ts';
import { transformerSize } from '../../shared/onnx/transformer.ts';
import { RunnerFault } from '../protocol.ts';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;
const isAmount = (value: unknown): value is number => isNumber(value) && value >= 0;
const isSeed = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const isModel = (value: unknown): boolean =>
  isFields(value) &&
  isHash(value.sha256) &&
  ('builtIn' in value
    ? (value.builtIn === 'transformer' || value.builtIn === 'cnn') && isSeed(value.seed) && isSize(value.version)
    : Array.isArray(value.externalData) &&
      value.externalData.every((file) => isFields(file) && isText(file.location) && isHash(file.sha256)));

const isInput = (value: unknown): boolean =>
  isFields(value) &&
  isText(value.name) &&
  elementTypes.some((type) => type === value.type) &&
  Array.isArray(value.shape) &&
  value.shape.every(isSize) &&
  isSeed(value.seed) &&
  isFields(value.values) &&
  [value.values.low, value.values.high, value.values.exponent].every(Number.isSafeInteger);

const checks: Record<string, (value: unknown) => boolean> = {
  runner: (value) => value === 'onnx',
  procedure: (value) => value === 1,
  model: isModel,
  inputs: (value) => Array.isArray(value) && value.every(isInput),
  session: (value) =>
    isFields(value) &&
    isAmount(value.intraOpNumThreads) &&
    isAmount(value.interOpNumThreads) &&
    isText(value.graphOptimizationLevel) &&
    isText(value.executionMode),
  provider: isText,
  precision: isText,
  batch: isSize,
  item: isText,
  schedule: (value) =>
    isFields(value) &&
    [value.durationMs, value.warmupMs, value.pacingMs].every(isAmount) &&
    isSize(value.minIterations),
  output: (value) =>
    isFields(value) &&
    (value.reference === 'plain-loops' || value.reference === 'first-iteration') &&
    isFields(value.tolerance) &&
    isAmount(value.tolerance.absolute) &&
    isAmount(value.tolerance.relative),
};

const versions: Record<BuiltInName, number> = { transformer: transformerSize.version, cnn: cnnSize.version };

/** What only holds between fields; null when all is well. */
const contradiction = ({ model, inputs, batch, precision, output }: OnnxDefinition): string | null => {
  if (isBuiltIn(model) !== (output.reference === 'plain-loops'))
    return 'the output of a built-in model, and of no other, is held against plain loops';
  if (!isBuiltIn(model)) return null;
  if (model.version !== versions[model.builtIn])
    return `this runner knows version ${versions[model.builtIn]} of the built-in ${model.builtIn} and not: ${model.version}`;
  if (!precisions.some((known) => known === precision))
    return `a built-in model has no precision of this name: ${precision}`;
  if (inputs.length !== 1 || inputs[0]?.shape[0] !== batch)
    return `the input of a built-in model does not have the batch as its first dimension: ${batch}`;
  return null;
};

/** The definition as this runner understands it; anything else ends the run before a model is opened. */
export const checkedDefinition = (definition: unknown): OnnxDefinition => {
  if (!isFields(definition)) throw new RunnerFault('bad-workload', 'the workload has no definition');
  const wrong = Object.keys(checks).find((key) => !checks[key]?.(definition[key]));
  if (wrong)
    throw new RunnerFault('bad-workload', `the onnx runner does not understand this field of the workload: ${wrong}`);
  const checked = definition as unknown as OnnxDefinition;
  const reason = contradiction(checked);
  if (reason !== null) throw new RunnerFault('bad-workload', reason);
  return checked;
};
