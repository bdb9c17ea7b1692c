import type { Choice, Investigation } from '../../shared/model/investigation.ts';
import { undecidedItems } from './project.ts';

/** Why a choice cannot stand, in one sentence, or null when it can. */
export const choiceFault = (
  { checklist }: Investigation,
  choice: Choice,
  columns: ReadonlySet<string>,
): string | null => {
  switch (choice.kind) {
    case 'segment-chosen': {
      const unknown = Object.keys(choice.segment).find((column) => !columns.has(column));
      return unknown === undefined ? null : `unknown segment column: ${unknown}`;
    }
    case 'check-answered':
      return checklist.lines.some(({ item }) => item.id === choice.item)
        ? null
        : `unknown checklist item: ${choice.item}`;
    case 'phase-completed': {
      if (!checklist.phases.some(({ id }) => id === choice.phase)) return `unknown checklist phase: ${choice.phase}`;
      const undecided = undecidedItems(checklist.lines, choice.phase);
      return undecided.length === 0
        ? null
        : `every item of a phase needs a status from evidence or a sentence first, still open: ${undecided.join(', ')}`;
    }
    case 'conclusion-written': {
      const { cause, certainty, confirmedBy, ruledOut } = choice.conclusion;
      if (certainty === 'confirmed' && confirmedBy.trim() === '') {
        return 'a confirmed cause needs a sentence on how it was confirmed, or call it: probable';
      }
      const both = ruledOut.some((line) => line.cause === cause);
      return both ? `a cause cannot be concluded and ruled out at once: ${cause}` : null;
    }
    case 'title-changed':
      return null;
  }
};

/** Choosing again what is already so is not an event. */
export const changesNothing = (investigation: Investigation, choice: Choice): boolean => {
  if (choice.kind === 'title-changed') return investigation.title === choice.title;
  if (choice.kind === 'segment-chosen') {
    const { segment } = investigation;
    const [chosen, current] = [Object.entries(choice.segment), Object.entries(segment ?? {})];
    return (
      segment !== null &&
      chosen.length === current.length &&
      chosen.every(([column, value]) => segment[column] === value)
    );
  }
  if (choice.kind !== 'phase-completed') return false;
  return investigation.checklist.phases.some(({ id, completedAt }) => id === choice.phase && completedAt !== null);
};
