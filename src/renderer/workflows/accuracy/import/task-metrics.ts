import type { Task } from '../../../../shared/model/dataset.ts';

const averaged = ['precision', 'recall', 'f1'].flatMap((name) => [
  `${name}_macro`,
  `${name}_micro`,
  `${name}_weighted`,
]);

/** What can be the primary metric of a task, the usual one first. */
export const taskMetrics: Record<Task, readonly string[]> = {
  binary: [
    'accuracy',
    'balanced_accuracy',
    'precision',
    'recall',
    'f1',
    ...averaged,
    'mcc',
    'roc_auc',
    'average_precision',
    'log_loss',
    'brier',
    'ece',
    'ece_equal_count',
  ],
  multiclass: ['accuracy', 'balanced_accuracy', ...averaged, 'mcc', 'brier', 'ece', 'ece_equal_count'],
  regression: ['mae', 'rmse', 'bias', 'r2', 'pinball'],
};

/** Metrics that need a score column. */
export const needsScores = (metric: string): boolean =>
  ['roc_auc', 'average_precision', 'log_loss', 'brier', 'ece', 'ece_equal_count'].includes(metric);
