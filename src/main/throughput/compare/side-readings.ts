import type { SideReadings, WorkloadReadings } from '../../../shared/model/throughput-comparison.ts';
import { fell, type JudgedWorkload } from './causes.ts';
import type { GroupPair } from './comparability.ts';
import type { SideTelemetry } from './side-telemetry.ts';

interface UnmeasuredPair {
  pair: GroupPair;
  telemetry: Record<'baseline' | 'candidate', SideTelemetry>;
}

const sideReadings = ({ of, xids, xidsUnknown, lost, runs }: SideTelemetry): SideReadings => ({
  runs,
  values: { ...of },
  xids,
  xidsUnknown,
  lost,
});

const entry = ({ pair, telemetry }: UnmeasuredPair, suspicious: boolean): WorkloadReadings => {
  const { workload, precision, batch } = pair.baseline;
  return {
    workload: { id: workload.id, hash: workload.hash },
    precision,
    batch,
    suspicious,
    baseline: sideReadings(telemetry.baseline),
    candidate: sideReadings(telemetry.candidate),
  };
};

/** What the answer keeps of the telemetry: enough to see again why a step of the checklist passed or failed. */
export const readingsOfPairs = (
  workloads: readonly JudgedWorkload[],
  unmeasured: readonly UnmeasuredPair[],
): WorkloadReadings[] => [
  ...workloads.map((workload) => entry(workload.measured, fell(workload))),
  ...unmeasured.map((one) => entry(one, true)),
];
