import { expect, test } from 'vitest';
import { axisQuestions, pickAxes } from '../../../../../../src/renderer/workflows/accuracy/start/axis-questions.ts';

test('there are three questions, and each can be answered with "not known"', () => {
  expect(axisQuestions).toHaveLength(3);
  for (const { answers } of axisQuestions) expect(answers.some(({ id }) => id === 'unknown')).toBe(true);
});

test('nothing is picked before all are answered', () => {
  expect(pickAxes({})).toBeNull();
  expect(pickAxes({ noticed: 'wrong', same: 'different' })).toBeNull();
  expect(pickAxes({ noticed: 'wrong', same: 'different', changed: 'nonsense' })).toBeNull();
});

test('answers that agree pick one axis, mixed ones both with the likelier first', () => {
  expect(pickAxes({ noticed: 'wrong', same: 'different', changed: 'data' })).toEqual(['accuracy']);
  expect(pickAxes({ noticed: 'slow', same: 'same-slow', changed: 'machine' })).toEqual(['throughput']);
  expect(pickAxes({ noticed: 'slow', same: 'same-slow', changed: 'model' })).toEqual(['throughput', 'accuracy']);
  expect(pickAxes({ noticed: 'wrong', same: 'different', changed: 'machine' })).toEqual(['accuracy', 'throughput']);
});

test('knowing nothing leaves neither axis out', () => {
  expect(pickAxes({ noticed: 'unknown', same: 'unknown', changed: 'unknown' })).toEqual(['accuracy', 'throughput']);
});
