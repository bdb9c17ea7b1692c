import { plainName, shown } from './column-names.ts';
import { isInstant } from './guess-tables.ts';
import type { SampledColumn, SampledTable } from './sample-columns.ts';

/** Beyond this many values a column is no longer a handful of groups. */
const mostValues = 200;
/** Pairs of columns are searched, so every further column costs more than the one before. */
const mostSegments = 12;

export interface Inputs {
  segments: string[];
  features: string[];
}

/** Sorts the remaining columns of the predictions into segments and features. */
export function guessInputs(predictions: SampledTable, taken: Set<string>, remarks: string[]): Inputs {
  const open = predictions.columns.filter((column) => !taken.has(column.name));
  const groups = open.filter(isGroup);
  const segments = groups.slice(0, mostSegments);
  const features = open.filter(
    (column) =>
      !segments.includes(column) &&
      !column.partition &&
      (column.kind === 'number' || column.kind === 'integer' || column.kind === 'boolean' || groups.includes(column)) &&
      !isInstant(column),
  );
  if (segments.length > 0) {
    remarks.push(`segments are the columns with few different values: ${listed(segments)}`);
  } else {
    remarks.push('no column has few enough different values to be a segment, so only the whole can be judged');
  }
  if (groups.length > segments.length) {
    remarks.push(
      `${groups.length - segments.length} more columns have few values and were taken as features, to keep the search small: ${listed(groups.slice(mostSegments))}`,
    );
  }
  const left = open.filter((column) => !segments.includes(column) && !features.includes(column) && !column.partition);
  if (left.length > 0) remarks.push(`left out, because they are neither numbers nor groups: ${listed(left)}`);
  const constant = features.filter((column) => column.distinct !== null && column.distinct <= 1);
  if (constant.length > 0) remarks.push(`the same value in every sampled row: ${listed(constant)}`);
  return { segments: segments.map(({ name }) => name), features: features.map(({ name }) => name) };
}

/** Text or flags with some but not many values; whole numbers only when they are plainly codes. */
function isGroup(column: SampledColumn): boolean {
  const { kind, distinct, filled, partition } = column;
  if (distinct === null || distinct < 2 || distinct > mostValues || filled === 0) return false;
  if (isInstant(column) || (partition && isDatePart(column))) return false;
  if (kind === 'boolean') return true;
  if (kind === 'integer')
    return (
      /(^|_)(code|class|type|kind|group|segment|cluster|tier|region)(_|$)/.test(plainName(column.name)) &&
      distinct <= 50
    );
  return kind === 'text' && (partition || distinct <= 0.2 * filled || distinct <= 20);
}

const isDatePart = (column: SampledColumn) =>
  column.instants > 0.5 || /^(dt|date|day|ds|year|month|hour|week|p_?date|partition.*)$/.test(plainName(column.name));

function listed(columns: SampledColumn[]): string {
  const some = columns.slice(0, 12).map((column) => shown(column.name));
  return columns.length > some.length ? `${some.join(', ')} and ${columns.length - some.length} more` : some.join(', ');
}
