/** Logits that give a wanted share of right predictions once the row's own noise is averaged over. */

const nodes = 61;
const reach = 6;

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export const logit = (p: number): number => Math.log(p / (1 - p));

/** E[max(floor, sigmoid(centre + sd * N))], N standard normal, by the trapezoid rule over +-6 (error below 1e-8). */
export function expectedRight(centre: number, sd: number, floor = 0): number {
  let sum = 0;
  let mass = 0;
  for (let i = 0; i < nodes; i++) {
    const x = -reach + (2 * reach * i) / (nodes - 1);
    const weight = Math.exp((-x * x) / 2);
    sum += weight * Math.max(floor, sigmoid(centre + sd * x));
    mass += weight;
  }
  return sum / mass;
}

/** The root of an increasing function on [low, high] by bisection, to 1e-9. */
export function solve(f: (x: number) => number, target: number, low = -12, high = 12): number {
  let a = low;
  let b = high;
  while (b - a > 1e-9) {
    const middle = (a + b) / 2;
    if (f(middle) < target) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
