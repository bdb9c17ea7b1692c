import { real } from './real.ts';

/**
 * Draws as SQL: every number is a hash of (seed, row, stream), so that rows may be made in any order, on any number of
 * threads, and always come out the same. The key is one 64-bit integer because DuckDB's hash of several values only
 * XORs the last one in, which would make all streams of a row the same draw.
 */

const streamsPerRow = 64;
/** Rows end below 2^33; the days' own draws come after them, the seed above both. */
const dayOffset = 2 ** 33;
const seedStep = 1n << 40n;
export const largestSeed = 2 ** 23 - 1;

export interface Draws {
  /** Uniform on the open interval (0, 1), 52 bits. */
  uniform(stream: number): string;
  /** Standard normal, Box-Muller over `stream` and the one after it; `other` is the pair's second, independent draw. */
  normal(stream: number, other?: boolean): string;
}

/** One number per row; `row` is an SQL expression of an integer below 2^33. */
export function rowDraws(row: string, seed: number): Draws {
  const base = BigInt(seed) * seedStep;
  return draws((stream) => `(${row})::UBIGINT * ${streamsPerRow}::UBIGINT + ${base + BigInt(stream)}::UBIGINT`);
}

/** One number per day, shared by its rows; `day` is an SQL expression of a small integer. */
export function dayDraws(day: string, seed: number): Draws {
  return rowDraws(`${dayOffset} + ${day}`, seed);
}

function draws(key: (stream: number) => string): Draws {
  const uniform = (stream: number) => {
    if (!Number.isInteger(stream) || stream < 0 || stream >= streamsPerRow) throw new RangeError(`stream: ${stream}`);
    return `(((hash(${key(stream)}) >> 12)::DOUBLE + 0.5e0) * ${real(2 ** -52)})`;
  };
  return {
    uniform,
    normal: (stream, other = false) =>
      `(sqrt(-2 * ln(${uniform(stream)})) * ${other ? 'sin' : 'cos'}(${real(2 * Math.PI)} * ${uniform(stream + 1)}))`,
  };
}

/** Which stream feeds what; a normal draw takes two. */
export const streams = {
  segment: (index: number) => index,
  /** Two features share a pair of normal draws. */
  feature: (index: number) => 8 + 2 * Math.floor(index / 2),
  noise: 40,
  right: 42,
  truth: 43,
  wrong: 44,
  latency: 45,
  never: 47,
  instant: 48,
  id: 49,
  hidden: 51,
  null: 52,
  outcome: 53,
  latent: 54,
  spread: 56,
} as const;
