/** `count` labels that arrived after `latency`, of predictions aged `truncation` at as-of; same unit, latency <= truncation. */
export interface ArrivalObservation {
  latency: number;
  truncation: number;
  count: number;
}

/** Rows by whole hours (or any unit), ascending. */
export interface AgeHistogram {
  hours: ArrayLike<number>;
  counts: ArrayLike<number>;
}

/** Share of the labels arriving within `longest` that have arrived by an age. */
export interface ArrivalCurve {
  /** Ascending latencies at which the share steps up, and the share from there on; the last is 1. */
  latency: Float64Array;
  shares: Float64Array;
  /** Largest age of a labelled prediction: what arrives later is not identified, all shares are relative to it. */
  longest: number;
  /** Latency up to which the curve rests on fewer than 20 labels at risk at some step; null when nowhere. */
  unstableBelow: number | null;
  labels: number;
  /** Step function of the age, 0..1. */
  share(age: number): number;
  /** Smallest latency with share >= p. */
  quantile(p: number): number | null;
}

/** Labels at risk below which a step of the curve is called unstable. */
const FEWEST_AT_RISK = 20;

/**
 * Distribution of label latency from labels seen only when latency <= age at as-of (right truncation): Kaplan-Meier in reverse time,
 * F(x) = product over arrivals x_j > x of 1 - d_j / r_j, with r_j the labels whose latency <= x_j <= their truncation (Lagakos, Barraj
 * & De Gruttola 1988; Kalbfleisch & Lawless 1989). As latency never exceeds truncation, r_j = #(latency <= x_j) - #(truncation < x_j), so
 * the two marginal histograms suffice. Without truncation it is the empirical distribution. Assumes that latency does not depend on the
 * prediction day: a slowdown of the labelling itself is read as truncation. Null without labels.
 */
export function arrivalCurve(latency: AgeHistogram, truncation: AgeHistogram): ArrivalCurve | null {
  const steps: number[] = [];
  const arrivals: number[] = [];
  let labels = 0;
  for (let i = 0; i < latency.hours.length; i++) {
    const count = latency.counts[i] as number;
    if (!(count > 0)) continue;
    steps.push(latency.hours[i] as number);
    arrivals.push(count);
    labels += count;
  }
  if (labels === 0) return null;
  let next = truncation.hours.length - 1;
  while (next > 0 && !((truncation.counts[next] as number) > 0)) next -= 1;
  const longest = truncation.hours[next] as number;

  const shares = new Float64Array(steps.length);
  let arrived = labels;
  let tooYoung = labels;
  let surviving = 1;
  let unstableBelow: number | null = null;
  for (let j = steps.length - 1; j >= 0; j--) {
    const x = steps[j] as number;
    shares[j] = surviving;
    // Labels whose truncation lies below x could not have been seen at x.
    while (next >= 0 && (truncation.hours[next] as number) >= x) {
      tooYoung -= truncation.counts[next] as number;
      next -= 1;
    }
    const atRisk = arrived - tooYoung;
    if (atRisk < FEWEST_AT_RISK && j > 0 && unstableBelow === null) unstableBelow = x;
    surviving *= Math.max(0, 1 - (arrivals[j] as number) / atRisk);
    arrived -= arrivals[j] as number;
  }
  const curve = Float64Array.from(steps);
  return {
    latency: curve,
    shares,
    longest,
    unstableBelow,
    labels,
    share: (age) => stepAt(curve, shares, age),
    quantile: (p) => {
      const index = shares.findIndex((value) => value >= p - 1e-12);
      return index < 0 ? null : (curve[index] as number);
    },
  };
}

/** The same from joint observations in any order; those with latency > truncation, negative or not finite are ignored. */
export function reverseKaplanMeier(observations: readonly ArrivalObservation[]): ArrivalCurve | null {
  const used = observations.filter((o) => o.count > 0 && o.latency >= 0 && o.latency <= o.truncation);
  return arrivalCurve(
    histogram(used, (o) => o.latency),
    histogram(used, (o) => o.truncation),
  );
}

function histogram(observations: readonly ArrivalObservation[], pick: (o: ArrivalObservation) => number): AgeHistogram {
  const hours: number[] = [];
  const counts: number[] = [];
  for (const one of [...observations].sort((a, b) => pick(a) - pick(b))) {
    const value = pick(one);
    if (hours.length > 0 && hours[hours.length - 1] === value) {
      counts[counts.length - 1] = (counts[counts.length - 1] as number) + one.count;
    } else {
      hours.push(value);
      counts.push(one.count);
    }
  }
  return { hours, counts };
}

/** Value of the right-continuous step function, 0 before the first step. */
function stepAt(latency: Float64Array, shares: Float64Array, age: number): number {
  let low = 0;
  let high = latency.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((latency[middle] as number) <= age) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (shares[low - 1] as number);
}
