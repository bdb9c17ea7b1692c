import { describe, expect, it } from 'vitest';
import { disagreement, firstValues, iterationsDisagree } from '../../../../src/runner/onnx/agreement.ts';

const tolerance = { absolute: 0.01, relative: 0.1 };
const output = (data: ArrayLike<number | bigint | string>, type = 'float32', dims = [data.length]) => ({
  name: 'y',
  type,
  dims,
  data,
});

describe('outputs', () => {
  it('of floats agree inside the tolerance, which grows with the expected value', () => {
    expect(disagreement([1, 100], [1.1, 109], tolerance)).toBeNull();
    expect(disagreement([1, 100, 0], [1.2, 100, 0.02], tolerance)).toEqual({
      index: 0,
      expected: '1',
      actual: '1.2',
      count: 2,
      of: 3,
    });
  });

  it('agree with themselves where they are no numbers, and with nothing else', () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(disagreement(odd, odd, tolerance)).toBeNull();
    expect(disagreement([Number.NaN], [0], tolerance)).toMatchObject({ expected: 'NaN' });
    expect(disagreement([1], [Number.NaN], tolerance)).toMatchObject({ actual: 'NaN' });
    expect(disagreement([1], [Number.POSITIVE_INFINITY], tolerance)).toMatchObject({ index: 0 });
  });

  it('of integers and texts agree only when equal', () => {
    expect(iterationsDisagree([output([1, 2], 'int32')], [output([1, 2], 'int32')], tolerance)).toBeNull();
    expect(iterationsDisagree([output([100n], 'int64')], [output([101n], 'int64')], tolerance)).toBe(
      'output "y" of the last iteration is not that of the first: 1 of 1 elements, first element 0 is 101 where 100 was expected',
    );
    expect(iterationsDisagree([output(['a'], 'string')], [output(['b'], 'string')], tolerance)).toContain(
      'is b where a',
    );
  });

  it('of float16 are numbers, also where they come as bits', () => {
    const halves = (...bits: number[]) => output(Uint16Array.from(bits), 'float16');
    expect(firstValues([halves(0x3c00, 0xc000)])).toEqual([1, -2]);
    // 1 and the next number above it: far apart as bits, 0.001 as numbers.
    expect(iterationsDisagree([halves(0x3c00)], [halves(0x3c01)], tolerance)).toBeNull();
    expect(iterationsDisagree([halves(0x3c00)], [halves(0x4000)], tolerance)).toContain('element 0 is 2 where 1');
  });

  it('that are shorter or shaped otherwise disagree', () => {
    expect(disagreement([1, 2], [1], tolerance)).toMatchObject({ index: 1, actual: 'undefined' });
    expect(iterationsDisagree([output([1, 2])], [output([1, 2], 'float32', [1, 2])], tolerance)).toBe(
      'output "y" changed its shape from [2] to [1,2]',
    );
  });

  it('show their first numbers, those that JSON has', () => {
    expect(firstValues([output([Number.NaN, 1.5]), output([7n], 'int64'), output(['x'], 'string')], 3)).toEqual([
      1.5, 7,
    ]);
  });
});
