import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultMetric, metricNamed, metricsOf } from '../../../../../src/main/accuracy/metrics/catalogue.ts';
import { metricDraws } from '../../../../../src/main/accuracy/metrics/definition.ts';
import {
  ERROR,
  emptyStatistics,
  type GroupStatistics,
  SCORE,
  SCORE_BINS,
} from '../../../../../src/main/accuracy/metrics/statistics.ts';
import { createRandom } from '../../../../../src/main/statistics/random.ts';
import type { Task } from '../../../../../src/shared/model/dataset.ts';

const tasks: Task[] = ['binary', 'multiclass', 'regression'];
const context = () => ({ level: 0.95, draws: metricDraws(createRandom(1)) });

/** Sufficient statistics of rows drawn from a seed: what SQL would return for them. */
function drawn(task: Task, days: number, rowsPerDay: number, seed: number): GroupStatistics {
  const random = createRandom(seed);
  const classes = task === 'binary' ? 2 : task === 'multiclass' ? 3 : 0;
  const statistics = emptyStatistics(classes);
  const margins: Float64Array[] = [];
  const scores: Float64Array[] = [];
  const errors: Float64Array[] = [];
  for (let day = 0; day < days; day++) {
    const margin = new Float64Array(3 * classes);
    const score = new Float64Array(SCORE.length);
    const error = new Float64Array(ERROR.length);
    let right = 0;
    const add = (vector: Float64Array, at: number, value: number): void => {
      vector[at] = (vector[at] as number) + value;
    };
    for (let row = 0; row < rowsPerDay; row++) {
      const s = random.next();
      const label = classes === 0 ? 0 : random.integer(classes);
      const predicted = classes === 0 ? 0 : random.next() < 0.7 ? label : random.integer(classes);
      const y = task === 'binary' ? label : Number(predicted === label);
      const e = random.normal();
      right += Number(predicted === label);
      if (classes > 0) {
        if (predicted === label) add(margin, label, 1);
        add(margin, classes + label, 1);
        add(margin, 2 * classes + predicted, 1);
      }
      const at = SCORE.bins + 3 * Math.floor(s * SCORE_BINS);
      add(score, SCORE.n, 1);
      add(score, SCORE.squared, (s - y) ** 2);
      add(score, SCORE.squaredSquares, (s - y) ** 4);
      add(score, SCORE.logLoss, -Math.log(y === 1 ? s : 1 - s));
      add(score, at, 1);
      add(score, at + 1, s);
      add(score, at + 2, y);
      add(error, ERROR.n, 1);
      add(error, ERROR.abs, Math.abs(e));
      add(error, ERROR.squared, e * e);
      add(error, ERROR.error, e);
      add(error, ERROR.label, s);
      add(error, ERROR.labelSquared, s * s);
    }
    margins.push(margin);
    scores.push(score);
    errors.push(error);
    statistics.right.push({ k: right, n: rowsPerDay });
    statistics.days.push(day);
  }
  const rows = days * rowsPerDay;
  return {
    ...statistics,
    rows,
    weight: rows,
    weightSquared: rows,
    right: task === 'regression' ? [] : statistics.right,
    margins: task === 'regression' ? null : margins,
    scores: task === 'regression' ? null : scores,
    errors: task === 'regression' ? errors : null,
  };
}

describe('metric catalogue', () => {
  it.each(tasks)('%s: names are unique, and one of them is the default', (task) => {
    const names = metricsOf(task).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain(defaultMetric(task));
    expect(metricNamed(task, names[0] as string).name).toBe(names[0]);
  });

  it('refuses a metric of another task and says which there are', () => {
    expect(() => metricNamed('regression', 'accuracy')).toThrow(
      'unknown metric for a regression task (known: mae, rmse, bias, r2, pinball): accuracy',
    );
  });

  it.each(tasks)('%s: without rows every metric is null with a reason', (task) => {
    for (const metric of metricsOf(task)) {
      const estimate = metric.estimate(emptyStatistics(task === 'regression' ? 0 : 2), context());
      expect(estimate.value, metric.name).toBeNull();
      expect(estimate.reason, metric.name).toMatch(/\w/);
    }
  });

  it('is a number inside its interval and its range, or null with a reason, whatever the rows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...tasks),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 1000 }),
        (task, days, rows, seed) => {
          for (const metric of metricsOf(task)) {
            const { value, low, high, reason } = metric.estimate(drawn(task, days, rows, seed), context());
            if (value === null) {
              expect(reason, metric.name).toMatch(/\w/);
              continue;
            }
            expect(Number.isFinite(value), metric.name).toBe(true);
            const [least, most] = metric.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
            expect(value, metric.name).toBeGreaterThanOrEqual(least);
            expect(value, metric.name).toBeLessThanOrEqual(most);
            if (low === null || high === null) continue;
            expect(low, metric.name).toBeLessThanOrEqual(high);
            // Resampling moves ECE upwards: its value may lie below the interval, all others lie in it.
            if (!metric.name.startsWith('ece')) expect(value, metric.name).toBeLessThanOrEqual(high + 1e-12);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
