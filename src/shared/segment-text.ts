import type { Segment } from './model/comparison.ts';
import { visibleText, visibleValue } from './visible-text.ts';

/** A segment as text: for titles, tables, reports, copies and files. */
export const segmentText = (segment: Segment): string => {
  const pairs = Object.entries(segment);
  if (pairs.length === 0) return 'all rows';
  return pairs.map(([column, value]) => `${visibleText(column)} = ${visibleValue(value)}`).join(' and ');
};

/** Canonical text of a segment: the same whatever the order of its columns. */
export const segmentKey = (segment: Segment): string =>
  JSON.stringify(Object.entries(segment).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

export const sameSegment = (a: Segment, b: Segment): boolean => segmentKey(a) === segmentKey(b);
