import { expect, test } from 'vitest';
import { metricsOf } from '../../../../../../src/main/accuracy/metrics/catalogue.ts';
import { taskMetrics } from '../../../../../../src/renderer/workflows/accuracy/import/task-metrics.ts';
import { Task } from '../../../../../../src/shared/model/dataset.ts';
import { metricName } from '../../../../../../src/shared/units.ts';

test('the window offers what the backend measures, save lines that are no verdict', () => {
  for (const task of Task.options) {
    const measured = metricsOf(task)
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('calibration_'));
    expect([...taskMetrics[task]].sort()).toEqual(measured.sort());
  }
});

test('every offered metric has a name of its own', () => {
  for (const task of Task.options) {
    const names = taskMetrics[task].map(metricName);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.includes('_'))).toEqual([]);
  }
});
