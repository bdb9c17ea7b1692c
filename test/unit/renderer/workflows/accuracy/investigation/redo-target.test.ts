import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redoTarget } from '../../../../../../src/renderer/workflows/accuracy/investigation/redo-target.ts';
import type { HistoryLine } from '../../../../../../src/shared/model/investigation.ts';

interface Entry {
  seq: number;
  reverts: number | null;
}

/** A log as the workbench keeps it: a reversal that was itself taken back no longer counts. */
const linesOf = (entries: readonly Entry[]): HistoryLine[] => {
  const revertedBy = new Map<number, number>();
  for (const { seq, reverts } of entries.toReversed()) {
    if (reverts !== null && !revertedBy.has(seq)) revertedBy.set(reverts, seq);
  }
  return entries.map(({ seq, reverts }) => ({
    seq,
    at: '2026-01-01T00:00:00Z',
    kind: reverts === null ? 'title-changed' : 'reverted',
    text: '',
    hash: '',
    revertedBy: revertedBy.get(seq) ?? null,
    revertible: !revertedBy.has(seq),
  }));
};

const undoTarget = (entries: readonly Entry[]): number | null =>
  linesOf(entries).findLast((line) => line.kind !== 'reverted' && line.revertedBy === null)?.seq ?? null;

const living = (entries: readonly Entry[]): number[] =>
  linesOf(entries)
    .filter((line) => line.kind !== 'reverted' && line.revertedBy === null)
    .map((line) => line.seq);

test('nothing was undone, or something was chosen since: nothing to redo', () => {
  expect(redoTarget([])).toBeNull();
  expect(redoTarget(linesOf([{ seq: 1, reverts: null }]))).toBeNull();
  const chosenSince = [
    { seq: 1, reverts: null },
    { seq: 2, reverts: 1 },
    { seq: 3, reverts: null },
  ];
  expect(redoTarget(linesOf(chosenSince))).toBeNull();
});

test('undo and redo behave as in any editor, whatever the order of the presses', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('choose', 'undo', 'redo'), { maxLength: 30 }), (presses) => {
      const entries: Entry[] = [];
      let done: number[] = [];
      let undone: number[] = [];
      for (const press of presses) {
        const seq = entries.length + 1;
        if (press === 'choose') {
          entries.push({ seq, reverts: null });
          done = [...done, seq];
          undone = [];
        } else if (press === 'undo') {
          const target = undoTarget(entries);
          if (target === null) continue;
          entries.push({ seq, reverts: target });
          undone = [...undone, target];
          done = done.slice(0, -1);
        } else {
          const target = redoTarget(linesOf(entries));
          expect(target === null).toBe(undone.length === 0);
          if (target === null) continue;
          entries.push({ seq, reverts: target.seq });
          done = [...done, undone.at(-1) as number];
          undone = undone.slice(0, -1);
        }
        expect(living(entries)).toEqual(done);
      }
    }),
  );
});
