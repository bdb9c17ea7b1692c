/** The 16 bits of the float16 nearest to a number, ties to even (IEEE 754 binary16); beyond 65 520 it is infinite. */
export const halfBits = (value: number): number => {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  // Exact: the whole part of at most 30 bits, whose leading one gives the exponent; -14 for all below the normal numbers.
  const exponent = Math.max(-14, 17 - Math.clz32(Math.floor(size * 16384)));
  const steps = size / 2 ** (exponent - 10);
  const below = Math.floor(steps);
  const rest = steps - below;
  const rounded = rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
  // A significand that rounds up to the next power of two carries into the exponent by itself.
  return sign | (rounded < 1024 ? rounded : (exponent + 14) * 1024 + rounded);
};

export const halfValue = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
};
