import { UserFault } from '../../../shared/errors.ts';
import type { LedgerNote } from '../../../shared/model/dataset.ts';
import { type BoundColumn, kindWords } from './columns.ts';

export interface KeyPlan {
  /** The SQL type both sides are compared in: exact, never through a floating-point number. */
  type: 'BIGINT' | 'HUGEINT' | 'VARCHAR';
  /** Integers on one side, text on the other. */
  mixed: boolean;
}

export function planKeys(predictions: BoundColumn, labels: BoundColumn, notes: LedgerNote[]): KeyPlan {
  checkKey('predictions', predictions);
  checkKey('labels', labels);
  if (predictions.kind === labels.kind) {
    if (predictions.kind === 'text') return { type: 'VARCHAR', mixed: false };
    const wide = predictions.type === 'HUGEINT' || labels.type === 'HUGEINT';
    return { type: wide ? 'HUGEINT' : 'BIGINT', mixed: false };
  }
  notes.push({
    code: 'key-types',
    column: predictions.name,
    text: `ids are ${kindWords(predictions.kind)} in predictions (${predictions.name}) and ${kindWords(labels.kind)} in labels (${labels.name}), compared as text`,
  });
  return { type: 'VARCHAR', mixed: true };
}

function checkKey(side: string, column: BoundColumn): void {
  if (column.kind === 'integer' || column.kind === 'text') return;
  const why =
    column.kind === 'float'
      ? 'a floating-point number, which cannot identify rows exactly'
      : `${kindWords(column.kind)}, which is no id`;
  throw new UserFault(`id column ${column.name} of ${side} is ${why}, export it as integer or text: ${column.type}`, {
    column: column.name,
  });
}
