import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedIntegers } from '../../../../src/shared/onnx/generated-values.ts';
import { halfBits, halfValue } from '../../../../src/shared/onnx/half-float.ts';

describe('generated integers', () => {
  // From an independent implementation of the same definition in Python's whole numbers.
  it.each([
    [1, 'cnn/classifier/weight', -1024, 1023, [-835, -435, -766, 879, -647, 44, -124, 68]],
    [2 ** 40 + 7, 'input/tokens', -1024, 1023, [467, -209, -282, 856, -826, -648, -231, -169]],
    [1, 'x', 0, 1, [1, 1, 0, 1, 1, 0, 0, 0]],
  ])('of seed %d, stream %s are known', (seed, stream, low, high, expected) => {
    expect([...generatedIntegers(seed, stream, 8, { low, high })]).toEqual(expected);
  });

  it('take every value of their range about equally often', () => {
    const counts = new Map<number, number>();
    for (const value of generatedIntegers(3, 'even', 100_000, { low: -5, high: 4 }))
      counts.set(value, (counts.get(value) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4]);
    // 10 000 expected, standard deviation 95.
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('differ between seeds and between streams', () => {
    const first = generatedIntegers(1, 'a', 32, { low: 0, high: 1000 });
    expect(generatedIntegers(2, 'a', 32, { low: 0, high: 1000 })).not.toEqual(first);
    expect(generatedIntegers(1, 'b', 32, { low: 0, high: 1000 })).not.toEqual(first);
  });
});

describe('float16', () => {
  // Python's struct module, format 'e'.
  it.each([
    [0.1, 11878],
    [1 / 3, 13653],
    [65519, 31743],
    [6e-8, 1],
    [2 ** -24, 1],
    [2 ** -25, 0],
    [-1.5, 48640],
    [2049, 26624],
    [2051, 26626],
    [0.00006103515625, 1024],
    [0.000060975, 1023],
    [65520, 0x7c00],
    [Number.NEGATIVE_INFINITY, 0xfc00],
    [-0, 0x8000],
  ])('of %d is known', (value, bits) => {
    expect(halfBits(value)).toBe(bits);
  });

  it('comes back from its value, all 65 536 of them', () => {
    for (let bits = 0; bits < 65536; bits += 1) {
      const value = halfValue(bits);
      if (Number.isNaN(value)) expect(halfBits(value)).toBe(0x7e00);
      else if (halfBits(value) !== bits) expect.fail(`${bits} became ${halfBits(value)}`);
    }
  });

  it('is the nearest there is', () => {
    fc.assert(
      fc.property(fc.double({ min: -65519, max: 65519, noNaN: true }), (value) => {
        const bits = halfBits(value);
        const error = Math.abs(halfValue(bits) - value);
        for (const neighbour of [bits - 1, bits + 1].filter((other) => (other & 0x7c00) !== 0x7c00 && other >= 0))
          expect(error).toBeLessThanOrEqual(Math.abs(halfValue(neighbour) - value));
      }),
    );
  });
});
