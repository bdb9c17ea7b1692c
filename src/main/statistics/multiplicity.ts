/**
 * Benjamini-Hochberg adjusted p-values (1995), in the order given; rejecting those <= q keeps the false discovery rate <= q
 * under independence or positive regression dependence (Benjamini & Yekutieli 2001).
 * @param p values in 0..1; throws RangeError on anything else.
 */
export function benjaminiHochberg(p: ArrayLike<number>): number[] {
  const order = ascending(p);
  const adjusted = new Array<number>(p.length);
  let smallest = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const index = order[rank - 1] as number;
    smallest = Math.min(smallest, ((p[index] as number) * order.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}

/** Holm adjusted p-values (1979), in the order given: family-wise error, under any dependence. */
export function holm(p: ArrayLike<number>): number[] {
  const order = ascending(p);
  const adjusted = new Array<number>(p.length);
  let largest = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const index = order[rank] as number;
    largest = Math.max(largest, Math.min(1, (p[index] as number) * (order.length - rank)));
    adjusted[index] = largest;
  }
  return adjusted;
}

/**
 * Benjamini-Hochberg inside each level (one-column segments, pairs, triples), times the number L of non-empty levels, capped at 1.
 * Guarantee: each level has false discovery rate <= q/L, hence all levels together <= q, under positive dependence inside a
 * level and any dependence between levels (the false share of the union is at most the sum of the false shares). A deep,
 * large level cannot drown the few parents, which is what one flat family would do.
 */
export function hierarchicalBenjaminiHochberg(levels: ReadonlyArray<ArrayLike<number>>): number[][] {
  const families = levels.filter((level) => level.length > 0).length;
  return levels.map((level) => benjaminiHochberg(level).map((p) => Math.min(1, p * families)));
}

function ascending(p: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(p.length);
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    if (!(value >= 0 && value <= 1)) throw new RangeError(`p-value outside 0..1: ${value}`);
    order[i] = i;
  }
  return order.sort((i, j) => (p[i] as number) - (p[j] as number) || i - j);
}
