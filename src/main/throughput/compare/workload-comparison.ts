import type { ThroughputComparison, WorkloadComparison } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import type { LogChange } from '../../statistics/run-comparison.ts';
import { type RunVerdict, secondaryVerdicts } from '../../statistics/run-verdict.ts';
import type { GroupPair } from './comparability.ts';
import { comparedMetric, type MetricChange, metricChange, type Sides } from './compared-metric.ts';
import { concurrencyOf } from './concurrency.ts';
import { type ClockWitness, cyclesOf } from './cycles.ts';
import { type Decided, missingText, summaryText } from './decision-text.ts';
import type { CauseEvidence } from './evidence.ts';
import { directionOf, type MetricName, metricNames, metricOf } from './metric-name.ts';
import { outputsOf } from './outputs.ts';
import { type Reach, reachOf, withReach } from './planning.ts';
import { groupName } from './run-group.ts';
import { medianOf } from './run-window.ts';
import { deviationsOf, noiseFloorOf, sessionDeviations } from './sessions.ts';
import { type SideTelemetry, sideTelemetry } from './side-telemetry.ts';
import { thresholds } from './thresholds.ts';
import { roleOf } from './workload-role.ts';

type Settings = ThroughputComparison['settings'];

/** One workload measured on both sides, before the other workloads are thought of. */
export interface MeasuredWorkload {
  pair: GroupPair;
  name: string;
  sides: Sides;
  primary: MetricChange;
  /** What the primary verdict rests on: excluded samples are left in where too many were excluded. */
  change: LogChange | null;
  alone: RunVerdict;
  reach: Reach | null;
  others: MetricChange[];
  floor: WorkloadComparison['noiseFloor'];
  floors: Map<MetricName, number | null>;
  telemetry: { baseline: SideTelemetry; candidate: SideTelemetry };
  /** Set where what is left after exclusions stands for nothing. */
  throttled: string | null;
}

const throttledSide = (runs: readonly ThroughputRun[]): number =>
  medianOf(runs.flatMap(({ throttling: { share } }) => share ?? [])) ?? 0;

/** Runs of which more than half say by themselves that they stand for nothing count as such, whatever their shares. */
const unrepresentative = (runs: readonly ThroughputRun[]): boolean =>
  throttledSide(runs) > thresholds.throttledShare ||
  2 * runs.filter(({ throttling }) => throttling.representative === false).length > runs.length;

const throttledText = (sides: Sides): string | null => {
  const side = (['candidate', 'baseline'] as const).find((one) => unrepresentative(sides[one]));
  if (!side) return null;
  const percent = Math.round(100 * throttledSide(sides[side]));
  return `throttled: not representative, of the measured time of the ${side} under a slow-down of the hardware: ${percent} %`;
};

const nothing = (metric: MetricName): MetricChange => {
  const absent = {
    value: null,
    low: null,
    high: null,
    level: 0.95,
    n: 0,
    method: 'none',
    reason: 'in none of the runs',
  };
  const missing = { runsPerSide: null, reason: `no run has this metric, choose another with --metric: ${metric}` };
  return {
    metric,
    baseline: absent,
    candidate: absent,
    ratio: absent,
    change: null,
    alone: { verdict: 'inconclusive', provisional: true, missing },
    leftIn: null,
  };
};

export const measureWorkload = (
  pair: GroupPair,
  sides: Sides,
  settings: Settings,
  earlier: readonly ThroughputRun[],
): MeasuredWorkload => {
  const { delta, seed } = settings;
  const primaryMetric = metricOf(settings.metric);
  const like = sides.baseline[0] as ThroughputRun;
  const floors = new Map<MetricName, number | null>();
  for (const metric of metricNames) floors.set(metric, noiseFloorOf(earlier, like, metric).value);
  const changes = metricNames.flatMap((metric) => {
    const noiseFloor = floors.get(metric) ?? null;
    return metricChange(sides, metric, seed, { delta, noiseFloor }) ?? [];
  });
  const primary = changes.find(({ metric }) => metric === primaryMetric) ?? nothing(primaryMetric);
  const throttled = throttledText(sides);
  const { change, alone } = throttled && primary.leftIn ? primary.leftIn : primary;
  const deviations = sessionDeviations(earlier, like, primaryMetric);
  const own = [...deviationsOf(sides.baseline, primaryMetric), ...deviationsOf(sides.candidate, primaryMetric)];
  const known = deviations.length > 0 ? [...deviations, ...own] : [];
  const reach = change ? reachOf(change, { delta, seed, direction: directionOf(primaryMetric) }, known) : null;
  return {
    pair,
    name: groupName(pair.baseline),
    sides,
    primary,
    change,
    alone: withReach(alone, change, reach, delta),
    reach,
    others: changes.filter((one) => one !== primary),
    floor: noiseFloorOf(earlier, like, primaryMetric),
    floors,
    telemetry: { baseline: sideTelemetry(pair.baseline.runs), candidate: sideTelemetry(pair.candidate.runs) },
    throttled,
  };
};

const bandOf = (workload: MeasuredWorkload, metric: MetricName, delta: number) => {
  const noiseFloor = workload.floors.get(metric);
  return { delta, direction: directionOf(metric), ...(noiseFloor == null ? {} : { noiseFloor }) };
};

/** Primary verdicts after Holm's correction over the workloads; of one workload its own. */
export const primaryVerdicts = (workloads: readonly MeasuredWorkload[], delta: number): RunVerdict[] => {
  if (workloads.length < 2) return workloads.map(({ alone }) => alone);
  const known = workloads.flatMap((workload) => {
    const { change, primary } = workload;
    return change ? [{ workload, change, band: bandOf(workload, primary.metric, delta) }] : [];
  });
  const corrected = new Map(secondaryVerdicts(known).map((verdict, i) => [known[i]?.workload, verdict]));
  return workloads.map((workload) => {
    const verdict = corrected.get(workload);
    if (!verdict || verdict.verdict === workload.alone.verdict || workload.alone.verdict === 'inconclusive')
      return workload.alone;
    const reason = `one of ${workloads.length} workloads looked at: not beyond chance after correction`;
    return { ...verdict, missing: { runsPerSide: null, reason } };
  });
};

/** Time per item, candidate over baseline, by the primary metric or by throughput where that is energy. */
const timeRatioOf = ({ primary, others }: MeasuredWorkload): number | null => {
  const timed = primary.metric === 'energyPerItemJ' ? others.find(({ metric }) => metric === 'throughput') : primary;
  const ratio = (timed?.leftIn ?? timed)?.ratio.value ?? null;
  if (ratio === null) return null;
  return timed?.metric === 'throughput' ? 1 / ratio : ratio;
};

const clockOf = ({ telemetry }: MeasuredWorkload, probe: number | null): ClockWitness => {
  const [before, now] = [telemetry.baseline.of.smClockMhz, telemetry.candidate.of.smClockMhz];
  if (before && now) return { ratio: now / before, from: 'read under load' };
  if (probe !== null) return { ratio: probe, from: 'from the speed of the clock probe' };
  return { ratio: null, from: 'no reading of the clock on both sides and no clock probe among the workloads' };
};

export interface DecidedWorkload {
  comparison: WorkloadComparison;
  evidence: CauseEvidence[];
}

/** One workload's part of the answer. @param probe speed of the clock probe, candidate over baseline, where it was compared too. */
export const decideWorkload = (
  workload: MeasuredWorkload,
  verdict: RunVerdict,
  { delta }: Settings,
  probe: number | null,
): DecidedWorkload => {
  const { pair, name, sides, primary, others, reach, throttled } = workload;
  const secondary = others.flatMap((one) =>
    one.change ? [{ metric: one.metric, change: one.change, band: bandOf(workload, one.metric, delta) }] : [],
  );
  const corrected = new Map(secondaryVerdicts(secondary).map((one, i) => [secondary[i]?.metric, one]));
  const runs = { baseline: sides.baseline.length, candidate: sides.candidate.length };
  const shown = (throttled && primary.leftIn ? primary.leftIn : primary).ratio;
  const decided: Decided = { name, metric: primary.metric, ratio: shown, runs, delta };
  const { cycles, evidence } = cyclesOf(
    clockOf(workload, probe),
    timeRatioOf(workload),
    ['compute', 'probe', null].includes(roleOf(pair.baseline.workload.id)),
  );
  const missing = missingText(verdict, runs, reach, delta);
  return {
    evidence,
    comparison: {
      workload: { id: pair.baseline.workload.id, hash: pair.baseline.workload.hash },
      precision: pair.baseline.precision,
      batch: pair.baseline.batch,
      item: pair.baseline.item,
      baseline: sides.baseline.map(({ id }) => id),
      candidate: sides.candidate.map(({ id }) => id),
      metrics: Object.fromEntries(
        [primary, ...others].map((one) => {
          const own = one === primary ? verdict : (corrected.get(one.metric) ?? one.alone);
          return [one.metric, comparedMetric(one, own)];
        }),
      ),
      noiseFloor: workload.floor,
      smallestDetectableEffect: reach?.effect ?? null,
      smallestRegression: reach?.regression ?? null,
      runsNeeded: verdict.missing?.runsPerSide ?? null,
      cycles,
      outputs: outputsOf(sides),
      concurrency: concurrencyOf(sides),
      verdict: verdict.verdict,
      provisional: verdict.provisional,
      summary: `${throttled ? `${throttled}; ` : ''}${summaryText(decided, verdict.verdict)}`,
      missing,
    },
  };
};
