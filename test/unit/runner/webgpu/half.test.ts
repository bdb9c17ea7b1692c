import { expect, it } from 'vitest';
import { toHalf } from '../../../../src/runner/webgpu/half.ts';

/** The value of half precision bits by the definition of IEEE 754, normal numbers and zero. */
const fromHalf = (bits: number): number => {
  const [sign, exponent, fraction] = [bits >> 15, (bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? (fraction / 1024) * 2 ** -14 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return sign === 1 ? -size : size;
};

it('encodes every seeded value exactly', () => {
  for (let word = 0; word < 2048; word++) {
    const value = word / 1024 - 1;
    expect(fromHalf(toHalf(value))).toBe(value);
  }
});

it('knows the landmarks', () => {
  expect([0, 1, -1, 0.5, 65504, 2 ** -14].map(toHalf)).toEqual([0, 0x3c00, 0xbc00, 0x3800, 0x7bff, 0x0400]);
});
