import { UserFault } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { visibleText } from '../../../shared/visible-text.ts';

/** What a side of a comparison may be named by. */
export interface RunNames {
  /** Latest first. */
  runs: readonly RunSummary[];
  isFile(path: string): Promise<boolean>;
  /** The runs in a result file. */
  readFile(path: string): Promise<ThroughputRun[]>;
}

/** Ids of runs in the workspace, and runs that were read from a file just now. */
export interface SelectedRuns {
  ids: string[];
  read: ThroughputRun[];
}

/** Oldest first, as they were measured. */
const idsOf = (runs: readonly RunSummary[]): string[] => runs.map(({ id }) => id).reverse();

/**
 * The runs that names mean: an id, a label (all runs that carry it), a result file, or the id of a workload whose baseline is
 * pinned. A name that means nothing is one sentence.
 */
export const selectRuns = async (names: readonly string[], known: RunNames): Promise<SelectedRuns> => {
  const ids: string[] = [];
  const read: ThroughputRun[] = [];
  for (const name of names) {
    const byId = known.runs.filter(({ id }) => id === name);
    const byLabel = known.runs.filter(({ label }) => label === name);
    const pinned = known.runs.filter(({ workload, baseline }) => baseline && workload.id === name);
    const named = [byId, byLabel, pinned].find((found) => found.length > 0);
    if (named) ids.push(...idsOf(named));
    else if (await known.isFile(name)) read.push(...(await known.readFile(name)));
    else throw new UserFault(`no run, label, pinned workload or result file of this name: ${visibleText(name)}`);
  }
  return { ids: [...new Set(ids)], read };
};
