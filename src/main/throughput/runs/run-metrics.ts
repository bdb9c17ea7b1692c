import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import type { RunMetrics, RunSample } from '../../../shared/model/throughput-run.ts';
import { percentile } from '../../statistics/percentile.ts';
import type { Energy } from '../telemetry/energy.ts';

const level = 0.95;
const oneRun = 'one run has no interval of its own: the runs are the replicates';

export interface MetricsQuestion {
  /** Those that count. */
  samples: readonly RunSample[];
  /** Items of one iteration, where it is known: a sample of more is a block. */
  perIteration: number | null;
  energy: Pick<Energy, 'grossJ' | 'method' | 'grade' | 'n' | 'reason'>;
  /** Items of all the time that the energy is of. */
  energyItems: number;
  /** Said beside every number, where they are not of a steady state. */
  remark: string | null;
  none: string;
}

/** Iterations overlap when one begins before the end of another: their durations do not add up to elapsed time. */
export const overlap = (samples: readonly RunSample[]): boolean => {
  const ordered = samples
    .filter((sample): sample is RunSample & { startNs: number } => sample.startNs !== null)
    .sort((a, b) => a.startNs - b.startNs);
  let end = Number.NEGATIVE_INFINITY;
  let both = 0;
  for (const { startNs, durationNs } of ordered) {
    // A microsecond is what clocks round to; one pair may be an accident of a block.
    if (startNs < end - 1000) both += 1;
    end = Math.max(end, startNs + durationNs);
  }
  return both > 1;
};

const sum = (samples: readonly RunSample[], value: (sample: RunSample) => number): number =>
  samples.reduce((total, sample) => total + value(sample), 0);

const elapsedNs = (samples: readonly RunSample[]): number => {
  const from = samples.reduce((least, { startNs }) => Math.min(least, startNs ?? least), Number.POSITIVE_INFINITY);
  const to = samples.reduce((most, { startNs, durationNs }) => Math.max(most, (startNs ?? 0) + durationNs), 0);
  return to - from;
};

/**
 * Items per second of service time: items over the sum of durations, or over elapsed time where iterations overlap.
 * Pauses between iterations do not count. No interval: the iterations of one run are no replicates.
 */
const throughputOf = ({ samples, remark, none }: MetricsQuestion): Estimate => {
  const overlapping = overlap(samples);
  const method = overlapping ? 'items-over-elapsed-time@1' : 'items-over-time@1';
  if (samples.length === 0) return unknownEstimate(none, method);
  const ns = overlapping ? elapsedNs(samples) : sum(samples, ({ durationNs }) => durationNs);
  const value = (sum(samples, ({ items }) => items) / ns) * 1e9;
  const reason = remark === null ? oneRun : `${remark}; ${oneRun}`;
  return { value, low: null, high: null, level, n: samples.length, method, reason };
};

/** Iterations in one sample, or 1 where nothing says that there are more. */
export const iterationsOf = (samples: readonly RunSample[], perIteration: number | null): number => {
  const [first] = samples;
  if (!first || perIteration === null || !(first.items > perIteration)) return 1;
  return Math.max(1, Math.round(first.items / perIteration));
};

/** Service time of an iteration in ms; of blocks of several only the middle is known, their tails are inside. */
const latencyOf = (question: MetricsQuestion, p: number): Estimate => {
  const { samples, perIteration, remark, none } = question;
  if (samples.length === 0) return unknownEstimate(none, 'percentile');
  const iterations = iterationsOf(samples, perIteration);
  if (iterations > 1 && p > 0.5) {
    const why = `samples are blocks of ${iterations} iterations: the tail inside cannot be seen`;
    return unknownEstimate(why, 'percentile', samples.length);
  }
  const found = percentile(
    samples.map(({ durationNs }) => durationNs / 1e6 / iterations),
    p,
  );
  if (found.value === null) return found;
  const remarks = [remark, iterations > 1 ? `of means of ${iterations} iterations` : null].filter(Boolean);
  return remarks.length === 0 ? found : { ...found, reason: remarks.join('; ') };
};

/** Joules per item, gross; the method carries the grade. */
const energyPerItem = ({ energy, energyItems }: MetricsQuestion): Estimate => {
  if (energy.grossJ === null || energyItems <= 0) {
    return unknownEstimate(energy.reason ?? 'no items in the window', 'energy-per-item@1');
  }
  return {
    value: energy.grossJ / energyItems,
    low: null,
    high: null,
    level,
    n: energy.n,
    method: `${energy.method}, grade ${energy.grade}`,
    reason: `gross; ${oneRun}`,
  };
};

export const metricsOf = (question: MetricsQuestion): RunMetrics => ({
  throughput: throughputOf(question),
  latencyP50Ms: latencyOf(question, 0.5),
  latencyP95Ms: latencyOf(question, 0.95),
  latencyP99Ms: latencyOf(question, 0.99),
  energyPerItemJ: energyPerItem(question),
});
