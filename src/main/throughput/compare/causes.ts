import type { RankedCause } from '../../../shared/model/throughput-comparison.ts';
import { counted } from '../../../shared/units.ts';
import type { FieldDifference } from '../fingerprint/difference.ts';
import type { CauseEvidence } from './evidence.ts';
import { fingerprintEvidence } from './fingerprint-evidence.ts';
import { rankCauses } from './rank.ts';
import { shapeEvidence } from './shape-evidence.ts';
import { signatureEvidence, type WorkloadSpeed } from './signature-evidence.ts';
import { telemetryEvidence } from './telemetry-evidence.ts';
import type { DecidedWorkload, MeasuredWorkload } from './workload-comparison.ts';
import { roleOf } from './workload-role.ts';

export interface JudgedWorkload extends DecidedWorkload {
  measured: MeasuredWorkload;
}

/** Speed of a workload, candidate over baseline, by throughput or else by its typical latency. */
export const speedOf = ({ primary, others }: MeasuredWorkload): WorkloadSpeed['speed'] | null => {
  const all = [primary, ...others];
  const throughput = all.find(({ metric }) => metric === 'throughput');
  const rate = (throughput?.leftIn ?? throughput)?.ratio.value;
  if (rate != null) return rate;
  const latency = all.find(({ metric }) => metric === 'latencyP50Ms')?.ratio.value;
  return latency == null ? null : 1 / latency;
};

/** Whether the interval says that it got slower at all, be it inside the band. */
const toldSlower = ({ change, primary }: MeasuredWorkload): boolean =>
  change !== null && (primary.metric === 'throughput' ? change.high < 0 : change.low > 0);

/** A slowdown inside the band is nothing that needs a cause. */
export const fell = ({ measured, comparison: { verdict } }: JudgedWorkload): boolean =>
  verdict === 'regression' || (verdict === 'inconclusive' && toldSlower(measured));

/** How sure it is that there is anything to explain. */
const scaleOf = (workloads: readonly JudgedWorkload[]): number => {
  if (workloads.length === 0 || workloads.some(fell)) return 1;
  return workloads.some(({ comparison: { verdict } }) => verdict === 'inconclusive') ? 0.7 : 0.3;
};

/** The heaviest piece of each id. */
const distinct = (evidence: readonly CauseEvidence[]): CauseEvidence[] => {
  const heaviest = new Map<string, CauseEvidence>();
  for (const one of evidence) {
    const before = heaviest.get(one.id);
    if (!before || one.weight > before.weight) heaviest.set(one.id, one);
  }
  return [...heaviest.values()];
};

const ofWorkload = ({ measured, comparison, evidence }: JudgedWorkload, several: boolean): CauseEvidence[] => {
  const { telemetry, sides, name } = measured;
  const own = [...telemetryEvidence(telemetry.baseline, telemetry.candidate), ...evidence];
  const named = several ? own.map((one) => ({ ...one, text: `${name}: ${one.text}` })) : own;
  return [...named, ...shapeEvidence(sides, comparison.metrics, name), ...outputEvidence(comparison, name)];
};

const outputEvidence = ({ outputs }: JudgedWorkload['comparison'], name: string): CauseEvidence[] =>
  outputs.equal === false
    ? [{ step: 'software', family: 'outputs', id: 'outputs.changed', text: `${name}: ${outputs.reason}`, weight: 0.5 }]
    : [];

const noiseEvidence = (workloads: readonly JudgedWorkload[]): CauseEvidence[] => {
  const open = workloads.find(({ comparison: { verdict } }) => verdict === 'inconclusive');
  const text = open?.comparison.missing;
  return text ? [{ step: 'is-it-real', family: 'runs', id: 'runs.inconclusive', text, weight: 0.4 }] : [];
};

export interface InvalidRuns {
  candidate: { runs: number; all: number; reason: string } | null;
}

const invalidEvidence = ({ candidate }: InvalidRuns): CauseEvidence[] => {
  if (!candidate) return [];
  const { runs, all, reason } = candidate;
  const text = `candidate ${counted(runs, 'run')} of ${all} not valid, the first: ${reason}`;
  return [{ step: 'validity', family: 'runs', id: 'runs.invalid', text, weight: runs === all ? 0.8 : 0.4 }];
};

/**
 * What may have made it slower, most likely first. Readings, cycles and shapes are taken of the workloads that fell, of all where none did; the signature of all
 * of them; the fingerprint of the sides.
 * @param unmeasured telemetry of workloads that have no valid run on a side, which may be why.
 */
export const causesOf = (
  workloads: readonly JudgedWorkload[],
  differences: readonly FieldDifference[],
  invalid: InvalidRuns,
  unmeasured: readonly MeasuredWorkload['telemetry'][],
): RankedCause[] => {
  const down = workloads.filter(fell);
  const asked = down.length > 0 ? down : workloads;
  const speeds = workloads.flatMap((one): WorkloadSpeed[] => {
    const { id } = one.comparison.workload;
    const speed = speedOf(one.measured);
    if (speed === null) return [];
    return [
      { workload: id, role: roleOf(id), precision: one.comparison.precision, speed, told: toldSlower(one.measured) },
    ];
  });
  const evidence = [
    ...asked.flatMap((one) => ofWorkload(one, workloads.length > 1)),
    ...unmeasured.flatMap(({ baseline, candidate }) => telemetryEvidence(baseline, candidate)),
    ...signatureEvidence(speeds),
    ...fingerprintEvidence(differences),
    ...noiseEvidence(down.length > 0 ? [] : workloads),
    ...invalidEvidence(invalid),
  ];
  return rankCauses(distinct(evidence), scaleOf(workloads));
};
