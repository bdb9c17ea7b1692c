import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { RunSummary } from '../../../../shared/model/throughput-comparison.ts';
import { repeatsOf } from '../run-list.ts';
import { runsOf, textOfRuns } from '../throughput-search.ts';
import type { Side } from './run-columns.tsx';

/** Which runs stand on which side, kept in the address. */
export interface Sides {
  baseline: ReadonlySet<string>;
  candidate: ReadonlySet<string>;
  toggle(run: RunSummary, side: Side): void;
  /** All runs that repeat this one. */
  addRepeats(run: RunSummary, side: Side): void;
  choose(ids: readonly string[], side: Side): void;
  clear(): void;
}

const other: Record<Side, Side> = { baseline: 'candidate', candidate: 'baseline' };

export const useSides = (list: readonly RunSummary[]): Sides => {
  const { baseline, candidate } = useSearch({ from: '/throughput' });
  const navigate = useNavigate();
  const sets = useMemo(
    () => ({ baseline: new Set(runsOf(baseline, list)), candidate: new Set(runsOf(candidate, list)) }),
    [baseline, candidate, list],
  );
  const put = useCallback(
    (side: Side, ids: readonly string[]) => {
      // A run stands on one side: held against itself it would say nothing.
      const rest = [...sets[other[side]]].filter((id) => !ids.includes(id));
      void navigate({
        to: '/throughput',
        search: (before) => ({ ...before, [side]: textOfRuns(ids, list), [other[side]]: textOfRuns(rest, list) }),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate, sets, list],
  );
  return useMemo(
    () => ({
      ...sets,
      toggle: (run, side) =>
        put(side, sets[side].has(run.id) ? [...sets[side]].filter((id) => id !== run.id) : [...sets[side], run.id]),
      addRepeats: (run, side) => put(side, [...new Set([...sets[side], ...repeatsOf(run, list).map(({ id }) => id)])]),
      choose: (ids, side) => put(side, ids),
      clear: () =>
        void navigate({
          to: '/throughput',
          search: (before) => ({ ...before, baseline: undefined, candidate: undefined }),
          replace: true,
          resetScroll: false,
        }),
    }),
    [sets, put, list, navigate],
  );
};
