import { deviance, stirlingError } from './gamma.ts';
import { normalQuantile } from './normal.ts';

/** x^a (1-x)^b / B(a, b) by Loader's saddle-point form, so that a and b in the millions keep their digits. */
function betaKernel(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  // binomial density times a b / n
  return Math.exp(exponent) * Math.sqrt((a * b) / (2 * Math.PI * n));
}

/** I_x(a, b), the beta distribution function; a, b > 0, need not be integers; continued fraction of Didonato & Morris 1992. */
export function regularisedBeta(x: number, a: number, b: number): number {
  return regularisedBetaPair(x, 1 - x, a, b);
}

/** The same with y = 1 - x given, for x so near 1 that the subtraction would lose it. */
function regularisedBetaPair(x: number, y: number, a: number, b: number): number {
  if (!(a > 0) || !(b > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaKernel(y, x, b, a) * betaFraction(y, x, b, a);
  return betaKernel(x, y, a, b) * betaFraction(x, y, a, b);
}

/** The continued fraction with I_x(a, b) = kernel * fraction (Didonato & Morris 1992 eq. 9, modified Lentz), O(sqrt(max(a, b))) terms. */
function betaFraction(x: number, y: number, a: number, b: number): number {
  const tiny = 1e-300;
  const lambda = a * y - b * x;
  let f = (a * (lambda + 1)) / (a + 1);
  if (Math.abs(f) < tiny) f = tiny;
  let c = f;
  let d = 0;
  for (let m = 1; m < 200000; m++) {
    const odd = a + 2 * m - 1;
    const numerator = (((a + m - 1) * (a + b + m - 1)) / odd) * ((m * (b - m)) / odd) * x * x;
    const term = m + (m * (b - m) * x) / odd + ((a + m) * (lambda + 1 + m * (1 + y))) / (odd + 2);
    d = term + numerator * d;
    if (Math.abs(d) < tiny) d = tiny;
    c = term + numerator / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const change = c * d;
    f *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return 1 / f;
}

/** The x with I_x(a, b) = p; relative error about 1e-12 also for x near 0 (safeguarded Newton on ln x or ln(1 - x)). */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1) || !(a > 0) || !(b > 0)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return 1;
  const middle = regularisedBeta(0.5, a, b);
  return p <= middle ? lowerHalfQuantile(p, a, b) : 1 - upperHalfQuantile(1 - p, a, b);
}

function upperHalfQuantile(p: number, a: number, b: number): number {
  return lowerHalfQuantile(p, b, a);
}

/** Root in (0, 1/2], worked in t = ln x so that tiny quantiles keep relative accuracy. */
function lowerHalfQuantile(p: number, a: number, b: number): number {
  let low = -700;
  // A shape so small that the quantile is below what a float holds.
  if (regularisedBeta(Math.exp(low), a, b) >= p) return 0;
  let high = Math.log(0.5) + 1e-12;
  const mean = a / (a + b);
  const deviation = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
  const guess = mean + deviation * normalQuantile(p);
  let t =
    guess > 0 && guess < 0.5 ? Math.log(guess) : Math.min(high, Math.log(Math.max(mean, 1e-300)) + Math.log(p) / a);
  if (!(t > low && t < high)) t = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const x = Math.exp(t);
    const y = -Math.expm1(t);
    const value = regularisedBetaPair(x, y, a, b);
    if (value < p) low = t;
    else high = t;
    // dI/dt = x * density = kernel / y
    const slope = betaKernel(x, y, a, b) / y;
    // Newton on ln I: nearly linear in t on the left tail.
    let next = value > 0 && slope > 0 ? t - ((Math.log(value) - Math.log(p)) * value) / slope : Number.NaN;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - t) <= 1e-15 * Math.max(1, Math.abs(t))) return Math.exp(next);
    t = next;
  }
  return Math.exp(t);
}
