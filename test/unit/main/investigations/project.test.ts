import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyOf, project } from '../../../../src/main/investigations/project.ts';
import type { Choice, Investigation } from '../../../../src/shared/model/investigation.ts';
import {
  attached,
  beginning,
  chosen,
  collected,
  conclusion,
  investigationId,
  logged,
  opened,
  reverted,
  smallChecklist,
} from '../../../fixtures/investigation-log.ts';

type Draft = (typeof beginning)[number];

const stateOf = (drafts: readonly Draft[]): Investigation => {
  const found = project(logged(drafts), investigationId, smallChecklist);
  if (!found) throw new Error('nothing was opened');
  return found;
};

const answer = (item: string, sentence = 'we asked'): Choice => ({
  kind: 'check-answered',
  item,
  status: 'PASSED',
  sentence,
});
const line = ({ checklist }: Investigation, id: string) => checklist.lines.find(({ item }) => item.id === id);

describe('an investigation', () => {
  test('begins with the question, the evidence and what could be collected', () => {
    const state = stateOf(beginning);
    expect(state).toMatchObject({
      id: investigationId,
      title: 'expenses in May',
      openedAt: '2026-06-01T00:00:00.000Z',
      seq: 4,
      head: 'h3',
      verdict: 'regression',
      summary: 'comparison 0',
      segment: null,
      conclusion: null,
      undoable: null,
    });
    expect(state.checklist.lines.map(({ item, status, by }) => [item.id, status, by])).toEqual([
      ['counted', 'FAILED', 'evidence'],
      ['asked', 'NOT DONE', null],
      ['unclear', 'NOT DONE', null],
      ['closed', 'NOT DONE', null],
    ]);
    expect(line(state, 'asked')?.reason).toBe('nobody has answered yet');
    expect(line(state, 'unclear')?.reason).toBe('nothing could be counted');
  });

  test.each([
    ['no entries', []],
    ['an opening without evidence', [opened]],
    ['evidence of nothing', [attached()]],
  ])('does not exist with %s', (_what, drafts) => {
    expect(project(logged(drafts), investigationId, smallChecklist)).toBeNull();
    expect(historyOf(logged(drafts))).toEqual([]);
  });

  test('an item without evidence is NOT DONE, never PASSED', () => {
    const state = stateOf([opened, attached()]);
    expect(state.checklist.lines.every(({ status, by }) => status === 'NOT DONE' && by === null)).toBe(true);
    expect(line(state, 'counted')?.reason).toBe('no evidence was collected');
  });

  test('a person wins over the evidence, and both are kept', () => {
    const counted = line(stateOf([...beginning, chosen(answer('counted', 'counted by hand'))]), 'counted');
    expect(counted).toMatchObject({
      status: 'PASSED',
      by: 'person',
      answered: { sentence: 'counted by hand', seq: 5 },
    });
    expect(counted?.collected?.status).toBe('FAILED');
  });

  test('NOT DONE by a person is decided, with the sentence as its reason', () => {
    const choice: Choice = { kind: 'check-answered', item: 'asked', status: 'NOT DONE', sentence: 'nobody to ask' };
    expect(line(stateOf([...beginning, chosen(choice)]), 'asked')).toMatchObject({
      status: 'NOT DONE',
      by: 'person',
      reason: 'nobody to ask',
    });
  });

  test('a phase is complete only while each of its items is decided', () => {
    const complete = chosen({ kind: 'phase-completed', phase: 'first' });
    const phase = (drafts: Draft[]) => stateOf(drafts).checklist.phases[0]?.completedAt;
    expect(phase([...beginning, complete])).toBeNull();
    expect(phase([...beginning, chosen(answer('asked')), complete])).toBe('2026-06-01T00:00:05.000Z');
    expect(phase([...beginning, chosen(answer('asked')), complete, reverted(5)])).toBeNull();
  });

  test('new windows put aside what rested on the old evidence, and keep what a person knows', () => {
    const before = [
      ...beginning,
      chosen({ kind: 'segment-chosen', segment: { country: 'PT' } }),
      chosen({ kind: 'title-changed', title: 'Rail' }),
      chosen(answer('asked')),
      chosen(answer('counted')),
      chosen({ kind: 'conclusion-written', conclusion }),
    ];
    const after = [...before, attached(1), collected({ item: 'counted', status: 'PASSED' })];
    const state = stateOf(after);
    expect(state).toMatchObject({ title: 'Rail', segment: null, conclusion: null, summary: 'comparison 1' });
    expect(state.request.current.to).toBe('2026-05-29');
    expect(line(state, 'asked')?.by).toBe('person');
    expect(line(state, 'counted')).toMatchObject({ status: 'PASSED', by: 'evidence', answered: null });
    expect(line(state, 'unclear')?.reason).toBe('no evidence was collected');
    expect(state.undoable).toEqual({ seq: 10, text: expect.stringContaining('windows compared') });
    // Taken back, everything is as it was, and what the new windows showed is gone.
    const { seq: _seq, head: _head, ...old } = stateOf(before);
    expect(stateOf([...after, reverted(10)])).toMatchObject({ ...old });
  });

  test('undo takes back the latest choice, and a reversal taken back is redo', () => {
    const title = (text: string) => chosen({ kind: 'title-changed', title: text });
    const two = [...beginning, title('One'), title('Two')];
    expect(stateOf(two)).toMatchObject({ title: 'Two', undoable: { seq: 6, text: 'title changed: Two' } });
    expect(stateOf([...two, reverted(6)])).toMatchObject({ title: 'One', undoable: { seq: 5 } });
    expect(stateOf([...two, reverted(6), reverted(5)])).toMatchObject({ title: 'expenses in May', undoable: null });
    expect(stateOf([...two, reverted(6), reverted(7)])).toMatchObject({ title: 'Two', undoable: { seq: 6 } });
    expect(stateOf([...two, reverted(6), reverted(7), reverted(8)])).toMatchObject({ title: 'One' });
  });

  test('an entry of a kind this version does not know changes nothing and is shown', () => {
    const drafts = [...beginning, { kind: 'verdict-signed', body: { by: 'somebody' } }];
    const { seq: _seq, head: _head, ...rest } = stateOf(drafts);
    expect(stateOf(beginning)).toMatchObject(rest);
    expect(historyOf(logged(drafts)).at(-1)).toMatchObject({ kind: 'verdict-signed', revertible: false });
  });
});

const choices: fc.Arbitrary<Choice> = fc.oneof(
  fc.record({ kind: fc.constant('title-changed' as const), title: fc.constantFrom('One', 'Two', 'Three') }),
  fc.record({
    kind: fc.constant('segment-chosen' as const),
    segment: fc.constantFrom<Record<string, string | null>>({ country: 'PT' }, { country: null }, {}),
  }),
  fc.record({
    kind: fc.constant('check-answered' as const),
    item: fc.constantFrom('counted', 'asked', 'unclear', 'closed'),
    status: fc.constantFrom('PASSED' as const, 'WARNED' as const, 'FAILED' as const, 'NOT DONE' as const),
    sentence: fc.constantFrom('seen', 'asked'),
  }),
  fc.record({ kind: fc.constant('phase-completed' as const), phase: fc.constantFrom('first', 'second') }),
  fc.constant({ kind: 'conclusion-written' as const, conclusion }),
);

type Action = { do: 'choose'; choice: Choice } | { do: 'compare' } | { do: 'undo' | 'redo'; which: number };

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: choices.map((choice): Action => ({ do: 'choose', choice })) },
    { weight: 1, arbitrary: fc.constant<Action>({ do: 'compare' }) },
    { weight: 3, arbitrary: fc.nat(30).map((which): Action => ({ do: 'undo', which })) },
    { weight: 2, arbitrary: fc.nat(30).map((which): Action => ({ do: 'redo', which })) },
  ),
  { maxLength: 30 },
);

/** Plays the actions with a model of its own: a list of steps, each alive or not. */
const play = (played: readonly Action[]) => {
  const drafts = [...beginning];
  const steps: { drafts: Draft[]; seq: number; alive: boolean; reversal: number | null }[] = [];
  for (const action of played) {
    const seq = drafts.length + 1;
    if (action.do === 'choose' || action.do === 'compare') {
      const own =
        action.do === 'choose'
          ? [chosen(action.choice)]
          : [attached(1 + (steps.length % 9)), collected({ item: 'counted', status: 'PASSED' })];
      steps.push({ drafts: own, seq, alive: true, reversal: null });
      drafts.push(...own);
      continue;
    }
    const candidates = steps.filter(({ alive }) => alive === (action.do === 'undo'));
    const step = candidates[action.which % Math.max(1, candidates.length)];
    if (!step) continue;
    drafts.push(reverted(action.do === 'undo' ? step.seq : (step.reversal as number)));
    step.alive = action.do === 'redo';
    step.reversal = step.alive ? null : seq;
  }
  const surviving = [...beginning, ...steps.filter(({ alive }) => alive).flatMap((step) => step.drafts)];
  return { drafts, surviving };
};

/** Everything but numbers and moments of entries, which differ by what was taken back. */
const meaning = ({ seq: _seq, head: _head, undoable, checklist, conclusion: written, ...rest }: Investigation) => ({
  ...rest,
  undoable: undoable?.text ?? null,
  conclusion: written && { ...written, at: '' },
  phases: checklist.phases.map(({ id, completedAt }) => [id, completedAt !== null]),
  lines: checklist.lines.map(({ answered, ...other }) => ({
    ...other,
    answered: answered && { ...answered, at: '', seq: 0 },
  })),
});

describe('any sequence of choices, new windows, undo and redo', () => {
  test('is what the surviving steps make when they are played alone', () => {
    fc.assert(
      fc.property(actions, (played) => {
        const { drafts, surviving } = play(played);
        expect(meaning(stateOf(drafts))).toEqual(meaning(stateOf(surviving)));
      }),
      { numRuns: 300 },
    );
  });

  test('has a history with one line per entry, and never a completed phase with an open item', () => {
    fc.assert(
      fc.property(actions, (played) => {
        const { drafts } = play(played);
        const history = historyOf(logged(drafts));
        expect(history.map(({ seq }) => seq)).toEqual(drafts.map((_, at) => at + 1));
        for (const { revertedBy, revertible } of history) expect(revertible && revertedBy !== null).toBe(false);
        const { checklist } = stateOf(drafts);
        for (const { id, completedAt } of checklist.phases) {
          const open = checklist.lines.filter(({ item, by }) => item.phase === id && by === null);
          expect(completedAt !== null && open.length > 0).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('history says in words what happened and what was taken back', () => {
  const drafts = [
    ...beginning,
    chosen({ kind: 'segment-chosen', segment: { country: 'PT' } }),
    reverted(5),
    reverted(6),
  ];
  expect(historyOf(logged(drafts)).map(({ text, revertedBy, revertible }) => [text, revertedBy, revertible])).toEqual([
    ['investigation opened: expenses in May', null, false],
    [expect.stringMatching(/^windows compared: .*regression$/), null, false],
    ['check collected: counted FAILED', null, false],
    ['check collected: unclear NOT DONE', null, false],
    ['segment chosen: country = PT', null, true],
    ['taken back: segment chosen: country = PT', 7, false],
    ['brought back: segment chosen: country = PT', null, true],
  ]);
});
