import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  balancedAccuracy,
  f1,
  mcc,
  precision,
  recall,
} from '../../../../src/main/statistics/classification.ts';

const matrix = (rows: number[][]) => ({ classes: rows.length, counts: Float64Array.from(rows.flat()) });

const matrices = fc.integer({ min: 2, max: 5 }).chain((classes) =>
  fc.array(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: classes, maxLength: classes }), {
    minLength: classes,
    maxLength: classes,
  }),
);

describe('classification metrics', () => {
  it('do not depend on the scale of weights nor on the order of classes', () => {
    fc.assert(
      fc.property(matrices, fc.double({ min: 0.01, max: 100, noNaN: true }), (rows, weight) => {
        const changed = [...rows].reverse().map((row) => [...row].reverse().map((count) => count * weight));
        for (const metric of [accuracy, balancedAccuracy, mcc]) {
          expect(metric(matrix(changed)).value).toBeCloseTo(metric(matrix(rows)).value as number, 9);
        }
        for (const average of ['macro', 'micro', 'weighted'] as const) {
          expect(f1(matrix(changed), average).value).toBeCloseTo(f1(matrix(rows), average).value as number, 9);
        }
      }),
    );
  });

  it('agree with accuracy when averaged over rows', () => {
    fc.assert(
      fc.property(matrices, (rows) => {
        const wanted = accuracy(matrix(rows)).value as number;
        expect(precision(matrix(rows), 'micro').value).toBeCloseTo(wanted, 12);
        expect(recall(matrix(rows), 'weighted').value).toBeCloseTo(wanted, 12);
      }),
    );
  });

  it('are null with a reason where undefined', () => {
    const empty = matrix([
      [0, 0],
      [0, 0],
    ]);
    for (const metric of [accuracy, balancedAccuracy, mcc]) {
      expect(metric(empty)).toEqual({ value: null, reason: 'no labelled rows' });
    }
    const neverPredicted = matrix([
      [5, 0],
      [2, 0],
    ]);
    expect(precision(neverPredicted, { positive: 1 })).toEqual({ value: null, reason: 'never predicted' });
    expect(precision(neverPredicted, 'macro')).toEqual({ value: null, reason: 'never predicted, class index: 1' });
    expect(f1(neverPredicted, { positive: 1 })).toEqual({ value: 0 });
    expect(mcc(neverPredicted).reason).toBe('only one class among the predictions');
    const oneLabel = matrix([
      [5, 2],
      [0, 0],
    ]);
    expect(recall(oneLabel, { positive: 1 }).reason).toBe('no labels of this class');
    expect(mcc(oneLabel).reason).toBe('only one class among the labels');
    expect(f1(oneLabel, { positive: 7 }).reason).toBe('no such class: 7');
  });
});
