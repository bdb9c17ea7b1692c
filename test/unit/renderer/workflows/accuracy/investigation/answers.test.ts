import { describe, expect, test } from 'vitest';
import { answerOf } from '../../../../../../src/renderer/workflows/accuracy/investigation/answers.ts';
import { timingOf } from '../../../../../../src/renderer/workflows/accuracy/investigation/version-timing.ts';
import { comparisonExample } from '../../../../../fixtures/comparison-example.ts';
import { documentsExample, investigationExample } from '../../../../../fixtures/investigation-example.ts';

const answer = (step: Parameters<typeof answerOf>[0], change: Partial<typeof comparisonExample> = {}) =>
  answerOf(step, investigationExample, { ...documentsExample, comparison: { ...comparisonExample, ...change } });

describe('the answer of a step', () => {
  test('a fall that the total hides is told as one', () => {
    expect(answer('real')).toMatch(/^Yes, but not in the total\. Accuracy over all rows went from 94\.5/);
    expect(answer('where')).toMatch(/^Where country = PT and merchant_category = travel, since 2026-03-02/);
    expect(answer('where')).toContain('in no other of the segments');
    expect(answer('kind')).toMatch(/^The relation changed\./);
    expect(answer('moved')).toMatch(/^2 version changes on record, none while it began/);
  });

  test('nothing found is said as plainly', () => {
    const nothing = {
      verdict: 'no change' as const,
      segments: [],
      onset: null,
      versionChanges: [],
      explanation: { ...comparisonExample.explanation, word: 'none' as const, faults: [] },
    };
    expect(answer('real', nothing)).toMatch(/^No: nothing changed beyond the tolerance\./);
    expect(answer('where', nothing)).toMatch(/^Nowhere that could be tested/);
    expect(answer('kind', nothing)).toMatch(/nothing to explain/);
    expect(answer('moved', nothing)).toMatch(/^No version change is recorded\./);
  });

  test('labels without times are not called complete', () => {
    const { reference, current } = comparisonExample.windows;
    const untimed = { ...current, maturity: null, provisional: false };
    expect(answer('windows', { windows: { reference, current: untimed } })).toContain('not measurable');
    expect(answer('windows')).toContain('same label age');
  });

  test('where a person answers, the program is silent', () => {
    expect(answer('conclusion')).toBeNull();
    expect(answer('checklist')).toBe(
      '1 item NOT DONE: it needs a sentence of yours. 1 failed: something was found there. 1 of 2 phases declared complete.',
    );
  });
});

test.each([
  ['2026-02-28T23:00:00Z', 'before'],
  ['2026-03-01T00:00:00Z', 'within'],
  ['2026-03-04', 'within'],
  ['2026-03-05', 'after'],
])('a version change on %s is %s the onset', (at, timing) => {
  expect(timingOf({ at }, comparisonExample.onset)).toBe(timing);
});

test('without an onset nothing can be held against it', () => {
  expect(timingOf({ at: '2026-03-01' }, null)).toBe('unknown');
});
