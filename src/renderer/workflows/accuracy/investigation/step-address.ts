import type { Segment } from '../../../../shared/model/comparison.ts';
import type { InvestigationSearch } from './investigation-search.ts';
import type { StepId } from './steps.ts';

const paths = {
  windows: '/accuracy/i/$investigation/windows',
  real: '/accuracy/i/$investigation/real',
  where: '/accuracy/i/$investigation/where',
  kind: '/accuracy/i/$investigation/kind',
  moved: '/accuracy/i/$investigation/moved',
  checklist: '/accuracy/i/$investigation/checklist',
  conclusion: '/accuracy/i/$investigation/conclusion',
  report: '/accuracy/i/$investigation/report',
} as const satisfies Record<StepId, string>;

/** Where a step lives; "where" opens at `place` when no other segment was picked. */
export const stepAddress = (
  step: StepId,
  investigation: string,
  place: Segment | null,
  search: InvestigationSearch = {},
) => ({
  to: paths[step],
  params: { investigation },
  search: step === 'where' && !search.segment && place ? { ...search, segment: place } : search,
});

export const stepOfPath = (pathname: string): StepId | null => {
  const last = pathname.split('/').at(-1);
  return last !== undefined && last in paths ? (last as StepId) : null;
};
