const scratch = new DataView(new ArrayBuffer(4));

/**
 * IEEE 754 half precision bits of a number that half precision holds exactly, as the seeded values are; others are cut
 * towards zero, and what is below the smallest normal half (2^-14) becomes zero.
 */
export const toHalf = (value: number): number => {
  scratch.setFloat32(0, value);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  return exponent <= 0 ? sign : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff);
};
