/**
 * Seeded generator; the only source of randomness the statistics may use, so that the same seed gives the same bytes.
 * Every method is exact up to the 53-bit resolution of `next`.
 */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  next(): number;
  /** Uniform integer on 0..n-1 (n below 2^32). */
  integer(n: number): number;
  /** Standard normal deviate. */
  normal(): number;
  /** Successes in n trials of probability p. */
  binomial(n: number, p: number): number;
  /** Counts per category of n draws; probabilities need not sum to 1. */
  multinomial(n: number, probabilities: ArrayLike<number>): Float64Array;
}

/**
 * xoshiro128** (Blackman & Vigna 2021) whose 128-bit state is filled by splitmix32 from both halves of the seed.
 * @param seed any finite number; integers up to 2^53 give distinct streams.
 */
export function createRandom(seed: number): Random {
  const bits = seedWords(seed);
  let a = bits[0] as number;
  let b = bits[1] as number;
  let c = bits[2] as number;
  let d = bits[3] as number;
  let spare: number | null = null;

  function word(): number {
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  }

  function next(): number {
    const high = word() >>> 5;
    const low = word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  function integer(n: number): number {
    // Rejection of the last incomplete block: a plain modulo would favour small values.
    const limit = 4294967296 - (4294967296 % n);
    let x = word();
    while (x >= limit) x = word();
    return x % n;
  }

  function normal(): number {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const u = 2 * next() - 1;
      const v = 2 * next() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    }
  }

  function binomial(n: number, p: number): number {
    if (n <= 0 || p <= 0) return 0;
    if (p >= 1) return n;
    const q = Math.min(p, 1 - p);
    const k = n * q < 10 ? binomialByInversion(next, n, q) : binomialByRejection(next, n, q);
    return p <= 0.5 ? k : n - k;
  }

  function multinomial(n: number, probabilities: ArrayLike<number>): Float64Array {
    const counts = new Float64Array(probabilities.length);
    let mass = 0;
    for (let i = 0; i < probabilities.length; i++) mass += probabilities[i] as number;
    let left = n;
    for (let i = 0; i < probabilities.length && left > 0; i++) {
      const p = probabilities[i] as number;
      if (p <= 0) continue;
      const k = p >= mass ? left : binomial(left, p / mass);
      counts[i] = k;
      left -= k;
      mass -= p;
    }
    if (left > 0) {
      // Rounding left a sliver of probability: it belongs to the last category that has any.
      for (let i = probabilities.length - 1; i >= 0; i--) {
        if ((probabilities[i] as number) > 0) {
          counts[i] = (counts[i] as number) + left;
          break;
        }
      }
    }
    return counts;
  }

  return { next, integer, normal, binomial, multinomial };
}

function seedWords(seed: number): Uint32Array {
  const words = new Uint32Array(4);
  const raw = new Uint32Array(new Float64Array([seed]).buffer);
  let state = ((raw[0] as number) ^ Math.imul(raw[1] as number, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < 4; i++) {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    words[i] = (z ^ (z >>> 15)) >>> 0;
  }
  return words;
}

/** Sequential search from 0 (Kachitvichyanukul & Schmeiser 1988, BINV); exact, for n * p < 10 and p <= 1/2. */
function binomialByInversion(next: () => number, n: number, p: number): number {
  const ratio = p / (1 - p);
  const first = Math.exp(n * Math.log1p(-p));
  for (;;) {
    let u = next();
    let probability = first;
    for (let k = 0; k <= n; k++) {
      if (u < probability) return k;
      u -= probability;
      probability *= (ratio * (n - k)) / (k + 1);
      // Past the far tail rounding alone can keep u positive: draw again.
      if (k > 150) break;
    }
  }
}

/** Transformed rejection with squeeze (Hörmann 1993, BTRS); exact, for n * p >= 10 and p <= 1/2. */
function binomialByRejection(next: () => number, n: number, p: number): number {
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const odds = p / (1 - p);
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = next() - 0.5;
    const v = next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n || v === 0) continue;
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      stirlingTail(mode) +
      stirlingTail(n - mode) -
      stirlingTail(k) -
      stirlingTail(n - k);
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}

const STIRLING_TAIL = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.020790672103765, 0.0166446911898211, 0.0138761288230707,
  0.0118967099458917, 0.010411265261972, 0.0092554621827127, 0.0083305634333631,
];

/** ln(k!) minus its Stirling approximation sqrt(2 pi) (k+1)^(k+1/2) e^-(k+1). */
function stirlingTail(k: number): number {
  if (k < 10) return STIRLING_TAIL[k] as number;
  const s = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / s) / s) / (k + 1);
}
