import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { counted, decimal, percent } from '../../../shared/units.ts';
import type { FingerprintFields } from '../fingerprint/field.ts';
import type { JudgedWorkload } from './causes.ts';
import type { Sides } from './compared-metric.ts';
import { excludedSamples } from './left-in.ts';
import { mixedFields } from './side-fingerprint.ts';
import type { SideTelemetry } from './side-telemetry.ts';
import { thresholds } from './thresholds.ts';

const changedOutputs = ({ comparison }: JudgedWorkload, name: string): string[] => {
  const { outputs, verdict } = comparison;
  if (outputs.equal !== false) return [];
  const error = outputs.maxRelativeError;
  const size = error === null ? '' : `, largest relative difference of the first values ${decimal(error)}`;
  const speed =
    verdict === 'no change' ? 'the speed is the same and the numbers are not' : 'the numbers changed as well';
  return [`${name}: ${speed}: ${outputs.reason}${size}`];
};

/** Samples left out and the share that is: printed even where the verdict is the same. */
const exclusions = ({ baseline, candidate }: Sides, name: string): string[] => {
  const left = (runs: readonly ThroughputRun[]) => runs.reduce((sum, run) => sum + excludedSamples(run), 0);
  const [before, now] = [left(baseline), left(candidate)];
  return before + now === 0
    ? []
    : [`${name}: samples of the measured phase excluded by rule: ${before} baseline, ${now} candidate`];
};

const unsettled = ({ baseline, candidate }: Sides, name: string): string[] =>
  Object.entries({ baseline, candidate }).flatMap(([side, runs]) => {
    const n = runs.filter(({ steadyState }) => steadyState.reached === false).length;
    return n === 0 ? [] : [`${name}: did not settle, measure longer: ${n} of ${counted(runs.length, `${side} run`)}`];
  });

/** Temperature still moving, or the clock with it. */
const transient = ({ of }: SideTelemetry): boolean =>
  Math.abs(of.temperatureSlopeCPerMin ?? 0) >= thresholds.slopeCPerMin || (of.smClockSpread ?? 0) >= 0.01;

const thermally = ({ measured }: JudgedWorkload): string[] => {
  const { baseline, candidate } = measured.telemetry;
  const sides = [transient(baseline) ? 'baseline' : '', transient(candidate) ? 'candidate' : ''].filter(Boolean);
  return sides.length === 0
    ? []
    : [`${measured.name}: thermally transient, comparable only with runs of the same schedule: ${sides.join(' and ')}`];
};

const kinds = ({ baseline, candidate }: Sides): string[] => {
  const of = (runs: readonly ThroughputRun[]) => [...new Set(runs.map(({ executor }) => executor.kind))].join(' and ');
  const [before, now] = [of(baseline), of(candidate)];
  if (now === 'software' && before === now)
    return ['both sides ran on a software adapter: this says nothing about a GPU'];
  return before === now ? [] : [`kind of executor differs: ${before} against ${now}`];
};

const concurrency = ({ comparison }: JudgedWorkload, name: string): string[] =>
  comparison.concurrency === 'historical, not concurrent'
    ? [`${name}: the baseline is historical, not concurrent`]
    : [];

/** What a reader has to know besides the verdict. */
export const remarksOf = (
  workloads: readonly JudgedWorkload[],
  fingerprints: { baseline: FingerprintFields; candidate: FingerprintFields },
  sides: Sides,
): string[] => [
  ...workloads.flatMap((workload) => {
    const { name, sides: own, throttled } = workload.measured;
    return [
      ...changedOutputs(workload, name),
      ...(throttled ? [`${name}: ${throttled}`] : []),
      ...exclusions(own, name),
      ...unsettled(own, name),
      ...thermally(workload),
      ...concurrency(workload, name),
    ];
  }),
  ...kinds(sides),
  ...Object.entries(fingerprints).flatMap(([side, fields]) => {
    const mixed = mixedFields(fields);
    return mixed.length === 0
      ? []
      : [`the runs of the ${side} are not of one stack, these fields differ between them: ${mixed.join(', ')}`];
  }),
  ...workloads.flatMap(({ comparison: { noiseFloor }, measured }) =>
    noiseFloor.value === null
      ? []
      : [
          `${measured.name}: noise floor of this executor ${percent(noiseFloor.value)}, sessions ${noiseFloor.sessions}`,
        ],
  ),
];
