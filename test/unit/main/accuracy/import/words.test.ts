import { expect, test } from 'vitest';
import { countWords } from '../../../../../src/main/accuracy/import/count-words.ts';
import { asFault } from '../../../../../src/main/accuracy/import/faults.ts';
import { nearest } from '../../../../../src/main/accuracy/import/nearest.ts';
import { UserFault } from '../../../../../src/shared/errors.ts';

test('words follow the count, names stay as they are', () => {
  const template = 'label|labels has|have no id in column {} and was|were left out';
  expect(countWords(1, template, 'a|b {} $&')).toBe('1 label has no id in column a|b {} $& and was left out');
  expect(countWords(2, template, 'id')).toBe('2 labels have no id in column id and were left out');
});

test.each([
  ['contry', 'country'],
  ['Amount', 'amount'],
  ['predicted_class', 'predicted_clas'],
  ['xyz', undefined],
])('%s was probably %s', (name, expected) => {
  expect(nearest(name, ['country', 'amount', 'predicted_clas', 'label'])).toBe(expected);
});

test.each([
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'the disk is full, free some space and import again'],
  [
    new Error('IO Error: Could not write file: No space left on device'),
    'the disk is full, free some space and import again',
  ],
  [
    Object.assign(new Error('open'), { code: 'EACCES', path: '/data/a.parquet' }),
    'file is not readable: /data/a.parquet',
  ],
  [
    new Error('Out of Memory Error: failed to pin block'),
    'the import needs more memory than it may use, choose fewer features',
  ],
])('%s is one sentence', async (error, expected) => {
  const fault = await asFault(error, null, []);
  expect(fault).toBeInstanceOf(UserFault);
  expect((fault as Error).message).toBe(expected);
});

test('a defect of ours stays one', async () => {
  const defect = new TypeError('x is undefined');
  expect(await asFault(defect, null, [])).toBe(defect);
});
