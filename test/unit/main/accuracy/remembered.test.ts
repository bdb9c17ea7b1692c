import { expect, it } from 'vitest';
import { recalled, remembered } from '../../../../src/main/accuracy/remembered.ts';
import type { Database } from '../../../../src/main/platform/duckdb.ts';

const opened = () => ({ database: {} as Database });

it('an answer is read once, by all who ask for it, and only of the database it was read of', async () => {
  const [dataset, other] = [opened(), opened()];
  let reads = 0;
  const read = async () => ++reads;
  expect(recalled(dataset, 'a')).toBeNull();
  expect(await Promise.all([remembered(dataset, 'a', read), remembered(dataset, 'a', read)])).toEqual([1, 1]);
  expect(await recalled(dataset, 'a')).toBe(1);
  expect(recalled(other, 'a')).toBeNull();
  expect(await remembered(other, 'a', read)).toBe(2);
});

it('one that failed is read again', async () => {
  const dataset = opened();
  await expect(remembered(dataset, 'a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await remembered(dataset, 'a', async () => 'there')).toBe('there');
});

it('of very many the one that was not asked for the longest goes first', async () => {
  const dataset = opened();
  await remembered(dataset, 'asked again and again', async () => 0);
  await remembered(dataset, 'asked once', async () => 0);
  for (let i = 0; i < 40; i++) {
    await remembered(dataset, `number ${i}`, async () => i);
    await remembered(dataset, 'asked again and again', async () => 1);
  }
  expect(await recalled(dataset, 'asked again and again')).toBe(0);
  expect(recalled(dataset, 'asked once')).toBeNull();
  expect(await recalled(dataset, 'number 39')).toBe(39);
});

it('answers about parts are told apart, and push out none about all rows', async () => {
  const dataset = opened();
  await remembered(dataset, 'rows', async () => 'all');
  for (let i = 0; i < 40; i++) await remembered(dataset, 'rows', async () => i, `(s0 = ${i})`);
  expect(await recalled(dataset, 'rows')).toBe('all');
  expect(recalled(dataset, 'rows', '(s0 = 0)')).toBeNull();
  expect(await recalled(dataset, 'rows', '(s0 = 39)')).toBe(39);
});
