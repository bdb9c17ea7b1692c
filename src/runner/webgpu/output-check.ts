import type { ExpectedOutput } from '../../shared/model/webgpu.ts';
import type { Reference } from '../../shared/workloads/exact-output.ts';
import { seededWord } from '../../shared/workloads/seeded-values.ts';
import type { SampledReference } from './references.ts';

export type OutputValues = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export const outputValues = (bytes: Uint8Array<ArrayBuffer>, type: ExpectedOutput['type']): OutputValues => {
  const count = bytes.byteLength / 4;
  if (type === 'f32') return new Float32Array(bytes.buffer, bytes.byteOffset, count);
  return type === 'i32'
    ? new Int32Array(bytes.buffer, bytes.byteOffset, count)
    : new Uint32Array(bytes.buffer, bytes.byteOffset, count);
};

/** Seeded positions, the first and the last among them; or every position. */
const positions = (count: number, sampled: { count: number; seed: number } | null): Iterable<number> =>
  sampled
    ? [0, count - 1, ...Array.from({ length: sampled.count }, (_, i) => seededWord(sampled.seed, i) % count)]
    : Array(count).keys();

interface Difference {
  index: number;
  value: number;
  expected: number;
}

/** Null when the output is right; else one sentence with how many values are wrong and the first of them. */
export const wrongOutput = (
  output: OutputValues,
  reference: Reference | SampledReference,
  expected: ExpectedOutput,
): string | null => {
  if (output.length !== reference.count) return `${output.length} values instead of ${reference.count}`;
  const tolerance = expected.kind === 'near' ? expected.tolerance : 0;
  const at =
    'compute' in reference
      ? reference.compute
      : (index: number) => reference.values[reference.valueAt(index)] as number;
  let [wrong, checked] = [0, 0];
  let first: Difference | null = null;
  for (const index of positions(output.length, expected.kind === 'near' ? expected.sampled : null)) {
    const value = output[index] as number;
    const right = at(index);
    checked++;
    // Written so that NaN is wrong.
    if (Math.abs(value - right) <= tolerance) continue;
    wrong++;
    first ??= { index, value, expected: right };
  }
  if (!first) return null;
  const by = tolerance > 0 ? `, tolerance ${tolerance}` : '';
  return `${wrong} of ${checked} checked values, first at ${first.index}: ${first.value} instead of ${first.expected}${by}`;
};
