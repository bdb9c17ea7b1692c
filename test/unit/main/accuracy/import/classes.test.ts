import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalClass, planClasses } from '../../../../../src/main/accuracy/import/classes.ts';
import type { DatasetFile, LedgerNote } from '../../../../../src/shared/model/dataset.ts';

const spec = (task: 'binary' | 'multiclass', positiveClass?: string | number | boolean): DatasetFile => ({
  name: 'x',
  task,
  timezone: 'UTC',
  predictions: { path: 'p', id: 'id', time: 't', value: 'v' },
  labels: { path: 'l', id: 'id', value: 'label' },
  segments: [],
  keep: 'first',
  ...(positiveClass === undefined ? {} : { positiveClass }),
});
const side = (name: string, values: string[], kind: 'text' | 'integer' | 'boolean' = 'text') => ({
  name,
  kind,
  spellings: [...values].sort().map((value) => ({ value, count: 1 })),
});

test.each([
  ['1', '1'],
  ['1.0', '1'],
  ['+1', '1'],
  ['-0', '0'],
  ['-2.000', '-2'],
  ['007', '007'],
  ['1.5', '1.5'],
  ['1e3', '1e3'],
  ['true', 'true'],
  [' 1', ' 1'],
  ['', ''],
])('the class %j reads as %j', (value, expected) => {
  expect(canonicalClass(value, null)).toBe(expected);
});

test('reading a class twice changes nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.integer().map(String)), (value) => {
      const once = canonicalClass(value, null);
      expect(canonicalClass(once, null)).toBe(once);
    }),
  );
});

test('every spelling gets the code of its class, and codes follow bytes, not the locale', () => {
  const values = fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(values, values, fc.string(), (a, b, shared) => {
      const predictions = side('v', [...new Set([...a, shared])]);
      const labels = side('label', [...new Set([...b, shared])]);
      const plan = planClasses(spec('multiclass'), predictions, labels, []);
      expect(plan.classes).toEqual([...plan.classes].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y))));
      for (const [index, { value }] of predictions.spellings.entries()) {
        expect(plan.classes[plan.predicted[index]!]).toBe(canonicalClass(value, null));
      }
      for (const [index, { value }] of labels.spellings.entries()) {
        expect(plan.classes[plan.label[index]!]).toBe(canonicalClass(value, null));
      }
    }),
  );
});

test.each([
  [['0', '1'], undefined, ['0', '1']],
  [['no', 'yes'], undefined, ['no', 'yes']],
  [['0', '1'], 0, ['1', '0']],
  [['0', '1'], false, ['1', '0']],
  [['0', '1'], true, ['0', '1']],
  [['cat', 'dog'], 'dog', ['cat', 'dog']],
  [['0'], undefined, ['0', '1']],
  [['dog'], 'dog', ['not dog', 'dog']],
])('binary classes %j with positive %j', (values, positive, expected) => {
  const notes: LedgerNote[] = [];
  expect(planClasses(spec('binary', positive), side('v', values), side('label', values), notes).classes).toEqual(
    expected,
  );
});

test('too many classes are a regression in disguise', () => {
  const many = Array.from({ length: 5001 }, (_, n) => `c${n}`);
  expect(() => planClasses(spec('multiclass'), side('v', many), side('label', ['c1']), [])).toThrow(
    'value column v of predictions holds more than 5000 different classes, is the task regression?',
  );
});
