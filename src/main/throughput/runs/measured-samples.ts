import type { RunExclusion, RunSample, ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { counted, decimal } from '../../../shared/units.ts';
import { type SteadyState, steadyState } from '../../statistics/steady-state.ts';

/** A stretch of time, on the clock of the samples, in which the hardware slowed itself down. */
export interface SlowStretch {
  fromNs: number;
  toNs: number;
  reasons: string[];
}

export interface MarkedSamples {
  samples: RunSample[];
  exclusions: RunExclusion[];
  warmup: ThroughputRun['warmup'];
  steadyState: ThroughputRun['steadyState'];
  /** Why the numbers are over the whole measurement although it did not settle; null where it did. */
  unsettled: string | null;
  /** Share of the measured time in samples that fell under a slow-down. */
  slowShare: number;
  notes: string[];
}

const slowRule = 'hardware slow-down';
const earlyRule = 'before the steady state';
const rule = 'MSER-5, then levels by PELT (penalty 15 ln n); at least 40 samples';

const perItem = ({ durationNs, items }: RunSample): number => durationNs / items;

const rateOf = (samples: readonly RunSample[]): number => {
  const items = samples.reduce((sum, sample) => sum + sample.items, 0);
  return (items / samples.reduce((sum, sample) => sum + sample.durationNs, 0)) * 1e9;
};

const time = (samples: readonly RunSample[]): number => samples.reduce((sum, sample) => sum + sample.durationNs, 0);

/** A sample counts as slowed when any part of it lies in a stretch. */
const slowedBy = (sample: RunSample, stretches: readonly SlowStretch[]): string[] => {
  const { startNs } = sample;
  if (startNs === null) return [];
  const touched = stretches.filter(({ fromNs, toNs }) => fromNs < startNs + sample.durationNs && toNs > startNs);
  return [...new Set(touched.flatMap(({ reasons }) => reasons))];
};

const edge = (sample: RunSample | undefined, end: 'from' | 'to'): number | null => {
  if (!sample || sample.startNs === null) return null;
  return end === 'from' ? sample.startNs : sample.startNs + sample.durationNs;
};

const judged = (found: SteadyState, kept: readonly RunSample[]): ThroughputRun['steadyState'] => {
  const span = (from: number) => ({ from: edge(kept[from], 'from'), to: edge(kept.at(-1), 'to') });
  if (found.kind === 'not classified') {
    return { reached: null, from: null, to: null, rule, reason: found.reason ?? 'too few samples' };
  }
  if (found.from === null) {
    return { reached: false, from: null, to: null, rule, kind: found.kind, reason: found.reason ?? 'no level lasts' };
  }
  const burst = found.burst === null ? {} : { burst: 1e9 / found.burst };
  return { reached: true, ...span(found.from), rule, kind: found.kind, ...burst };
};

/**
 * Which samples of the measurement count: first those under a hardware slow-down are set aside, then those before the
 * steady state of the rest. A measurement that did not settle keeps all of them, and says so: a truncated mean of it
 * would be a number that nobody measured.
 */
export const markSamples = (all: readonly RunSample[], stretches: readonly SlowStretch[]): MarkedSamples => {
  const samples = all.map((sample) => ({ ...sample }));
  const measured = samples.filter(({ phase }) => phase === 'measure');
  const reasons = new Set<string>();
  for (const sample of measured) {
    const slowed = slowedBy(sample, stretches);
    if (slowed.length > 0) sample.excluded = slowRule;
    for (const reason of slowed) reasons.add(reason);
  }
  const kept = measured.filter(({ excluded }) => excluded === null);
  const slowed = measured.filter(({ excluded }) => excluded !== null);
  const found = steadyState(kept.map(perItem));
  const state = judged(found, kept);
  const early = found.from === null ? [] : kept.slice(0, found.from);
  for (const sample of early) sample.excluded = earlyRule;
  const notes: string[] = [];
  if (found.kind === 'slowdown' && found.burst !== null) {
    const settled = decimal(rateOf(kept.slice(found.from ?? 0)));
    notes.push(`slowed down and settled: ${decimal(1e9 / found.burst)} items/s in the first burst, then ${settled}`);
  }
  const unsettled = state.reached === false ? `did not settle, over the whole measurement: ${state.reason}` : null;
  if (unsettled) notes.push(unsettled);
  if (state.reached === null && kept.length > 0) notes.push(`steady state not judged: ${state.reason}`);
  const words = [...reasons].join(', ');
  const exclusions: RunExclusion[] = [
    ...(slowed.length > 0 ? [{ rule: slowRule, samples: slowed.length, reason: words }] : []),
    ...(early.length > 0
      ? [{ rule: earlyRule, samples: early.length, reason: `${found.kind}: an earlier level of ${rule}` }]
      : []),
  ];
  const before = samples.filter(({ phase }) => phase === 'warmup').length;
  return {
    samples,
    exclusions,
    warmup: {
      rule: `the runner's own warm-up, then ${rule}`,
      samplesExcluded: before + early.length,
      reason: `${counted(before, 'sample')} of the warm-up phase, ${counted(early.length, 'sample')} before the steady state`,
    },
    steadyState: state,
    unsettled,
    slowShare: measured.length > 0 ? time(slowed) / time(measured) : 0,
    notes,
  };
};
