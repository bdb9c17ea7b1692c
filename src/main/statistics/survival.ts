import { type Measured, share, unmeasured } from './measured.ts';

/** `count` labels that arrived after `latency`, of predictions aged `truncation` at as-of; same unit, latency <= truncation. */
export interface ArrivalObservation {
  latency: number;
  truncation: number;
  count: number;
}

export interface ArrivalCurve {
  /** Ascending latencies at which the share steps up. */
  latency: Float64Array;
  /** Share of the labels arriving within `identifiedTo` that have arrived by `latency[i]`, last one 1. */
  share: Float64Array;
  /** Largest age seen: what arrives later is not identified, all shares are relative to it. Null without labels. */
  identifiedTo: number | null;
  /** Below this latency the curve rests on fewer than 20 labels at risk at some step; trust it only above. Null when nowhere. */
  unstableBelow: number | null;
  labels: number;
  method: string;
  shareAt(age: number): number | null;
  quantile(p: number): number | null;
}

/**
 * Distribution of label latency from labels seen only when latency <= age at as-of (right truncation): Kaplan-Meier in reverse time,
 * F(x) = product over arrivals x_j > x of 1 - d_j / r_j, with r_j the labels whose latency <= x_j <= their truncation (Lagakos, Barraj
 * & De Gruttola 1988; Kalbfleisch & Lawless 1989). Without truncation it is the empirical distribution. Assumes that latency does
 * not depend on the prediction day: a slowdown of the labelling itself is read as truncation. Observations with latency > truncation,
 * negative or non-finite values are ignored.
 */
export function reverseKaplanMeier(observations: readonly ArrivalObservation[]): ArrivalCurve {
  const used = observations.filter((o) => o.count > 0 && o.latency >= 0 && o.latency <= o.truncation);
  const byLatency = [...used].sort((a, b) => a.latency - b.latency);
  const byTruncation = [...used].sort((a, b) => a.truncation - b.truncation);
  const latency: number[] = [];
  const arrivals: number[] = [];
  for (const one of byLatency) {
    if (latency.length > 0 && latency[latency.length - 1] === one.latency) {
      arrivals[arrivals.length - 1] = (arrivals[arrivals.length - 1] as number) + one.count;
    } else {
      latency.push(one.latency);
      arrivals.push(one.count);
    }
  }
  const labels = arrivals.reduce((sum, count) => sum + count, 0);
  const shares = new Float64Array(latency.length);
  let seen = labels;
  let gone = used.reduce((sum, o) => sum + o.count, 0);
  let next = byTruncation.length - 1;
  let surviving = 1;
  let unstableBelow: number | null = null;
  for (let j = latency.length - 1; j >= 0; j--) {
    const x = latency[j] as number;
    shares[j] = surviving;
    // `gone` becomes the labels whose truncation lies below x: they could not have been seen at x.
    while (next >= 0 && (byTruncation[next] as ArrivalObservation).truncation >= x) {
      gone -= (byTruncation[next] as ArrivalObservation).count;
      next -= 1;
    }
    const atRisk = seen - gone;
    if (atRisk < 20 && unstableBelow === null) unstableBelow = x;
    surviving *= Math.max(0, 1 - (arrivals[j] as number) / atRisk);
    seen -= arrivals[j] as number;
  }
  const steps = Float64Array.from(latency);
  const identifiedTo =
    byTruncation.length > 0 ? (byTruncation[byTruncation.length - 1] as ArrivalObservation).truncation : null;
  return {
    latency: steps,
    share: shares,
    identifiedTo,
    unstableBelow,
    labels,
    method: 'reverse-kaplan-meier@1',
    shareAt: (age) => (identifiedTo === null ? null : stepAt(steps, shares, age)),
    quantile: (p) => {
      const index = shares.findIndex((value) => value >= p - 1e-12);
      return index < 0 ? null : (steps[index] as number);
    },
  };
}

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

/**
 * Share of predictions that will have a label by `identifiedTo`, from cohorts of any age: labels so far over the predictions times their
 * expected arrival share. Its complement is the share never labelled (or later than identified).
 */
export function finalLabelledShare(
  cohorts: readonly { age: number; predictions: number; labelled: number }[],
  curve: ArrivalCurve,
): Measured {
  let labelled = 0;
  let expected = 0;
  for (const cohort of cohorts) {
    const arrived = curve.shareAt(cohort.age);
    if (arrived === null) return unmeasured('no labels');
    labelled += cohort.labelled;
    expected += cohort.predictions * arrived;
  }
  const ratio = share(labelled, expected, 'no predictions old enough');
  return ratio.value === null ? ratio : { value: Math.min(1, ratio.value) };
}
