import { UserFault } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/model/throughput-comparison.ts';
import { visibleText } from '../../../shared/visible-text.ts';

/** What a side of a comparison may be named by. */
export interface RunNames {
  /** Latest first. */
  runs: readonly RunSummary[];
  isFile(path: string): Promise<boolean>;
  /** Ids of the runs in a result file, kept in the workspace when they are new. */
  importFile(path: string): Promise<string[]>;
}

/** Oldest first, as they were measured. */
const idsOf = (runs: readonly RunSummary[]): string[] => runs.map(({ id }) => id).reverse();

/**
 * The ids of the runs that names mean: an id, a label (all runs that carry it), a result file, or the id of a workload whose baseline is
 * pinned. A name that means nothing is one sentence.
 */
export const selectRuns = async (names: readonly string[], known: RunNames): Promise<string[]> => {
  const ids: string[] = [];
  for (const name of names) {
    const byId = known.runs.filter(({ id }) => id === name);
    const byLabel = known.runs.filter(({ label }) => label === name);
    const pinned = known.runs.filter(({ workload, baseline }) => baseline && workload.id === name);
    const named = [byId, byLabel, pinned].find((found) => found.length > 0);
    if (named) ids.push(...idsOf(named));
    else if (await known.isFile(name)) ids.push(...(await known.importFile(name)));
    else throw new UserFault(`no run, label, pinned workload or result file of this name: ${visibleText(name)}`);
  }
  return [...new Set(ids)];
};
