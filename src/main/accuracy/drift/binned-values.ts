/** Rows per bin, and the sum of their values above the lowest of all. */
export interface BinnedValues {
  n: Float64Array;
  sum: Float64Array;
}

/** Values of one column per group (`grp` of the source) on shared bins. */
export interface ValueBins {
  lowest: number;
  /** Largest value of each bin, ascending; bin j holds all values above `ends[j - 1]` up to `ends[j]`. */
  ends: Float64Array;
  /** 1 where a bin holds no value but its end. */
  single: Uint8Array;
  /** Each bin holds one distinct value: nothing was merged. */
  exact: boolean;
  groups: Map<number, BinnedValues>;
}

/** Sum over some of the groups; groups without values count nothing. */
export function pooledBins(bins: ValueBins, groups: Iterable<number>): BinnedValues {
  const width = bins.ends.length;
  const pooled = { n: new Float64Array(width), sum: new Float64Array(width) };
  for (const key of groups) {
    const group = bins.groups.get(key);
    if (!group) continue;
    for (let j = 0; j < width; j++) {
      pooled.n[j] = (pooled.n[j] as number) + (group.n[j] as number);
      pooled.sum[j] = (pooled.sum[j] as number) + (group.sum[j] as number);
    }
  }
  return pooled;
}
