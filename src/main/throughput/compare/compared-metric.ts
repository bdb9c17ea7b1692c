import { type Estimate, unknownEstimate } from '../../../shared/model/estimate.ts';
import type { ComparedMetric } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { createRandom } from '../../statistics/random.ts';
import { compareRuns, type LogChange, ratioOf } from '../../statistics/run-comparison.ts';
import { type RunVerdict, runVerdict } from '../../statistics/run-verdict.ts';
import { excludedSamples, valueLeftIn } from './left-in.ts';
import { directionOf, type MetricName, metricText, runValue } from './metric-name.ts';
import { sideEstimate } from './side-estimate.ts';

export interface Sides {
  baseline: readonly ThroughputRun[];
  candidate: readonly ThroughputRun[];
}

export interface Band {
  delta: number;
  noiseFloor: number | null;
}

/** One metric of one workload before multiplicity is thought of. */
export interface MetricChange {
  metric: MetricName;
  baseline: Estimate;
  candidate: Estimate;
  ratio: Estimate;
  /** Null with fewer than two runs on a side. */
  change: LogChange | null;
  alone: RunVerdict;
  leftIn: { ratio: Estimate; change: LogChange | null; alone: RunVerdict } | null;
}

type Values = { baseline: number[]; candidate: number[] };

const known = (values: (number | null)[]): number[] => values.filter((value): value is number => value !== null);

const bandOf = (metric: MetricName, { delta, noiseFloor }: Band) => ({
  delta,
  direction: directionOf(metric),
  ...(noiseFloor === null ? {} : { noiseFloor }),
});

const absentIn = (runs: readonly ThroughputRun[], metric: MetricName): string =>
  runs.map((run) => run.metrics[metric].reason).find((reason) => reason !== undefined) ?? 'not known of any run';

const changeOf = (values: Values, metric: MetricName, seed: number, band: Band, absent: string) => {
  const { baseline, candidate } = values;
  // A stream of its own for each metric, so that one more metric does not move another's interval.
  const change = compareRuns(baseline, candidate, { random: createRandom(seed) });
  const [before, now] = [sideEstimate(baseline, absent).value, sideEstimate(candidate, absent).value];
  const ratio =
    before === null || now === null
      ? unknownEstimate(absent, 'ratio-of-runs@1')
      : change
        ? ratioOf(change)
        : {
            ...unknownEstimate('one run a side says nothing about the spread between runs', 'ratio-of-runs@1', 1),
            value: now / before,
          };
  const alone: RunVerdict =
    ratio.value === null
      ? {
          verdict: 'inconclusive',
          provisional: true,
          missing: { runsPerSide: null, reason: `${metricText(metric)} is not known: ${absent}` },
        }
      : runVerdict(change, bandOf(metric, band));
  return { change, ratio, alone };
};

/** How much one metric changed, with and without the samples that a rule excluded; null where neither side knows it. */
export const metricChange = (sides: Sides, metric: MetricName, seed: number, band: Band): MetricChange | null => {
  const values = {
    baseline: known(sides.baseline.map((run) => runValue(run, metric))),
    candidate: known(sides.candidate.map((run) => runValue(run, metric))),
  };
  if (values.baseline.length + values.candidate.length === 0) return null;
  const absent = absentIn(values.baseline.length === 0 ? sides.baseline : sides.candidate, metric);
  const all = {
    baseline: known(sides.baseline.map((run) => valueLeftIn(run, metric))),
    candidate: known(sides.candidate.map((run) => valueLeftIn(run, metric))),
  };
  const touched = [...sides.baseline, ...sides.candidate].some((run) => excludedSamples(run) > 0);
  return {
    metric,
    baseline: sideEstimate(values.baseline, absentIn(sides.baseline, metric)),
    candidate: sideEstimate(values.candidate, absentIn(sides.candidate, metric)),
    ...changeOf(values, metric, seed, band, absent),
    leftIn: touched ? changeOf(all, metric, seed, band, absent) : null,
  };
};

export const comparedMetric = (
  { baseline, candidate, ratio, leftIn }: MetricChange,
  verdict: RunVerdict,
): ComparedMetric => ({
  baseline,
  candidate,
  ratio,
  verdict: verdict.verdict,
  missing: verdict.missing?.reason ?? null,
  ...(leftIn ? { withExclusions: { ratio: leftIn.ratio, verdict: leftIn.alone.verdict } } : {}),
});
