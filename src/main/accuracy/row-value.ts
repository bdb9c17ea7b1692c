import type { Database } from '../platform/duckdb.ts';
import { LOG_LOSS_EPSILON } from '../statistics/calibration.ts';
import type { OpenDataset } from './open-dataset.ts';

/**
 * What one row contributes to a metric that is a mean over rows: the currency of segments, onset and decomposition.
 * Metrics that are no such mean (F1, ROC AUC, ...) use the nearest one that is, and `name` says which.
 */
export interface RowValue {
  name: string;
  /** SQL over `row`, |value| <= 1; null where a row has no value. */
  sql: string;
  /** The metric's unit: SQL value x scale. */
  scale: number;
  better: 'higher' | 'lower';
  /** 0 or 1 per row. */
  proportion: boolean;
}

const RIGHT: RowValue = {
  name: 'accuracy',
  sql: '(predicted = label)::INTEGER',
  scale: 1,
  better: 'higher',
  proportion: true,
};

export async function rowValue(dataset: OpenDataset, database: Database, metric: string): Promise<RowValue> {
  const { task } = dataset.spec;
  const outcome = task === 'binary' ? 'label' : '(predicted = label)::INTEGER';
  if (task === 'regression') {
    const [range] = await database.rows<{ e: number | null }>('SELECT max(abs(predicted - label)) AS e FROM row');
    const largest = range?.e && range.e > 0 ? 2 ** (Math.floor(Math.log2(range.e)) + 1) : 1;
    const loss = { better: 'lower', proportion: false } as const;
    const error = `((predicted - label) / ${largest})`;
    if (metric === 'rmse' || metric === 'r2') {
      return { ...loss, name: 'squared error', sql: `(${error} * ${error})`, scale: largest * largest };
    }
    return { ...loss, name: 'mae', sql: `abs(${error})`, scale: largest };
  }
  const loss = { better: 'lower', proportion: false } as const;
  if (metric === 'brier' && dataset.hasScores) {
    return { ...loss, name: 'brier', sql: `((score - ${outcome}) * (score - ${outcome}))`, scale: 1 };
  }
  if (metric === 'log_loss' && dataset.hasScores && task === 'binary') {
    const given = 'CASE WHEN label = 1 THEN score ELSE 1 - score END';
    return { ...loss, name: 'log_loss', sql: `(-ln(greatest(${given}, ${LOG_LOSS_EPSILON})) / 64)`, scale: 64 };
  }
  return RIGHT;
}
