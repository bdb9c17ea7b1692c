/**
 * The split of a short series with the largest energy distance between its two sides, the right side cut off where that helps (E-divisive, Matteson &
 * James 2014, exponent 1): maximises 2/(m+n) sum |x-y| - 2m/((m+n)(n-1)) sum |x-x'| - 2n/((m+n)(m-1)) sum |y-y'| over both ends. O(n^2) time and memory.
 * @param values in order, any unit.
 * @param shortest fewest values on either side of the split, before the right one is cut off and after.
 * @returns null when no split leaves `shortest` values on both sides; the first of equals.
 */
export function energySplit(values: Float64Array, shortest: number): { at: number; gain: number } | null {
  const n = values.length;
  if (n < 2 || n < 2 * shortest) return null;
  // upTo[j * (n + 1) + t]: sum of |value j - value i| over i < t.
  const width = n + 1;
  const upTo = new Float64Array(n * width);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      const distance = Math.abs((values[i] as number) - (values[j] as number));
      upTo[j * width + i + 1] = (upTo[j * width + i] as number) + distance;
    }
  }
  let best = { at: 0, gain: Number.NEGATIVE_INFINITY };
  let left = 0;
  for (let at = 1; at < n; at++) {
    // Pairs inside the left side, values 0..at-1.
    left += upTo[(at - 1) * width + at - 1] as number;
    if (at < shortest || n - at < shortest) continue;
    let across = 0;
    let right = 0;
    for (let end = at + 1; end <= n; end++) {
      const row = (end - 1) * width;
      across += upTo[row + at] as number;
      right += (upTo[row + end - 1] as number) - (upTo[row + at] as number);
      const m = end - at;
      const inLeft = at > 1 ? ((2 * m) / (m + at) / (at - 1)) * left : 0;
      const inRight = m > 1 ? ((2 * at) / (m + at) / (m - 1)) * right : 0;
      const gain = (2 / (m + at)) * across - inLeft - inRight;
      if (m >= shortest && gain > best.gain) best = { at, gain };
    }
  }
  return best.at === 0 ? null : best;
}
