import { normalCdf } from './normal.ts';

/**
 * One-sided p-value of H0: p1 - p0 >= -margin from the skewness-aware tail of the difference of shares: both rates at their maximum
 * likelihood under p1 = p0 - margin (Farrington & Manning 1990), tail by the saddlepoint formula of Lugannani & Rice (1980), no continuity
 * correction. Keeps its size far out, where inverting Newcombe's interval does not: with p0 = 0.94, margin 0.01, n1 = 100, n0 = 5000,
 * p < 0.001 and p < 0.0001 happen in 0.095 % and 0.011 % of 400 000 samples on the boundary, against 0.29 % and 0.054 % for Newcombe
 * (p0 = 0.99: 0.098 % and 0.010 % against 0.47 % and 0.15 %). Use it for ranking and multiplicity; counts may be fractional (effective).
 * 1 when a side is empty; conservative where fewer than about five successes are expected; accurate down to 1e-300.
 * @param margin tolerated drop, 0 <= margin < 1.
 */
export function shareDropTail(k1: number, n1: number, k0: number, n0: number, margin: number): number {
  if (!(n1 > 0) || !(n0 > 0)) return 1;
  const observed = k1 / n1 - k0 / n0;
  const reference = constrainedRate(k1, n1, k0, n0, margin);
  const current = clean(reference - margin);
  const gap = observed + margin;
  const variance = (current * (1 - current)) / n1 + (reference * (1 - reference)) / n0;
  if (!(variance > 0)) return gap < 0 ? 0 : 1;
  // The extreme differences have point mass: no saddlepoint there, the mass itself is the answer.
  const highest = (current === 0 ? 0 : 1) - (reference === 1 ? 1 : 0);
  if (observed >= highest - 1e-9) return 1;
  const lowest = (current === 1 ? 1 : 0) - (reference === 0 ? 0 : 1);
  if (observed <= lowest + 1e-9)
    return Math.exp(n1 * Math.log1p(-current) + (reference > 0 ? n0 * Math.log(reference) : 0));
  const theta = saddlepoint(observed, n1, current, n0, reference);
  const exponent = theta * observed - cumulant(theta, n1, current) - cumulant(-theta, n0, reference);
  const w = Math.sign(theta) * Math.sqrt(2 * Math.max(0, exponent));
  const u = theta * Math.sqrt(curvature(theta, n1, current) + curvature(-theta, n0, reference));
  if (Math.abs(w) < 1e-3) {
    // Limit of the formula below at the mean, where it is 0/0: a sixth of the skewness.
    const third =
      (current * (1 - current) * (1 - 2 * current)) / n1 ** 2 -
      (reference * (1 - reference) * (1 - 2 * reference)) / n0 ** 2;
    return normalCdf(gap / Math.sqrt(variance) + third / variance ** 1.5 / 6);
  }
  // Barndorff-Nielsen's form of the same tail stays inside 0..1.
  return normalCdf(w + Math.log(u / w) / w);
}

/** Maximum likelihood reference rate under p1 = p0 - margin: the root of Farrington & Manning's cubic, by bisection on the score. */
function constrainedRate(k1: number, n1: number, k0: number, n0: number, margin: number): number {
  let low = margin;
  let high = 1;
  // The score decreases in the rate.
  for (let i = 0; i < 60; i++) {
    const p0 = (low + high) / 2;
    const p1 = p0 - margin;
    const score = ratio(k1, p1) - ratio(n1 - k1, 1 - p1) + ratio(k0, p0) - ratio(n0 - k0, 1 - p0);
    if (score > 0) low = p0;
    else high = p0;
  }
  return clean((low + high) / 2);
}

/** A rate that bisection drove against 0 or 1 is meant to be there. */
const clean = (rate: number): number => (rate < 1e-14 ? 0 : rate > 1 - 1e-14 ? 1 : rate);

const ratio = (count: number, rate: number): number => (count === 0 ? 0 : count / rate);

/** Cumulant generating function of K/n, K ~ binomial(n, p), without overflow. */
const cumulant = (theta: number, n: number, p: number): number => {
  if (p === 1) return theta;
  const t = theta / n;
  return t > 30 && p > 0
    ? n * (t + Math.log(p + (1 - p) * Math.exp(-t)))
    : n * Math.log1p(p * Math.expm1(Math.min(t, 700)));
};

const tilted = (theta: number, n: number, p: number): number => {
  if (p === 0 || p === 1) return p;
  // p e^t / (1 - p + p e^t), without overflow
  const t = theta / n;
  return t > 0 ? p / (p + (1 - p) * Math.exp(-t)) : (p * Math.exp(t)) / (1 - p + p * Math.exp(t));
};

const curvature = (theta: number, n: number, p: number): number => (tilted(theta, n, p) * tilted(-theta, n, 1 - p)) / n;

/** The tilt under which the expected difference is the observed one; the expectation increases in the tilt. */
function saddlepoint(observed: number, n1: number, p1: number, n0: number, p0: number): number {
  const excess = (theta: number): number => tilted(theta, n1, p1) - tilted(-theta, n0, p0) - observed;
  let low = 0;
  let high = 0;
  let step = Math.min(n1, n0) / 4 + 1;
  if (excess(0) > 0) {
    while (excess(low) > 0 && step < 1e12) {
      high = low;
      low -= step;
      step *= 2;
    }
  } else {
    while (excess(high) < 0 && step < 1e12) {
      low = high;
      high += step;
      step *= 2;
    }
  }
  let theta = (low + high) / 2;
  for (let i = 0; i < 100; i++) {
    const value = excess(theta);
    if (value > 0) high = theta;
    else low = theta;
    const slope = curvature(theta, n1, p1) + curvature(-theta, n0, p0);
    let next = theta - value / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - theta) <= 1e-13 * (1 + Math.abs(theta))) return next;
    theta = next;
  }
  return theta;
}
