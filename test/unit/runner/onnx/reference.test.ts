import { describe, expect, it } from 'vitest';
import { convolution, pooled, roundedToEven, toByte } from '../../../../src/runner/onnx/cnn-reference.ts';
import { errorFunction, linear, normalised } from '../../../../src/runner/onnx/transformer-reference.ts';

const floats = (...values: number[]) => Float64Array.from(values);

describe('plain loops', () => {
  it('multiply rows by a matrix', () => {
    // [1 2; 3 4] x [1 0 2; 0 1 3] + [10 20 30], by hand.
    expect([...linear(floats(1, 2, 3, 4), floats(1, 0, 2, 0, 1, 3), floats(10, 20, 30))]).toEqual([
      11, 22, 38, 13, 24, 48,
    ]);
  });

  it('multiply the same with five inner terms, of which four are taken together', () => {
    // Sum of k * (k + column) for k = 1..5 is 55 + 15 * column.
    const weights = Float64Array.from({ length: 10 }, (_, at) => Math.floor(at / 2) + 1 + (at % 2));
    expect([...linear(floats(1, 2, 3, 4, 5), weights, floats(0, 0))]).toEqual([55, 70]);
  });

  it('convolve with one pixel of zeros around', () => {
    // 2 x 2 pixels and a kernel of 1..9: each output sees the pixels through another corner of it.
    const planes = { channels: 1, side: 2, values: floats(1, 10, 100, 1000) };
    const { values, side, channels } = convolution(planes, floats(1, 2, 3, 4, 5, 6, 7, 8, 9), floats(0.5));
    expect([side, channels]).toEqual([2, 1]);
    expect([...values]).toEqual([9865.5, 8754.5, 6532.5, 5421.5]);
  });

  it('add the channels up and keep the outputs apart', () => {
    const planes = { channels: 2, side: 1, values: floats(2, 3) };
    const centre = (weight: number) => [0, 0, 0, 0, weight, 0, 0, 0, 0];
    const weights = floats(...centre(1), ...centre(10), ...centre(-1), ...centre(0));
    expect([...convolution(planes, weights, floats(0, 1)).values]).toEqual([32, -1]);
  });

  it('pool to the largest of four', () => {
    const values = floats(1, 2, 5, 6, 3, 4, 8, 7, -1, -2, 0, 0, -3, -4, 0, 9);
    expect([...pooled({ channels: 1, side: 4, values }).values]).toEqual([4, 8, -1, 9]);
  });

  it('normalise rows', () => {
    const [a, b, c, d] = normalised(floats(1, 3, -1000, 1000), floats(2, 1), floats(0, 5)) as unknown as number[];
    // Mean 2 and variance 1; mean 0 and variance 1e6; the epsilon is 2^-17.
    expect(a).toBeCloseTo(-2 / Math.sqrt(1 + 2 ** -17), 12);
    expect(b).toBeCloseTo(1 / Math.sqrt(1 + 2 ** -17) + 5, 12);
    expect(c).toBeCloseTo(-2, 9);
    expect(d).toBeCloseTo(6, 9);
  });

  // Python's math.erf.
  it.each([
    [0, 0],
    [0.1, 0.1124629160182849],
    [-0.5, -0.5204998778130465],
    [1, 0.8427007929497149],
    [2.5, 0.999593047982555],
    [-3.5, -0.9999992569016276],
    [5.9, 1],
    [40, 1],
  ])('the error function of %d is known', (x, expected) => {
    expect(errorFunction(x)).toBeCloseTo(expected, 14);
  });

  it('round ties to even and stay inside a byte', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 2.5001].map(roundedToEven)).toEqual([0, 2, 2, 0, -2, 2, 3]);
    expect([-3, 255.5, 300, 12.5].map(toByte)).toEqual([0, 255, 255, 12]);
  });
});
