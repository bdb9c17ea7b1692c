import { describe, expect, test } from 'vitest';
import { glyphScale } from '../../../../src/renderer/charts/glyph-scale.ts';
import { fileStem, methodsOf } from '../../../../src/renderer/evidence/evidence.ts';
import {
  featureDriftTable,
  ledgerTable,
  metricsTable,
  segmentsTable,
} from '../../../../src/renderer/workflows/accuracy/result/result-tables.ts';
import { comparisonExample, exampleSegments, manySegments } from '../../../fixtures/comparison-example.ts';

describe('tables as files', () => {
  test.each([
    ['segments', segmentsTable],
    ['metrics', metricsTable],
    ['features', featureDriftTable],
    ['ledger', ledgerTable],
  ] as const)('%s: a cell under every heading', (_name, build) => {
    const table = build(comparisonExample);
    expect(table.rows.length).toBeGreaterThan(0);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });

  test('a segment without a column is empty there, the missing value is named', () => {
    const { columns, rows } = segmentsTable(comparisonExample);
    expect(columns.slice(0, 3)).toEqual(['country', 'merchant_category', 'customer_tier']);
    expect(rows[0]?.slice(0, 3)).toEqual(['PT', 'travel', null]);
    expect(rows.at(-1)?.[0]).toBe('(missing)');
  });

  test('numbers keep their precision', () => {
    const { columns, rows } = segmentsTable(comparisonExample);
    expect(rows[0]?.[columns.indexOf('change')]).toBe(exampleSegments[0]?.change.value);
  });

  test('an unknown metric carries its reason', () => {
    const { columns, rows } = metricsTable(comparisonExample);
    const auc = rows.find((row) => row[0] === 'roc_auc');
    expect(auc?.[columns.indexOf('change')]).toBeNull();
    expect(auc?.[columns.indexOf('reason')]).toBe('multiclass scores hold the predicted class only');
  });

  test('the ledger counts unusable scores by kind', () => {
    expect(ledgerTable(comparisonExample).rows).toContainEqual(['badScores.outOfRange', 5]);
  });
});

describe('the scale of the intervals in the table', () => {
  const row = (low: number, high: number, verdict: 'regression' | 'inconclusive') => ({
    change: { value: (low + high) / 2, low, high },
    verdict,
  });

  test('holds the tolerance even when nothing changed', () => {
    expect(glyphScale([], 0.01)).toEqual({ low: -0.015, high: 0.015, delta: 0.01 });
  });

  test('leaves out the wildest of many, but never a finding', () => {
    const ordinary = Array.from({ length: 100 }, () => row(-0.02, 0.02, 'inconclusive'));
    expect(glyphScale([...ordinary, row(-0.9, 0.9, 'inconclusive')], 0.01).low).toBe(-0.02);
    expect(glyphScale([...ordinary, row(-0.5, -0.4, 'regression')], 0.01).low).toBe(-0.5);
  });

  test('is finite for two thousand segments', () => {
    const { low, high } = glyphScale(manySegments(2000), 0.01);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0);
  });
});

describe('evidence', () => {
  test('names each method once', () => {
    expect(methodsOf([{ method: 'a@1' }, { method: 'b@1' }, { method: 'a@1' }])).toEqual(['a@1', 'b@1']);
  });

  test('file names hold nothing a path could be built from', () => {
    expect(fileStem('../Where: segments', 'worst/first')).toBe('where-segments-worst-first');
  });
});
