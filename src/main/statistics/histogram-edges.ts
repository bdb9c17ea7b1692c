/** What the bin rules of numpy need of a sample. */
export interface SampleShape {
  n: number;
  min: number;
  max: number;
  /** All values integers stored as integers: numpy 2 then never makes bins narrower than 1. */
  integer?: boolean;
}

/** numpy.histogram_bin_edges(bins='sturges'): width = range / (log2 n + 1). */
export function sturgesEdges(sample: SampleShape): Float64Array {
  return edgesOfWidth(sample, (sample.max - sample.min) / (Math.log2(sample.n) + 1));
}

/**
 * numpy.histogram_bin_edges(bins='doane'): Sturges corrected for skewness g1 (Doane 1976).
 * @param skewness mean of ((x - mean) / population sd)^3; null for a constant sample.
 */
export function doaneEdges(sample: SampleShape, skewness: number | null): Float64Array {
  const { n, min, max } = sample;
  if (n <= 2 || skewness === null) return edgesOfWidth(sample, 0);
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return edgesOfWidth(sample, (max - min) / (1 + Math.log2(n) + Math.log2(1 + Math.abs(skewness) / spread)));
}

function edgesOfWidth({ min, max, integer }: SampleShape, width: number): Float64Array {
  const first = min === max ? min - 0.5 : min;
  const last = min === max ? max + 0.5 : max;
  const usable = integer && width > 0 && width < 1 ? 1 : width;
  const bins = usable > 0 ? Math.max(1, Math.ceil((last - first) / usable)) : 1;
  const edges = new Float64Array(bins + 1);
  const step = (last - first) / bins;
  for (let i = 0; i < bins; i++) edges[i] = first + i * step;
  edges[bins] = last;
  return edges;
}

/** Counts of ascending values on edges as numpy.histogram: [e_i, e_i+1), the last bin closed; values outside are not counted. */
export function histogramOnEdges(x: ArrayLike<number>, counts: ArrayLike<number>, edges: Float64Array): Float64Array {
  const bins = edges.length - 1;
  const out = new Float64Array(bins);
  let bin = 0;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] as number;
    if (value < (edges[0] as number) || value > (edges[bins] as number)) continue;
    while (bin < bins - 1 && value >= (edges[bin + 1] as number)) bin += 1;
    out[bin] = (out[bin] as number) + (counts[i] as number);
  }
  return out;
}

export interface Moments {
  n: number;
  mean: number;
  /** Population standard deviation (ddof 0). */
  deviation: number;
  /** Null for a constant sample. */
  skewness: number | null;
}

/** Mean, population sd and skewness of distinct values with counts, in two passes; null without rows. */
export function momentsFromCounts(x: ArrayLike<number>, counts: ArrayLike<number>): Moments | null {
  let n = 0;
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    n += counts[i] as number;
    sum += (counts[i] as number) * (x[i] as number);
  }
  if (!(n > 0)) return null;
  const mean = sum / n;
  let second = 0;
  let third = 0;
  for (let i = 0; i < x.length; i++) {
    const d = (x[i] as number) - mean;
    second += (counts[i] as number) * d * d;
    third += (counts[i] as number) * d * d * d;
  }
  const deviation = Math.sqrt(second / n);
  return { n, mean, deviation, skewness: deviation > 0 ? third / n / deviation ** 3 : null };
}
