import { betaQuantile, regularisedBeta } from './beta.ts';
import { regularisedGammaUpper } from './gamma.ts';

export { betaQuantile, regularisedBeta } from './beta.ts';
export { logGamma } from './gamma.ts';
export { criticalValue, normalCdf, normalQuantile, normalSurvival } from './normal.ts';

/** Student's t distribution function; degrees need not be an integer. */
export function studentTCdf(t: number, degrees: number): number {
  if (t === 0) return 0.5;
  const square = t * t;
  // The smaller of the two beta arguments is computed directly, so neither tail nor centre cancels.
  const tail =
    square < degrees
      ? 0.5 * (1 - regularisedBeta(square / (degrees + square), 0.5, degrees / 2))
      : 0.5 * regularisedBeta(degrees / (degrees + square), degrees / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** Inverse of `studentTCdf`; p in (0, 1). */
export function studentTQuantile(p: number, degrees: number): number {
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let magnitude: number;
  if (tail < 0.25) {
    const y = betaQuantile(2 * tail, degrees / 2, 0.5);
    magnitude = Math.sqrt((degrees * (1 - y)) / y);
  } else {
    const x = betaQuantile(1 - 2 * tail, 0.5, degrees / 2);
    magnitude = Math.sqrt((degrees * x) / (1 - x));
  }
  return p < 0.5 ? -magnitude : magnitude;
}

/** P(chi-square with `degrees` > x). */
export function chiSquareSurvival(x: number, degrees: number): number {
  return x <= 0 ? 1 : regularisedGammaUpper(degrees / 2, x / 2);
}

/**
 * Limiting survival function of sqrt(n) D, the Kolmogorov distribution (Kolmogorov 1933; theta-function form below 1).
 * As a two-sample p-value with n = n1 n0 / (n1 + n0) it is asymptotic: conservative with ties and below about 50 rows a side.
 */
export function kolmogorovSurvival(x: number): number {
  if (x <= 0) return 1;
  if (x < 1) {
    const scale = (Math.PI * Math.PI) / (8 * x * x);
    let sum = 0;
    for (let k = 1; k < 40; k += 2) {
      const term = Math.exp(-k * k * scale);
      sum += term;
      if (term < 1e-17 * sum || term === 0) break;
    }
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k < 40; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term <= 1e-17 * sum) break;
  }
  return 2 * sum;
}
