import { UserFault } from '../../../shared/errors.ts';
import type { DatasetFile, LedgerNote } from '../../../shared/model/dataset.ts';
import type { ColumnKind } from './parquet-schema.ts';

export interface Spelling {
  value: string;
  count: number;
}

export interface ClassSide {
  name: string;
  kind: ColumnKind;
  /** Distinct values as written, sorted by value. */
  spellings: Spelling[];
}

export interface ClassPlan {
  /** Class values by code. */
  classes: string[];
  /** Code of each spelling, in the order given. */
  predicted: number[];
  label: number[];
}

const mostClasses = 5000;
const positiveWords = ['1', 'true', 'yes', 'positive'];
const oppositeOf: Record<string, string> = {
  '0': '1',
  '1': '0',
  true: 'false',
  false: 'true',
  yes: 'no',
  no: 'yes',
  positive: 'negative',
  negative: 'positive',
};

/**
 * One vocabulary for predicted classes and labels: `1`, `1.0` and `'1'` are the same class, a boolean equals 0/1 or
 * true/false when the other side writes it so. Binary: negative 0, positive 1. Otherwise codes follow the value.
 */
export function planClasses(
  spec: DatasetFile,
  predictions: ClassSide,
  labels: ClassSide,
  notes: LedgerNote[],
): ClassPlan {
  for (const [side, which] of [
    ['predictions', predictions],
    ['labels', labels],
  ] as const) {
    if (which.spellings.length === 0)
      throw new UserFault(`value column of ${side} holds only nulls, name the column with the class: ${which.name}`);
    if (which.spellings.length > mostClasses) {
      throw new UserFault(
        `value column ${which.name} of ${side} holds more than ${mostClasses} different classes, is the task regression?`,
      );
    }
  }
  const asNumber = predictions.kind !== labels.kind && [predictions, labels].some((side) => side.kind === 'boolean');
  const words = asNumber ? booleanWords(predictions, labels, notes) : null;
  const canonical = (side: ClassSide) => side.spellings.map(({ value }) => canonicalClass(value, words));
  const predicted = canonical(predictions);
  const label = canonical(labels);
  if (!predicted.some((value) => label.includes(value))) {
    throw new UserFault(
      `labels and predictions share no class, labels hold ${listed(label)} and predictions hold ${listed(predicted)}`,
    );
  }
  const found = [...new Set([...predicted, ...label])].sort(byCodePoints);
  noteSpellings(found, predictions, predicted, labels, label, notes);
  const classes = spec.task === 'binary' ? binaryClasses(spec, found, words) : found;
  if (new Set(label).size === 1) {
    notes.push({
      code: 'single-class',
      column: labels.name,
      text: `labels hold a single class, so ranking metrics are undefined: ${label[0]}`,
    });
  }
  const codes = new Map(classes.map((value, code) => [value, code]));
  return {
    classes,
    predicted: predicted.map((value) => codes.get(value)!),
    label: label.map((value) => codes.get(value)!),
  };
}

/** Byte order of UTF-8, which is also DuckDB's; no locale. */
const byCodePoints = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

type BooleanWords = { true: string; false: string; fold: boolean } | null;

function booleanWords(predictions: ClassSide, labels: ClassSide, notes: LedgerNote[]): BooleanWords {
  const [boolean, other] = predictions.kind === 'boolean' ? [predictions, labels] : [labels, predictions];
  const values = new Set(other.spellings.map(({ value }) => canonicalClass(value, null).toLowerCase()));
  const numeric = [...values].every((value) => value === '0' || value === '1');
  const spelled = [...values].every((value) => value === 'true' || value === 'false');
  if (!numeric && !spelled) return null;
  notes.push({
    code: 'boolean-classes',
    column: boolean.name,
    text: `${boolean.name} holds booleans and ${other.name} holds ${numeric ? '0 and 1' : 'the words true and false'}, read as the same classes`,
  });
  return numeric ? { true: '1', false: '0', fold: false } : { true: 'true', false: 'false', fold: true };
}

export function canonicalClass(value: string, words: BooleanWords): string {
  const integer = /^([+-]?)(0|[1-9]\d*)(\.0*)?$/.exec(value);
  if (integer) return `${integer[1] === '-' && integer[2] !== '0' ? '-' : ''}${integer[2]}`;
  if (words) {
    const lower = value.toLowerCase();
    if (value === 'true' || (words.fold && lower === 'true')) return words.true;
    if (value === 'false' || (words.fold && lower === 'false')) return words.false;
  }
  return value;
}

function binaryClasses(spec: DatasetFile, found: string[], words: BooleanWords): string[] {
  if (found.length > 2) {
    const spelled = new Set(found.map(folded)).size <= 2;
    const remedy = spelled
      ? 'which differ only in case or spaces, write each class one way'
      : 'make it a multiclass task or correct the values';
    throw new UserFault(`a binary task has two classes, the data hold ${found.length}, ${remedy}: ${listed(found)}`);
  }
  const positive = spec.positiveClass === undefined ? inferredPositive(found) : declaredPositive(spec, found, words);
  const negative = found.find((value) => value !== positive) ?? oppositeOf[positive] ?? `not ${positive}`;
  if (found.length === 2 && !found.includes(positive)) {
    throw new UserFault(`positiveClass is not among the classes ${listed(found)}: ${positive}`);
  }
  return [negative, positive];
}

function declaredPositive(spec: DatasetFile, found: string[], words: BooleanWords): string {
  const declared = canonicalClass(String(spec.positiveClass), words);
  if (found.includes(declared)) return declared;
  const alias: Record<string, string> = { true: '1', '1': 'true', false: '0', '0': 'false' };
  const other = alias[declared];
  return other !== undefined && found.includes(other) ? other : declared;
}

function inferredPositive(found: string[]): string {
  const candidates = found.filter((value) => positiveWords.includes(value.toLowerCase()));
  if (candidates.length === 1) return candidates[0]!;
  if (found.length === 1 && oppositeOf[found[0]!] !== undefined) return oppositeOf[found[0]!]!;
  throw new UserFault(`positiveClass is needed to tell the two classes apart: ${listed(found)}`);
}

function listed(values: readonly string[]): string {
  const distinct = [...new Set(values)];
  const shown = distinct
    .slice(0, 6)
    .map((value) => JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value));
  return `${shown.join(', ')}${distinct.length > 6 ? ` and ${distinct.length - 6} more` : ''}`;
}

const folded = (value: string): string => value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** Classes that look like one class written twice are kept apart, but never silently. */
function noteSpellings(
  found: string[],
  predictions: ClassSide,
  predicted: string[],
  labels: ClassSide,
  label: string[],
  notes: LedgerNote[],
): void {
  const groups = new Map<string, string[]>();
  for (const value of found) {
    groups.set(folded(value), [...(groups.get(folded(value)) ?? []), value]);
  }
  const rows = (value: string) =>
    predictions.spellings.reduce((sum, spelling, index) => sum + (predicted[index] === value ? spelling.count : 0), 0) +
    labels.spellings.reduce((sum, spelling, index) => sum + (label[index] === value ? spelling.count : 0), 0);
  for (const values of groups.values()) {
    if (values.length < 2) continue;
    const rarest = values.reduce((a, b) => (rows(b) < rows(a) ? b : a));
    notes.push({
      code: 'spelling',
      column: label.includes(rarest) ? labels.name : predictions.name,
      count: rows(rarest),
      text: `classes differ only in case or spaces and were kept apart: ${values.map((value) => `${JSON.stringify(value)} (${rows(value)} rows)`).join(', ')}`,
    });
  }
}
