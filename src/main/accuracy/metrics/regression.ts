import type { Measured } from '../../statistics/measured.ts';
import { bias, type ErrorSums, mae, pinball, r2, rmse } from '../../statistics/regression.ts';
import { fromDays, type MetricDefinition } from './definition.ts';
import { ERROR } from './statistics.ts';

const sumsOf = (sum: Float64Array): ErrorSums => ({
  n: sum[ERROR.n] as number,
  sumAbs: sum[ERROR.abs] as number,
  sumSquared: sum[ERROR.squared] as number,
  sumError: sum[ERROR.error] as number,
  sumLabel: sum[ERROR.label] as number,
  sumLabelSquared: sum[ERROR.labelSquared] as number,
  // At the median the pinball loss is half the absolute error; other quantiles are not exported by a point prediction.
  sumPinball: (sum[ERROR.abs] as number) / 2,
});

function ofErrors(
  name: string,
  measure: (sums: ErrorSums) => Measured,
  shape: Pick<MetricDefinition, 'better' | 'target' | 'bounded' | 'range'>,
  moments?: { plain: number; square: number },
): MetricDefinition {
  return {
    name,
    tasks: ['regression'],
    ...shape,
    estimate: (statistics, context) =>
      fromDays(
        name,
        statistics,
        context,
        statistics.errors,
        'no labelled rows',
        (sum) => measure(sumsOf(sum)),
        moments && {
          standardError: (sum) => {
            const n = sum[ERROR.n] as number;
            const mean = (sum[moments.plain] as number) / n;
            return Math.sqrt(Math.max(0, (sum[moments.square] as number) / n - mean * mean) / Math.max(1, n - 1));
          },
        },
      ),
  };
}

const loss = { better: 'lower', bounded: false } as const;

export const regressionMetrics: MetricDefinition[] = [
  ofErrors('mae', mae, loss, { plain: ERROR.abs, square: ERROR.squared }),
  ofErrors('rmse', rmse, loss),
  ofErrors(
    'bias',
    bias,
    { better: 'target', target: 0, bounded: false },
    { plain: ERROR.error, square: ERROR.squared },
  ),
  ofErrors('r2', r2, { better: 'higher', bounded: true, range: [Number.NEGATIVE_INFINITY, 1] }),
  ofErrors('pinball', pinball, loss),
];
