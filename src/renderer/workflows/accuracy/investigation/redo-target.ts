import type { HistoryLine } from '../../../../shared/model/investigation.ts';

/**
 * The entry whose taking back would bring back what was last undone; null when nothing was, or when something was
 * chosen since. Undoing and redoing both are entries of their own: a redo takes an undo back.
 */
export const redoTarget = (history: readonly HistoryLine[]): HistoryLine | null => {
  const tookBack = new Map(history.flatMap((line) => (line.revertedBy === null ? [] : [[line.revertedBy, line]])));
  for (const line of history.toReversed()) {
    if (line.kind !== 'reverted') return null;
    const isRedo = tookBack.get(line.seq)?.kind === 'reverted';
    if (!isRedo && line.revertedBy === null) return line;
  }
  return null;
};
