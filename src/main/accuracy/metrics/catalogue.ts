import { UserFault } from '../../../shared/errors.ts';
import type { Task } from '../../../shared/model/dataset.ts';
import { classificationMetrics } from './classification.ts';
import type { MetricDefinition } from './definition.ts';
import { probabilityMetrics } from './probability.ts';
import { regressionMetrics } from './regression.ts';

/** Every metric there is; a new one is one entry in one of these lists. */
const metrics: readonly MetricDefinition[] = [...classificationMetrics, ...probabilityMetrics, ...regressionMetrics];

export const metricsOf = (task: Task): MetricDefinition[] => metrics.filter((metric) => metric.tasks.includes(task));

/** Whether any of them needs the scores: those that only ask whether a prediction was right do not. */
export const needScores = (some: readonly MetricDefinition[]): boolean =>
  some.some((metric) => probabilityMetrics.includes(metric));

export const defaultMetric = (task: Task): string => (task === 'regression' ? 'mae' : 'accuracy');

export function metricNamed(task: Task, name: string): MetricDefinition {
  const found = metricsOf(task).find((metric) => metric.name === name);
  if (found) return found;
  const known = metricsOf(task).map((metric) => metric.name);
  throw new UserFault(`unknown metric for a ${task} task (known: ${known.join(', ')}): ${name}`);
}
