import type { ElementType, OnnxInput } from '../../shared/onnx/definition.ts';
import { generatedIntegers, scaled } from '../../shared/onnx/generated-values.ts';
import { halfBits } from '../../shared/onnx/half-float.ts';

type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

const big = (integers: Int32Array): bigint[] => Array.from(integers, BigInt);

/** As ONNX Runtime wants them: 64-bit integers as bigint, float16 as its bits, bool as bytes. */
const asType: Record<ElementType, (integers: Int32Array, exponent: number) => TensorData> = {
  float32: (integers, exponent) => new Float32Array(scaled(integers, exponent)),
  float16: (integers, exponent) => Uint16Array.from(scaled(integers, exponent), halfBits),
  float64: scaled,
  int8: (integers) => new Int8Array(integers),
  uint8: (integers) => new Uint8Array(integers),
  int16: (integers) => new Int16Array(integers),
  uint16: (integers) => new Uint16Array(integers),
  int32: (integers) => integers,
  uint32: (integers) => new Uint32Array(integers),
  int64: (integers) => BigInt64Array.from(big(integers)),
  uint64: (integers) => BigUint64Array.from(big(integers)),
  bool: (integers) => new Uint8Array(integers),
};

const inputCount = ({ shape }: OnnxInput): number => shape.reduce((product, size) => product * size, 1);

/** The integers behind an input; the reference starts from the same ones. */
export const inputIntegers = (input: OnnxInput): Int32Array =>
  generatedIntegers(input.seed, `input/${input.name}`, inputCount(input), input.values);

export const inputData = (input: OnnxInput): TensorData =>
  asType[input.type](inputIntegers(input), input.values.exponent);
