/** A fitted monotone map: `x` ascending thresholds, `y` non-decreasing values; linear in between, constant outside. */
export interface Calibrator {
  x: Float64Array;
  y: Float64Array;
  predict(value: number): number;
}

/**
 * Weighted non-decreasing least squares by pool-adjacent-violators (Barlow et al. 1972), interpolated and clipped as
 * scikit-learn's IsotonicRegression(out_of_bounds='clip'). Points of weight 0 are dropped; equal x (within 1e-15) are averaged.
 * @returns null when no point has positive weight.
 */
export function isotonic(x: ArrayLike<number>, y: ArrayLike<number>, w: ArrayLike<number>): Calibrator | null {
  const points = distinctPoints(x, y, w);
  if (points.x.length === 0) return null;
  const fitted = poolAdjacentViolators(points.y, points.w);
  const kept: number[] = [];
  for (let i = 0; i < fitted.length; i++) {
    const inside = i > 0 && i < fitted.length - 1;
    if (!inside || fitted[i] !== fitted[i - 1] || fitted[i] !== fitted[i + 1]) kept.push(i);
  }
  const thresholds = Float64Array.from(kept, (i) => points.x[i] as number);
  const values = Float64Array.from(kept, (i) => fitted[i] as number);
  return { x: thresholds, y: values, predict: (value) => interpolate(thresholds, values, value) };
}

/** The calibrator that changes nothing. */
export function identityCalibrator(): Calibrator {
  return { x: Float64Array.of(0, 1), y: Float64Array.of(0, 1), predict: (value) => value };
}

function distinctPoints(x: ArrayLike<number>, y: ArrayLike<number>, w: ArrayLike<number>) {
  const order: number[] = [];
  for (let i = 0; i < x.length; i++) if ((w[i] as number) > 0) order.push(i);
  order.sort((i, j) => (x[i] as number) - (x[j] as number) || i - j);
  const out = { x: [] as number[], y: [] as number[], w: [] as number[] };
  for (let k = 0; k < order.length; ) {
    const first = x[order[k] as number] as number;
    let weight = 0;
    let total = 0;
    for (; k < order.length && (x[order[k] as number] as number) - first < 1e-15; k++) {
      const i = order[k] as number;
      weight += w[i] as number;
      total += (w[i] as number) * (y[i] as number);
    }
    out.x.push(first);
    out.y.push(total / weight);
    out.w.push(weight);
  }
  return out;
}

function poolAdjacentViolators(y: readonly number[], w: readonly number[]): Float64Array {
  const sums = new Float64Array(y.length);
  const weights = new Float64Array(y.length);
  const starts = new Uint32Array(y.length + 1);
  let blocks = 0;
  for (let i = 0; i < y.length; i++) {
    sums[blocks] = (w[i] as number) * (y[i] as number);
    weights[blocks] = w[i] as number;
    starts[blocks] = i;
    blocks += 1;
    while (blocks > 1) {
      const last = (sums[blocks - 1] as number) / (weights[blocks - 1] as number);
      const before = (sums[blocks - 2] as number) / (weights[blocks - 2] as number);
      if (last > before) break;
      sums[blocks - 2] = (sums[blocks - 2] as number) + (sums[blocks - 1] as number);
      weights[blocks - 2] = (weights[blocks - 2] as number) + (weights[blocks - 1] as number);
      blocks -= 1;
    }
  }
  starts[blocks] = y.length;
  const fitted = new Float64Array(y.length);
  for (let b = 0; b < blocks; b++) {
    fitted.fill((sums[b] as number) / (weights[b] as number), starts[b], starts[b + 1]);
  }
  return fitted;
}

function interpolate(x: Float64Array, y: Float64Array, value: number): number {
  const last = x.length - 1;
  if (value <= (x[0] as number)) return y[0] as number;
  if (value >= (x[last] as number)) return y[last] as number;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((x[middle] as number) <= value) low = middle;
    else high = middle;
  }
  const x0 = x[low] as number;
  const y0 = y[low] as number;
  return y0 + (((y[high] as number) - y0) * (value - x0)) / ((x[high] as number) - x0);
}
