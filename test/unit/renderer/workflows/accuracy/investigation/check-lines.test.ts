import { describe, expect, test } from 'vitest';
import {
  linesOfStep,
  phasesOf,
  placeOf,
  stepStates,
} from '../../../../../../src/renderer/workflows/accuracy/investigation/check-lines.ts';
import { investigationExample } from '../../../../../fixtures/investigation-example.ts';

describe('the place of a value', () => {
  test.each([
    ['/ledger/orphanLabels', 'windows'],
    ['/segments/0', 'where'],
    ['/segmentSearch', 'where'],
    ['/explanation/partitions/3', 'kind'],
    ['/versionChanges', 'moved'],
    ['/metrics/accuracy', 'real'],
    ['/segmentsOfSomethingElse', null],
    ['', null],
  ])('%s', (pointer, step) => {
    expect(placeOf(pointer)).toBe(step);
  });
});

test('an item stands on the step of its evidence, an item of a person without a topic on none', () => {
  const on = (step: Parameters<typeof linesOfStep>[1]) =>
    linesOfStep(investigationExample, step).map(({ item }) => item.id);
  expect(on('windows')).toEqual(['right-files', 'labels-in', 'selection']);
  expect(on('where')).toEqual(['where']);
  expect(on('report')).toEqual([]);
});

test('the rail tells what was found, what is open and what is done', () => {
  const states = stepStates(investigationExample);
  expect(states).toMatchObject({ windows: 'attention', where: 'attention', kind: 'open', conclusion: 'done' });
  expect(states.checklist).toBe('open');
  const { checklist } = investigationExample;
  const complete = {
    ...investigationExample,
    checklist: { ...checklist, phases: checklist.phases.map((phase) => ({ ...phase, completedAt: '2026-04-03' })) },
    conclusion: null,
  };
  expect(stepStates(complete)).toMatchObject({ checklist: 'done', conclusion: 'open' });
});

test('killers come first; a symptom keeps only what it leads to', () => {
  const { checklist } = investigationExample;
  const turned = { ...investigationExample, checklist: { ...checklist, lines: checklist.lines.toReversed() } };
  expect(phasesOf(turned, null)[0]?.lines.map(({ item }) => item.id)).toEqual(['right-files', 'labels-in']);
  expect(
    phasesOf(investigationExample, 'sudden-step').flatMap(({ lines }) => lines.map(({ item }) => item.id)),
  ).toEqual(['releases']);
});
