/** Numbers that any implementation can make again: whole numbers out of a range, times a power of two. */
export interface ValueRange {
  low: number;
  high: number;
  /** A value is an integer of the range times 2^-exponent. */
  exponent: number;
}

/** Mixes all bits of a 32-bit word (Wellons' lowbias32); integer arithmetic only, so equal everywhere. */
const mixed = (word: number): number => {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
};

/** 32 bits for every position of a stream; a stream is named by the tensor it fills. */
const keyOf = (seed: number, stream: string): number => {
  let key = mixed((seed >>> 0) ^ mixed(Math.floor(seed / 4294967296) + 1));
  for (let at = 0; at < stream.length; at += 1) key = mixed(key ^ stream.charCodeAt(at));
  return key;
};

/**
 * `count` integers from low to high, both included and at most 2^21 of them, uniform to within their number / 2^32.
 * @param seed a whole number from 0 to 2^53; equal seeds and streams give equal numbers on every platform.
 */
export const generatedIntegers = (
  seed: number,
  stream: string,
  count: number,
  { low, high }: { low: number; high: number },
): Int32Array => {
  const key = keyOf(seed, stream);
  const span = high - low + 1;
  const values = new Int32Array(count);
  for (let at = 0; at < count; at += 1) {
    const word = mixed(mixed(at ^ key) ^ Math.imul(key, 0x9e3779b1));
    // Exact: the quotient has 32 bits and the span at most 21, together no more than float64 holds.
    values[at] = low + Math.floor((word / 4294967296) * span);
  }
  return values;
};

/** Exact in float64, and in float32 and float16 as far as the integers fit their significands. */
export const scaled = (integers: ArrayLike<number>, exponent: number): Float64Array => {
  const unit = 2 ** -exponent;
  const values = new Float64Array(integers.length);
  // A loop, because Float64Array.from is much slower and models have a million weights.
  for (let at = 0; at < values.length; at += 1) values[at] = (integers[at] as number) * unit;
  return values;
};
