import { describe, expect, it } from 'vitest';
import type { WebgpuBuffer } from '../../../../src/shared/model/webgpu.ts';
import { exactOutput, exactOutputText } from '../../../../src/shared/workloads/exact-output.ts';

const input = (name: string, seed: number, rows: number, columns: number, rowPeriod: number): WebgpuBuffer => ({
  name,
  role: 'input',
  bytes: rows * columns,
  values: { generator: 'seeded-1', seed, type: 'i8', rows, columns, rowPeriod, columnPeriod: columns },
});

const whole = (reference: ReturnType<typeof exactOutput>) =>
  Array.from({ length: reference?.count ?? 0 }, (_, index) => reference?.values[reference.valueAt(index)]);

describe('an exact output', () => {
  it('of the integer product is what another language computes, repeated by the periods', () => {
    // Python: rows 3 x 4 of seed 5 times rows 2 x 4 of seed 6.
    const product = [
      [6753, -15471],
      [2050, 986],
      [1224, 12128],
    ];
    const reference = exactOutput({
      kernel: 'gemm-i8',
      shapes: { batch: 1, m: 5, n: 3, k: 4 },
      buffers: [input('a', 5, 5, 4, 3), input('b', 6, 3, 4, 2)],
    });
    expect(whole(reference)).toEqual(
      [0, 1, 2, 0, 1].flatMap((row) => [0, 1, 0].map((column) => product[row]?.[column])),
    );
    expect(reference && exactOutputText(reference)).toBe('6753,-15471,2050,986,1224,12128');
  });

  it('of the chain of dispatches is what another language computes', () => {
    const reference = exactOutput({
      kernel: 'launch-chain',
      shapes: { elements: 4, dispatches: 3, seed: 9 },
      buffers: [],
    });
    expect(whole(reference)).toEqual([747271382, 2093084614, 2642596653, 2901254390]);
  });

  it('of the chain of dispatches tells one dispatch more from the right number', () => {
    const chainOf = (dispatches: number) =>
      whole(exactOutput({ kernel: 'launch-chain', shapes: { elements: 256, dispatches, seed: 9 }, buffers: [] }));
    const [right, more] = [chainOf(16), chainOf(17)];
    expect(right.filter((value, index) => value === more[index])).toEqual([]);
  });

  it('of the clock probe counts steps and stays whole in f32', () => {
    const values = whole(exactOutput({ kernel: 'clock-probe', shapes: { threads: 300, steps: 2 ** 20 }, buffers: [] }));
    expect([values[0], values[255], values[256], values[299]]).toEqual([1048576, 1048831, 1048576, 1048619]);
    expect(values.every((value) => Math.fround(value ?? Number.NaN) === value)).toBe(true);
  });

  it('of a copy is its source', () => {
    const source = { generator: 'seeded-1', seed: 1, type: 'u32', rows: 1, columns: 5, rowPeriod: 1 } as const;
    const reference = exactOutput({
      kernel: 'copy',
      shapes: { elements: 5 },
      buffers: [{ name: 'source', role: 'input', bytes: 20, values: { ...source, columnPeriod: 2 } }],
    });
    expect(whole(reference)).toEqual([1492470133, 3529208806, 1492470133, 3529208806, 1492470133]);
  });

  it('is unknown for a kernel whose arithmetic rounds', () => {
    expect(exactOutput({ kernel: 'triad', shapes: {}, buffers: [] })).toBeNull();
  });
});
