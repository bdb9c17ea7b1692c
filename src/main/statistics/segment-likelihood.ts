/** Daily share: k of n rows. */
export interface BinomialDay {
  day: number;
  k: number;
  n: number;
}

/** Daily mean of a row value. */
export interface MeanDay {
  day: number;
  n: number;
  sum: number;
  sumSquares: number;
}

/** A series of days with constant-time log-likelihood of any stretch [from, to) at its own best level. */
export interface Series {
  length: number;
  day(index: number): number;
  mean(from: number, to: number): number;
  likelihood(from: number, to: number): number;
  /** Pearson chi-square of days around the levels of the stretches between `bounds`, per degree of freedom, at least 1. */
  dispersion(bounds: readonly number[]): number;
  reordered(order: readonly number[]): Series;
}

/** k ln k, 0 at 0. */
const entropy = (k: number): number => (k > 0 ? k * Math.log(k) : 0);

/** Days without rows are dropped; the rest sorted by day. */
export function binomialSeries(days: readonly BinomialDay[]): Series {
  const used = days.filter((day) => day.n > 0).sort((a, b) => a.day - b.day);
  return fromDays(
    used,
    (day) => day.k,
    (k, n) => entropy(k) + entropy(n - k) - entropy(n),
    (p) => p * (1 - p),
  );
}

/** Gaussian with the row variance of the whole series, so that its likelihood ratios have the scale of the binomial ones. */
export function meanSeries(days: readonly MeanDay[]): Series {
  const used = days.filter((day) => day.n > 0).sort((a, b) => a.day - b.day);
  let n = 0;
  let sum = 0;
  let sumSquares = 0;
  for (const day of used) {
    n += day.n;
    sum += day.sum;
    sumSquares += day.sumSquares;
  }
  const mean = n > 0 ? sum / n : 0;
  const spread = n > 0 ? (sumSquares - sum * mean) / n : 0;
  const variance = spread > 1e-14 * (sumSquares / Math.max(n, 1)) ? spread : Number.POSITIVE_INFINITY;
  return fromDays(
    used,
    // Centred, so that squares of sums keep their digits.
    (day) => day.sum - mean * day.n,
    (s, rows) => (rows > 0 ? (s * s) / (2 * rows * variance) : 0),
    () => variance,
    mean,
  );
}

function fromDays<Day extends { day: number; n: number }>(
  days: readonly Day[],
  total: (day: Day) => number,
  likelihood: (total: number, n: number) => number,
  rowVariance: (mean: number) => number,
  offset = 0,
): Series {
  const sums = new Float64Array(days.length + 1);
  const rows = new Float64Array(days.length + 1);
  days.forEach((day, i) => {
    sums[i + 1] = (sums[i] as number) + total(day);
    rows[i + 1] = (rows[i] as number) + day.n;
  });
  const between = (values: Float64Array, from: number, to: number): number =>
    (values[to] as number) - (values[from] as number);
  const level = (from: number, to: number): number => between(sums, from, to) / between(rows, from, to);
  return {
    length: days.length,
    day: (index) => (days[index] as Day).day,
    mean: (from, to) => offset + level(from, to),
    likelihood: (from, to) => likelihood(between(sums, from, to), between(rows, from, to)),
    dispersion: (bounds) => {
      let squares = 0;
      for (let s = 0; s + 1 < bounds.length; s++) {
        const from = bounds[s] as number;
        const to = bounds[s + 1] as number;
        const mean = level(from, to);
        const variance = rowVariance(mean);
        if (!(variance > 0) || !Number.isFinite(variance)) continue;
        for (let i = from; i < to; i++) {
          const day = days[i] as Day;
          squares += (total(day) - mean * day.n) ** 2 / (day.n * variance);
        }
      }
      return Math.max(1, squares / (days.length - bounds.length + 1));
    },
    reordered: (order) =>
      fromDays(
        order.map((index) => days[index] as Day),
        total,
        likelihood,
        rowVariance,
        offset,
      ),
  };
}
