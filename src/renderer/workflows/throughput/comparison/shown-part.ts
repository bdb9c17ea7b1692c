import type {
  RunSummary,
  ThroughputComparison,
  WorkloadComparison,
} from '../../../../shared/model/throughput-comparison.ts';
import { workloadName } from '../run-list.ts';

type Decision = Pick<
  WorkloadComparison,
  | 'metrics'
  | 'noiseFloor'
  | 'smallestDetectableEffect'
  | 'smallestRegression'
  | 'runsNeeded'
  | 'cycles'
  | 'outputs'
  | 'concurrency'
  | 'verdict'
  | 'provisional'
>;

/** What the panels draw: one workload of the comparison, with the runs that entered its numbers. */
export interface ShownPart extends Decision {
  baseline: RunSummary[];
  candidate: RunSummary[];
  item: string | undefined;
  /** Its place among the workloads. */
  at: number | undefined;
  /** Said where there are several. */
  name: string | null;
  /** Where it stands in the document. */
  pointer: string;
}

/** The workload whose numbers are those of the whole; undefined where none was compared. */
const deciding = ({ workloads, metrics }: ThroughputComparison): number | undefined => {
  const whole = JSON.stringify(metrics);
  const at = workloads.findIndex((workload) => JSON.stringify(workload.metrics) === whole);
  return at === -1 ? undefined : at;
};

/** The workload that was picked, else the one that decides. */
export const shownPart = (comparison: ThroughputComparison, picked: number | undefined): ShownPart => {
  const at = picked !== undefined && comparison.workloads[picked] ? picked : deciding(comparison);
  const own = at === undefined ? undefined : comparison.workloads[at];
  const out = new Set(comparison.excludedRuns.map(({ id }) => id));
  const side = (runs: RunSummary[], ids: readonly string[] | undefined): RunSummary[] =>
    runs.filter(({ id }) => (ids === undefined ? !out.has(id) : ids.includes(id)));
  const baseline = side(comparison.baseline, own?.baseline);
  const candidate = side(comparison.candidate, own?.candidate);
  return {
    ...(own ?? comparison),
    at,
    name: own && comparison.workloads.length > 1 ? workloadName(own) : null,
    baseline,
    candidate,
    item: (own?.item ?? baseline[0]?.item ?? candidate[0]?.item) || undefined,
    pointer: own && comparison.workloads.length > 1 ? `/workloads/${at}` : '',
  };
};
