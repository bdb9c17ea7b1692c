import { RunnerFault } from '../protocol.ts';

const kinds: [RegExp, string, string][] = [
  [
    /bad[ _]alloc|failed to allocate memory|out of memory|array buffer allocation|invalid typed array length/i,
    'out-of-memory',
    'memory does not suffice, try a smaller batch',
  ],
  [
    /webgpu adapter|supported adapters|failed to load shared library|backend not found/i,
    'provider-unavailable',
    'the execution provider cannot be used on this machine',
  ],
  [/requires f16/i, 'unsupported-precision', 'the device does not compute in float16'],
  [/protobuf parsing failed|invalid_protobuf/i, 'bad-model', 'the file is not a whole ONNX model'],
  [
    /not_implemented|could not find an implementation|is not a registered|no op registered|official support for domain/i,
    'unsupported-operator',
    'ONNX Runtime has no implementation of an operator of the model',
  ],
  [/external|tensorprotos? data|cannot open file/i, 'missing-data', 'the external data of the model cannot be read'],
  [/unexpected input data type/i, 'bad-input', 'the model wants another element type'],
  [/invalid dimensions|invalid rank|shape|dimension/i, 'bad-shape', 'the shapes do not fit the model'],
  [/invalid.?graph|type error|not a valid|opset/i, 'bad-model', 'the model is not valid'],
];

/** ONNX Runtime's text without the place in its own source, on one line. */
const cleaned = (text: string): string =>
  text
    .replace(
      /^(?:\/\S+\.cc:\d+\s+.*?(?=Failed|Non-zero|Exception|\bfailed\b)|\[ONNXRuntimeError\][^:]*:[^:]*:\s*\w*\s*:\s*)/,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 400);

/** What ONNX Runtime threw, as a code and a sentence; `step` is where it happened. */
export const sessionFault = (error: unknown, step: string): RunnerFault => {
  if (error instanceof RunnerFault) return error;
  const text = error instanceof Error ? error.message : String(error);
  const found = kinds.find(([pattern]) => pattern.test(text));
  return found
    ? new RunnerFault(found[1], `${found[2]}: ${cleaned(text)}`)
    : new RunnerFault('failed', `ONNX Runtime failed at ${step}: ${cleaned(text)}`);
};
