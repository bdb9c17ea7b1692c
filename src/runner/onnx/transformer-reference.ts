import { scaled } from '../../shared/onnx/generated-values.ts';
import {
  type ByteScale,
  byteScales,
  type Linear,
  type Norm,
  toInt8,
  transformerSize,
  transformerWeights,
} from '../../shared/onnx/transformer.ts';
import { toByte } from './cnn-reference.ts';

const { tokens, width, heads } = transformerSize;
const depth = width / heads;

/** Rows times a matrix, plus a bias for every column. */
export const linear = (input: Float64Array, weights: Float64Array, biases: Float64Array): Float64Array => {
  const columns = biases.length;
  const inner = weights.length / columns;
  const rows = input.length / inner;
  const output = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const target = output.subarray(row * columns, (row + 1) * columns);
    target.set(biases);
    let at = 0;
    // Four rows of the matrix at a time: the sums are read and written a quarter as often.
    for (; at + 4 <= inner; at += 4) {
      const x = row * inner + at;
      const [a, b, c, d] = [input[x], input[x + 1], input[x + 2], input[x + 3]] as [number, number, number, number];
      const p = at * columns;
      const q = p + columns;
      const r = q + columns;
      const s = r + columns;
      for (let column = 0; column < columns; column += 1)
        (target[column] as number) +=
          a * (weights[p + column] as number) +
          b * (weights[q + column] as number) +
          c * (weights[r + column] as number) +
          d * (weights[s + column] as number);
    }
    for (; at < inner; at += 1)
      for (let column = 0; column < columns; column += 1)
        (target[column] as number) += (input[row * inner + at] as number) * (weights[at * columns + column] as number);
  }
  return output;
};

/** Every row to mean 0 and variance 1, then scaled and shifted. */
export const normalised = (input: Float64Array, scale: Float64Array, shift: Float64Array): Float64Array => {
  const size = scale.length;
  const output = new Float64Array(input.length);
  for (let from = 0; from < input.length; from += size) {
    const row = input.subarray(from, from + size);
    const mean = row.reduce((sum, value) => sum + value, 0) / size;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size;
    const unit = 1 / Math.sqrt(variance + 2 ** -17);
    for (let at = 0; at < size; at += 1)
      output[from + at] = ((row[at] as number) - mean) * unit * (scale[at] as number) + (shift[at] as number);
  }
  return output;
};

/** Error function by its series of positive terms (Abramowitz & Stegun 7.1.6), to 1e-15; beyond 6 it is 1 in float64. */
export const errorFunction = (x: number): number => {
  const size = Math.abs(x);
  if (size >= 6) return Math.sign(x);
  let term = size;
  let sum = size;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= (2 * size * size) / (2 * n + 1);
    sum += term;
  }
  return Math.sign(x) * ((2 / Math.sqrt(Math.PI)) * Math.exp(-size * size) * sum);
};

const gelu = (x: number): number => 0.5 * x * (1 + errorFunction(x / Math.SQRT2));

/** Softmax of the scaled products of queries and keys, times the values, for every head. */
const attention = (query: Float64Array, key: Float64Array, value: Float64Array): Float64Array => {
  const output = new Float64Array(query.length);
  const at = (token: number, head: number) => token * width + head * depth;
  for (let head = 0; head < heads; head += 1)
    for (let token = 0; token < tokens; token += 1) {
      const scores = Float64Array.from({ length: tokens }, (_, other) => {
        let sum = 0;
        for (let i = 0; i < depth; i += 1)
          sum += (query[at(token, head) + i] as number) * (key[at(other, head) + i] as number);
        return sum / 8;
      });
      const largest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
      const shares = scores.map((score) => Math.exp(score - largest));
      const total = shares.reduce((sum, share) => sum + share, 0);
      for (let other = 0; other < tokens; other += 1)
        for (let i = 0; i < depth; i += 1)
          (output[at(token, head) + i] as number) +=
            ((shares[other] as number) / total) * (value[at(other, head) + i] as number);
    }
  return output;
};

type Apply = (input: Float64Array, layer: Linear, bytes: ByteScale) => Float64Array;

const inFloats: Apply = (input, { weight, bias }) =>
  linear(input, scaled(weight.integers, weight.exponent), scaled(bias.integers, bias.exponent));

/** Bytes times seven-bit weights, summed exactly, then scaled. */
const inIntegers: Apply = (input, { weight, bias }, { zero, exponent }) => {
  const small = toInt8(weight);
  const whole = input.map((value) => toByte(value * 2 ** exponent + zero) - zero);
  const sums = linear(whole, Float64Array.from(small.integers), new Float64Array(bias.integers.length));
  const biases = scaled(bias.integers, bias.exponent);
  const unit = 2 ** -(exponent + small.exponent);
  return sums.map((sum, at) => sum * unit + (biases[at % biases.length] as number));
};

const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value + (b[at] as number));

const norm = (input: Float64Array, { scale, shift }: Norm): Float64Array =>
  normalised(input, scaled(scale.integers, scale.exponent), scaled(shift.integers, shift.exponent));

/** The states of one sequence of 64 x 256 numbers, in float64 between the integer layers. */
export const transformerReference = (seed: number, sequence: Float64Array, integers: boolean): Float64Array => {
  const weights = transformerWeights(seed);
  const apply = integers ? inIntegers : inFloats;
  const first = norm(sequence, weights.attentionNorm);
  const project = (layer: Linear) => apply(first, layer, byteScales.norm);
  const mixed = attention(project(weights.query), project(weights.key), project(weights.value));
  const middle = plus(sequence, apply(mixed, weights.attentionOut, byteScales.attention));
  const inner = apply(norm(middle, weights.hiddenNorm), weights.hidden, byteScales.norm).map(gelu);
  return norm(plus(middle, apply(inner, weights.hiddenOut, byteScales.hidden)), weights.lastNorm);
};
