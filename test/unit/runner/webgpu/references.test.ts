import { describe, expect, it } from 'vitest';
import { webgpuWorkloads } from '../../../../src/main/throughput/workloads/webgpu.ts';
import { referenceOf } from '../../../../src/runner/webgpu/references.ts';
import { WebgpuDefinition } from '../../../../src/shared/model/webgpu.ts';
import { seededBuffer } from '../../../../src/shared/workloads/exact-output.ts';
import { distinctValues } from '../../../../src/shared/workloads/seeded-values.ts';
import { wholeAdapter } from '../../../fixtures/webgpu-adapter.ts';

/** The definition of a kernel with shapes and inputs small enough to compute once more, plainly. */
const shrunk = (
  id: string,
  shapes: Record<string, number>,
  inputs: Record<string, [rows: number, columns: number, rowPeriod?: number]>,
): WebgpuDefinition => {
  const workload = webgpuWorkloads({ ...wholeAdapter, kind: 'software' }, { durationMs: 1000, seed: 4 }).find(
    (one) => one.id === id,
  );
  const definition = WebgpuDefinition.parse(workload?.definition);
  const buffers = definition.buffers.map((buffer) => {
    const size = inputs[buffer.name];
    if (!size || buffer.values?.generator !== 'seeded-1') return buffer;
    const [rows, columns, rowPeriod = rows] = size;
    return { ...buffer, values: { ...buffer.values, rows, columns, rowPeriod, columnPeriod: columns } };
  });
  return { ...definition, shapes, buffers };
};

/** Every output value, whichever way the reference gives it. */
const valuesOf = (definition: WebgpuDefinition): number[] => {
  const reference = referenceOf(definition);
  if (!reference) throw new Error('no reference');
  return Array.from({ length: reference.count }, (_, index) =>
    'compute' in reference ? reference.compute(index) : (reference.values[reference.valueAt(index)] as number),
  );
};

const inputOf = (definition: WebgpuDefinition, name: string) => [...distinctValues(seededBuffer(definition, name))];

const near = (actual: number[], expected: number[]) => {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index] as number, 12);
  });
};

describe('the reference of', () => {
  it('triad is b + 3 c', () => {
    const definition = shrunk('triad', { elements: 4 }, { b: [1, 4], c: [1, 4] });
    const [b, c] = [inputOf(definition, 'b'), inputOf(definition, 'c')];
    near(
      valuesOf(definition),
      b.map((value, i) => value + 3 * (c[i] as number)),
    );
  });

  it('a product is every row against every row', () => {
    const definition = shrunk('gemm-f32', { batch: 1, m: 3, n: 2, k: 4 }, { a: [3, 4], b: [2, 4] });
    const [a, b] = [inputOf(definition, 'a'), inputOf(definition, 'b')];
    const expected: number[] = [];
    for (const i of [0, 1, 2])
      for (const j of [0, 1]) expected.push([0, 1, 2, 3].reduce((sum, k) => sum + a[i * 4 + k]! * b[j * 4 + k]!, 0));
    near(valuesOf(definition), expected);
  });

  it('a matrix times vectors repeats with the rows of the matrix', () => {
    const definition = shrunk('gemv-decode', { batch: 2, rows: 5, columns: 3 }, { w: [5, 3, 2], x: [2, 3] });
    const [w, x] = [inputOf(definition, 'w'), inputOf(definition, 'x')];
    const expected: number[] = [];
    for (const t of [0, 1])
      for (const row of [0, 1, 0, 1, 0])
        expected.push([0, 1, 2].reduce((sum, k) => sum + w[row * 3 + k]! * x[t * 3 + k]!, 0));
    near(valuesOf(definition), expected);
  });

  it('attention is a softmax over the keys of its own head', () => {
    const shapes = { batch: 1, heads: 2, width: 4, context: 3 };
    const definition = shrunk('attn-decode', shapes, { q: [2, 4], keys: [6, 4], values: [6, 4] });
    const [q, keys, values] = ['q', 'keys', 'values'].map((name) => inputOf(definition, name)) as [
      number[],
      number[],
      number[],
    ];
    const expected: number[] = [];
    for (const head of [0, 1]) {
      const weights = [0, 1, 2].map((key) =>
        Math.exp(2 * [0, 1, 2, 3].reduce((sum, i) => sum + q[head * 4 + i]! * keys[(head * 3 + key) * 4 + i]!, 0)),
      );
      const total = weights[0]! + weights[1]! + weights[2]!;
      for (const i of [0, 1, 2, 3])
        expected.push(
          [0, 1, 2].reduce((sum, key) => sum + (weights[key]! / total) * values[(head * 3 + key) * 4 + i]!, 0),
        );
    }
    near(valuesOf(definition), expected);
  });

  it('convolution sums nine taps with zero around each image', () => {
    const shapes = { batch: 2, height: 2, width: 3, channels: 2, filters: 2 };
    const definition = shrunk('conv3x3', shapes, { a: [12, 2], b: [2, 18] });
    const [image, weights] = [inputOf(definition, 'a'), inputOf(definition, 'b')];
    const pixel = (n: number, y: number, x: number, c: number) =>
      y < 0 || y > 1 || x < 0 || x > 2 ? 0 : image[((n * 2 + y) * 3 + x) * 2 + c]!;
    const expected: number[] = [];
    for (const n of [0, 1])
      for (const y of [0, 1])
        for (const x of [0, 1, 2])
          for (const f of [0, 1]) {
            let sum = 0;
            for (const dy of [-1, 0, 1])
              for (const dx of [-1, 0, 1])
                for (const c of [0, 1]) {
                  sum += pixel(n, y + dy, x + dx, c) * weights[f * 18 + ((dy + 1) * 3 + dx + 1) * 2 + c]!;
                }
            expected.push(sum);
          }
    near(valuesOf(definition), expected);
  });

  it('an unknown kernel is unknown', () => {
    const definition = shrunk('triad', { elements: 4 }, {});
    const expected = { kind: 'near', type: 'f32', reference: 'nobody', tolerance: 1, sampled: null } as const;
    expect(referenceOf({ ...definition, expected })).toBeNull();
  });
});
