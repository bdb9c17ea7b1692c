import { canonicalJson } from '../../../shared/canonical-json.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';

/** Runs that repeat each other: one workload at one precision and batch, counting one kind of item. */
export interface RunGroup {
  key: string;
  workload: ThroughputRun['workload'];
  precision: string | null;
  batch: number | null;
  item: string | null;
  runs: ThroughputRun[];
}

const partsOf = ({ workload, precision, batch, item }: ThroughputRun) => ({
  hash: workload.hash,
  precision,
  batch,
  item: item ?? null,
});

export const groupKey = (run: ThroughputRun): string => canonicalJson(partsOf(run));

/** In the order in which the first run of each group comes. */
export const groupRuns = (runs: readonly ThroughputRun[]): RunGroup[] => {
  const groups = new Map<string, RunGroup>();
  for (const run of runs) {
    const key = groupKey(run);
    const { precision, batch, item } = partsOf(run);
    const group = groups.get(key) ?? { key, workload: run.workload, precision, batch, item, runs: [] };
    group.runs.push(run);
    groups.set(key, group);
  }
  return [...groups.values()];
};

/** A workload as a sentence names it. */
export const groupName = ({ workload, precision, batch }: Pick<RunGroup, 'workload' | 'precision' | 'batch'>): string =>
  [workload.id, precision ?? '', batch === null ? '' : `batch ${batch}`].filter(Boolean).join(', ');
