import { describe, expect, test } from 'vitest';
import { seriesRequest } from '../../../../src/renderer/workflows/accuracy/result/series-request.ts';
import { kindMeaning, toleranceText, worstSegment } from '../../../../src/shared/accuracy-words.ts';
import { compareCommand } from '../../../../src/shared/commands.ts';
import { AccuracyComparison } from '../../../../src/shared/model/comparison.ts';
import { CompareRequest, SeriesRequest } from '../../../../src/shared/model/request.ts';
import { suitableChunk } from '../../../../src/shared/series-chunk.ts';
import { comparisonExample } from '../../../fixtures/comparison-example.ts';

const request = CompareRequest.parse({
  dataset: 'expenses-4f1c2a9b',
  reference: { from: '2026-01-05', to: '2026-02-22' },
  current: { from: '2026-03-04', to: '2026-03-31' },
});

test('the example is a document of the contract', () => {
  expect(AccuracyComparison.parse(comparisonExample)).toEqual(comparisonExample);
});

describe('the series of a selection', () => {
  test('everything by day; a cell of 50 labels a day by week; what no month fills by day again', () => {
    expect(suitableChunk(comparisonExample, {})).toBe('1d');
    expect(suitableChunk(comparisonExample, { merchant_category: 'travel', country: 'PT' })).toBe('1w');
    expect(suitableChunk(comparisonExample, { country: 'NO', merchant_category: 'books' })).toBe('1mo');
    expect(suitableChunk(comparisonExample, { country: 'IS', merchant_category: 'pets' })).toBe('1d');
    expect(suitableChunk(comparisonExample, { country: 'nowhere' })).toBe('1d');
  });

  test('repeats the terms of the comparison', () => {
    const wanted = seriesRequest(comparisonExample, request, { country: 'PT' }, '1w');
    expect(SeriesRequest.parse(wanted)).toEqual({
      dataset: 'expenses-4f1c2a9b',
      reference: request.reference,
      chunk: '1w',
      metric: 'accuracy',
      asOf: comparisonExample.asOf,
      seed: 1,
      within: { country: 'PT' },
      featureDrift: false,
      allMetrics: false,
    });
  });

  test('a segment narrows what the comparison was already narrowed to', () => {
    const narrowed = { ...request, within: { customer_tier: 'gold' } };
    expect(seriesRequest(comparisonExample, narrowed, { country: 'PT' }, '1d').within).toEqual({
      customer_tier: 'gold',
      country: 'PT',
    });
    expect(seriesRequest(comparisonExample, request, {}, '1d')).not.toHaveProperty('within');
  });
});

describe('words', () => {
  test('the command carries every term and quotes what a shell would read', () => {
    const command = compareCommand(
      { ...comparisonExample, dataset: { ...comparisonExample.dataset, id: "it's; rm -rf $HOME" } },
      request,
    );
    expect(command).toContain(`driftbench accuracy compare 'it'\\''s; rm -rf $HOME'`);
    expect(command.replaceAll(' \\\n  ', ' ')).toContain(
      `--reference 2026-01-05..2026-02-22 --current 2026-03-04..2026-03-31 --as-of ${comparisonExample.asOf} --metric accuracy --min-cell 100 --depth 2 --seed 1`,
    );
  });

  test('the moment that was frozen is repeated, whoever chose it', () => {
    expect(compareCommand(comparisonExample, request)).toContain(`--as-of ${comparisonExample.asOf}`);
  });

  test('a restriction is repeated column by column, the missing value as a column alone', () => {
    const within = { country: 'PT', 'cost centre': "O'Hara", tier: null };
    const command = compareCommand(comparisonExample, { ...request, within });
    expect(command).toContain("--within 'country=PT'");
    expect(command).toContain("--within 'cost centre=O'\\''Hara'");
    expect(command).toContain('--within tier');
  });

  test('a tolerance that was given is repeated', () => {
    expect(compareCommand(comparisonExample, { ...request, delta: 0.01 })).toContain('--delta 0.01');
  });

  test('the worst segment is a regression of its own, or none', () => {
    expect(worstSegment(comparisonExample)?.segment).toEqual({ country: 'PT', merchant_category: 'travel' });
    expect(worstSegment({ ...comparisonExample, segments: comparisonExample.segments.slice(1, 2) })).toBeNull();
    expect(worstSegment({ ...comparisonExample, segments: [] })).toBeNull();
  });

  test('a tolerance has no sign of its own', () => {
    expect(toleranceText(0.01, 'share')).toBe('±1.0\u202fpp');
    expect(toleranceText(0.25, 'number')).toBe('±0.2500');
  });

  test('every kind of change has its meaning', () => {
    for (const word of AccuracyComparison.shape.explanation.shape.word.options)
      expect(kindMeaning[word]).toMatch(/^[A-Z].+\.$/);
  });
});
