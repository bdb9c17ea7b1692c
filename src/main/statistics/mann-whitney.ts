import { normalSurvival } from './normal.ts';

export interface MannWhitney {
  /** Pairs in which the first sample is larger, ties counting half: 0..n1 n0. */
  u: number;
  /** Two-sided. */
  pValue: number;
  method: 'mann-whitney-exact@1' | 'mann-whitney-normal@1';
}

/** Largest n1 * n0 for which all orderings are counted. */
const LARGEST_EXACT = 10_000;

/**
 * Two-sided Mann-Whitney test that neither of two independent samples tends to be larger (Mann & Whitney 1947): exact while no value repeats and n1 n0
 * <= 10 000, else normal with tie and continuity correction (approximate below about 8 a side with many ties). It tests order, not means:
 * equal medians with different spreads can reject. With 3 a side the smallest p is 0.1: it can never be significant at 5 %.
 * @returns null when a side is empty, or when all values are equal and nothing can be ordered.
 */
export function mannWhitney(first: ArrayLike<number>, second: ArrayLike<number>): MannWhitney | null {
  const n1 = first.length;
  const n0 = second.length;
  if (n1 === 0 || n0 === 0) return null;
  const { u, tieTerm } = ranksOf(first, second);
  const n = n1 + n0;
  if (tieTerm === n ** 3 - n) return null;
  if (tieTerm === 0 && n1 * n0 <= LARGEST_EXACT) {
    return { u, pValue: exactTail(Math.min(u, n1 * n0 - u), n1, n0), method: 'mann-whitney-exact@1' };
  }
  const deviation = Math.sqrt(((n1 * n0) / 12) * (n + 1 - tieTerm / (n * (n - 1))));
  const z = (Math.abs(u - (n1 * n0) / 2) - 0.5) / deviation;
  return { u, pValue: Math.min(1, 2 * normalSurvival(z)), method: 'mann-whitney-normal@1' };
}

/** U of the first sample by midranks, and the sum of t^3 - t over groups of equal values. */
function ranksOf(first: ArrayLike<number>, second: ArrayLike<number>): { u: number; tieTerm: number } {
  const all = [
    ...Array.from(first, (value) => ({ value, ours: 1 })),
    ...Array.from(second, (value) => ({ value, ours: 0 })),
  ].sort((a, b) => a.value - b.value);
  let rankSum = 0;
  let tieTerm = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    let ours = 0;
    while (to < all.length && all[to]?.value === all[from]?.value) ours += all[to++]?.ours ?? 0;
    const ties = to - from;
    rankSum += (ours * (from + 1 + to)) / 2;
    tieTerm += ties ** 3 - ties;
    from = to;
  }
  return { u: rankSum - (first.length * (first.length + 1)) / 2, tieTerm };
}

/** min(1, 2 P(U <= u)) by the generating function of U: the product of (1 - x^(n0+i)) / (1 - x^i), i = 1..n1. */
function exactTail(u: number, n1: number, n0: number): number {
  const share = new Float64Array(u + 1);
  share[0] = 1;
  for (let i = 1; i <= n1; i++) {
    for (let k = u; k >= n0 + i; k--) share[k] = (share[k] as number) - (share[k - n0 - i] as number);
    for (let k = i; k <= u; k++) share[k] = (share[k] as number) + (share[k - i] as number);
    // Divided by the number of orderings as it grows, n0 + i over i, so that nothing overflows.
    for (let k = 0; k <= u; k++) share[k] = ((share[k] as number) * i) / (n0 + i);
  }
  return Math.min(1, 2 * share.reduce((sum, one) => sum + one, 0));
}
