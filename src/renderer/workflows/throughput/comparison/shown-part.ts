import type {
  RunSummary,
  ThroughputComparison,
  WorkloadComparison,
} from '../../../../shared/model/throughput-comparison.ts';

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
  /** Where it stands in the document. */
  pointer: string;
}

/** The workload that was picked, else the one that decides. */
export const shownPart = (comparison: ThroughputComparison, part: number | undefined): ShownPart => {
  const picked = part === undefined ? undefined : comparison.workloads[part];
  const only = comparison.workloads.length === 1 ? comparison.workloads[0] : undefined;
  const own = picked ?? only;
  const out = new Set(comparison.excludedRuns.map(({ id }) => id));
  const side = (runs: RunSummary[], ids: readonly string[] | undefined): RunSummary[] =>
    runs.filter(({ id }) => (ids === undefined ? !out.has(id) : ids.includes(id)));
  const baseline = side(comparison.baseline, own?.baseline);
  const candidate = side(comparison.candidate, own?.candidate);
  return {
    ...(picked ?? comparison),
    baseline,
    candidate,
    item: (own?.item ?? baseline[0]?.item ?? candidate[0]?.item) || undefined,
    pointer: picked ? `/workloads/${part}` : '',
  };
};
