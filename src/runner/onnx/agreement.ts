import type { Tolerance } from '../../shared/onnx/definition.ts';
import { halfValue } from '../../shared/onnx/half-float.ts';

/** One output of an iteration, as ONNX Runtime hands it over. */
export interface OutputTensor {
  name: string;
  type: string;
  dims: readonly number[];
  data: ArrayLike<number | bigint | string | boolean>;
}

export interface Disagreement {
  index: number;
  expected: string;
  actual: string;
  /** How many elements disagree, and of how many. */
  count: number;
  of: number;
}

/** There is no array of float16 in every Node, so its bits come as they are. */
const elements = ({ type, data }: OutputTensor): OutputTensor['data'] =>
  type === 'float16' && data instanceof Uint16Array ? Float32Array.from(data, halfValue) : data;

const isFloat = (type: string): boolean => type.startsWith('float');

const near = (expected: number, actual: number, { absolute, relative }: Tolerance): boolean =>
  Object.is(expected, actual) ||
  expected === actual ||
  Math.abs(expected - actual) <= absolute + relative * Math.abs(expected);

/**
 * The first element that disagrees, and how many do; null when all agree.
 * Floats agree within the tolerance, NaN with NaN and an infinity with itself; everything else only when equal.
 */
export const disagreement = (
  expected: ArrayLike<unknown>,
  actual: ArrayLike<unknown>,
  tolerance: Tolerance | null,
): Disagreement | null => {
  const of = Math.max(expected.length, actual.length);
  let first: Disagreement | null = null;
  let count = 0;
  for (let index = 0; index < of; index += 1) {
    const [a, b] = [expected[index], actual[index]];
    const agree = tolerance && typeof a === 'number' && typeof b === 'number' ? near(a, b, tolerance) : a === b;
    if (agree) continue;
    count += 1;
    first ??= { index, expected: String(a), actual: String(b), count, of };
  }
  return first && { ...first, count };
};

/** The same of two iterations; the sentence says which output. */
export const iterationsDisagree = (
  first: readonly OutputTensor[],
  last: readonly OutputTensor[],
  tolerance: Tolerance,
): string | null => {
  for (const [at, output] of first.entries()) {
    const other = last[at];
    if (!other || other.dims.join() !== output.dims.join())
      return `output "${output.name}" changed its shape from [${output.dims}] to [${other?.dims ?? ''}]`;
    const found = disagreement(elements(output), elements(other), isFloat(output.type) ? tolerance : null);
    if (found) return `output "${output.name}" of the last iteration is not that of the first: ${words(found)}`;
  }
  return null;
};

export const words = ({ index, expected, actual, count, of }: Disagreement): string =>
  `${count} of ${of} elements, first element ${index} is ${actual} where ${expected} was expected`;

/** The first few numbers of the outputs, for the eye; JSON has no NaN and no infinity, so they are left out. */
export const firstValues = (outputs: readonly OutputTensor[], most = 8): number[] =>
  outputs
    .map(elements)
    .flatMap((data) => Array.from({ length: Math.min(most, data.length) }, (_, at) => Number(data[at])))
    .filter(Number.isFinite)
    .slice(0, most);
