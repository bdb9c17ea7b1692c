import { sortedQuantile } from './percentile.ts';

/** Values on either side that a value is held against. */
const REACH = 4;
/** Latest values, which may be the beginning of a level. */
const OPEN_END = 3;
/** Scaled deviations from the median that make an outlier. */
const LIMIT = 5;

/**
 * Single values that stand apart from both sides (Hampel 1974): further than 5 scaled median deviations from the median of the four values before and after, while
 * their direct neighbours are not. Never among the last three, which may be a new level. Two bad runs in a row are a level, not outliers;
 * series shorter than nine values have none.
 * @param values oldest first, any unit.
 * @param smallest spread below which nothing stands apart, in the same unit: equal neighbours are not infinite evidence.
 * @returns ascending indices.
 */
export function isolatedOutliers(values: Float64Array, smallest: number): number[] {
  const n = values.length;
  if (n < 2 * REACH + 1) return [];
  const far = Array.from(values, (_, i) => standsApart(values, i, smallest));
  return Array.from(values.keys()).filter((i) => i < n - OPEN_END && far[i] && !far[i - 1] && !far[i + 1]);
}

function standsApart(values: Float64Array, i: number, smallest: number): boolean {
  const from = Math.min(Math.max(0, i - REACH), values.length - 2 * REACH - 1);
  const around = values.slice(from, from + 2 * REACH + 1).sort();
  const median = sortedQuantile(around, 0.5);
  const deviation = 1.4826 * sortedQuantile(around.map((value) => Math.abs(value - median)).sort(), 0.5);
  return Math.abs((values[i] as number) - median) > LIMIT * Math.max(deviation, smallest);
}
