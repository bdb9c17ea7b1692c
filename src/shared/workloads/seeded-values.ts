import type { SeededValues } from '../model/webgpu.ts';

/** A 32-bit mixing function (two rounds of multiply and shift, Mulvey's `lowbias32` constants). */
const mix = (value: number): number => {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
};

/** The word of a position: uniform on 32 bits, the same on every machine. */
export const seededWord = (seed: number, index: number): number => mix((mix(seed) + index) | 0);

/**
 * A word as a value of its type, exactly representable there: f32 and f16 uniform on [-1, 1) in steps of 2^-23 and
 * 2^-10, i8 on [-128, 127], u32 the word itself.
 */
const fromWord: Record<SeededValues['type'], (word: number) => number> = {
  f32: (word) => (word >>> 8) / 8388608 - 1,
  f16: (word) => (word >>> 21) / 1024 - 1,
  i8: (word) => word >> 24,
  u32: (word) => word,
};

/** Rows and columns that are not copies of earlier ones. */
export const distinctShape = ({ rows, columns, rowPeriod, columnPeriod }: SeededValues): [number, number] => [
  Math.min(rows, rowPeriod),
  Math.min(columns, columnPeriod),
];

/** The distinct values, row by row. */
export const distinctValues = (values: SeededValues): Float64Array => {
  const [rows, columns] = distinctShape(values);
  const value = fromWord[values.type];
  const out = new Float64Array(rows * columns);
  for (let index = 0; index < out.length; index++) out[index] = value(seededWord(values.seed, index));
  return out;
};
