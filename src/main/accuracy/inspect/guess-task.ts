import type { DatasetFile, Task } from '../../../shared/model/dataset.ts';
import type { Database } from '../../platform/duckdb.ts';
import { plainName, shown, shownNumber } from './column-names.ts';
import type { ColumnRoles } from './guess-columns.ts';
import { type SampledColumn, type SampledTable, scoreByValue } from './sample-columns.ts';

/** More different whole numbers than this are quantities, not classes. */
const mostClasses = 50;

/** Null when the predicted value turns out to be a probability of something that is not exported. */
export function guessTask(value: SampledColumn, label: SampledColumn | null, remarks: string[]): Task | null {
  const chance = value.kind === 'number' && !value.whole && value.low! >= 0 && value.high! <= 1;
  if (chance && label && (label.distinct ?? 0) <= 2) {
    remarks.push(
      `${shown(value.name)} holds probabilities while ${shown(label.name)} holds classes: export the predicted class as a column of its own`,
    );
    return null;
  }
  const columns = label ? [value, label] : [value];
  const distinct = Math.max(...columns.map((column) => column.distinct ?? 0));
  const numeric = columns.every((column) => column.kind === 'number' || column.kind === 'integer');
  if (numeric && (columns.some((column) => !column.whole) || distinct > mostClasses)) {
    remarks.push(`the task looks like regression: ${shown(value.name)} holds quantities`);
    return 'regression';
  }
  if (distinct <= 2) {
    remarks.push(`the task looks binary: there are ${distinct} different values`);
    if (distinct < 2) remarks.push('only one class occurs in the sample, so check the task');
    return 'binary';
  }
  remarks.push(`the task looks like multiclass: there are ${distinct} different values`);
  if (numeric) remarks.push('the classes are whole numbers, so check that they are codes and not quantities');
  return 'multiclass';
}

const positives = /^(1|true|t|yes|y|pos|positive|fraud|spam|default|churn|bad|approved?|accepted?|high|anomaly|click)$/;

/** The class a binary score is about; the rarer one when the values do not say. */
export function guessPositive(
  value: SampledColumn,
  label: SampledColumn | null,
  remarks: string[],
): DatasetFile['positiveClass'] {
  const values = [...new Set([...(value.values ?? []), ...(label?.values ?? [])])];
  const telling = values.filter((one) => positives.test(plainName(one)));
  const chosen = telling.length === 1 ? telling[0]! : values.at(-1);
  if (chosen === undefined) return undefined;
  if (telling.length !== 1)
    remarks.push(`nothing says which class is the positive one, ${shown(chosen)} was taken: check it`);
  else remarks.push(`${shown(chosen)} was taken as the positive class`);
  const spoken = label && label.kind !== value.kind ? 'text' : value.kind;
  if (spoken === 'boolean') return chosen === 'true';
  return spoken === 'integer' || spoken === 'number' ? Number(chosen) : chosen;
}

/** A score that is low where the other class was predicted is the positive class's probability. */
export async function guessScoreOf(
  database: Database,
  table: SampledTable,
  task: Task,
  roles: ColumnRoles,
  positiveClass: DatasetFile['positiveClass'],
  remarks: string[],
): Promise<'predicted' | 'positive' | undefined> {
  const { value, score } = roles;
  if (!value || !score || task === 'regression') return undefined;
  if (score.high !== null && score.high > 1) {
    remarks.push(
      `${shown(score.name)} reaches ${shownNumber(score.high)}, so it may be a percentage: export a probability from 0 to 1`,
    );
  }
  if (task === 'multiclass') {
    remarks.push(`${shown(score.name)} was taken as the probability of the predicted class`);
    return 'predicted';
  }
  const means = await scoreByValue(database, table, value.name, score.name);
  const others = [...means].filter(([one]) => one !== String(positiveClass)).map(([, mean]) => mean);
  const low = others.length > 0 && Math.max(...others) < 0.5;
  remarks.push(
    low
      ? `${shown(score.name)} was taken as the probability of the positive class: it is low where the other one was predicted`
      : `${shown(score.name)} was taken as the probability of the predicted class: it is high for either prediction`,
  );
  return low ? 'positive' : 'predicted';
}
