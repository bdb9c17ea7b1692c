import { expect, test } from 'vitest';
import { statedPartition, waterfallOf } from '../../../src/shared/explained-change.ts';
import { comparisonExample } from '../../fixtures/comparison-example.ts';

const { explanation } = comparisonExample;

test('the partition stated first is admissible; for a mix it is the one that leaves least to the relation', () => {
  expect(statedPartition(explanation)?.columns).toEqual(['customer_tier']);
  expect(statedPartition({ ...explanation, word: 'mix' })?.columns).toEqual(['score (10 bins)']);
  expect(statedPartition({ ...explanation, partitions: explanation.partitions.slice(5) })?.admissible).toBe(false);
  expect(statedPartition({ ...explanation, partitions: [] })).toBeNull();
});

test('the steps lead from the rows explained, before and now; without rows or partitions there are none', () => {
  expect(waterfallOf(comparisonExample)?.reference).toEqual(comparisonExample.segments[0]?.reference);
  const overall = { ...comparisonExample, explanation: { ...explanation, scope: {} } };
  expect(waterfallOf(overall)?.current).toEqual(comparisonExample.metrics.accuracy?.current);
  expect(waterfallOf({ ...comparisonExample, segments: [] })).toBeNull();
  expect(waterfallOf({ ...comparisonExample, explanation: { ...explanation, partitions: [] } })).toBeNull();
});
