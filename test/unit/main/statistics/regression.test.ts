import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bias, type ErrorSums, mae, pinball, r2, rmse } from '../../../../src/main/statistics/regression.ts';

function sumsOf(rows: [label: number, prediction: number][]): ErrorSums {
  const sums = { n: 0, sumAbs: 0, sumSquared: 0, sumError: 0, sumLabel: 0, sumLabelSquared: 0 };
  for (const [label, prediction] of rows) {
    const error = prediction - label;
    sums.n += 1;
    sums.sumAbs += Math.abs(error);
    sums.sumSquared += error * error;
    sums.sumError += error;
    sums.sumLabel += label;
    sums.sumLabelSquared += label * label;
  }
  return sums;
}

const number = fc.integer({ min: -1000, max: 1000 });
const rows = fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 50 });

describe('regression metrics', () => {
  it('are ordered |bias| <= MAE <= RMSE and R2 <= 1', () => {
    fc.assert(
      fc.property(rows, (sample) => {
        const sums = sumsOf(sample);
        expect(Math.abs(bias(sums).value as number)).toBeLessThanOrEqual((mae(sums).value as number) + 1e-9);
        expect(mae(sums).value as number).toBeLessThanOrEqual((rmse(sums).value as number) + 1e-9);
        const fit = r2(sums).value;
        if (fit !== null) expect(fit).toBeLessThanOrEqual(1);
        else expect(new Set(sample.map(([label]) => label)).size).toBe(1);
      }),
    );
  });

  it('are null with a reason where undefined', () => {
    const none = sumsOf([]);
    for (const metric of [mae, rmse, bias]) expect(metric(none)).toEqual({ value: null, reason: 'no labelled rows' });
    expect(r2(none).reason).toBe('fewer than two labelled rows');
    expect(
      r2(
        sumsOf([
          [0.1, 1],
          [0.1, 2],
          [0.1, 4],
        ]),
      ).reason,
    ).toBe('labels are constant');
    expect(pinball(none).reason).toBe('no quantile was chosen');
  });
});
