import type { Segment } from './model/comparison.ts';
import { visibleText, visibleValue } from './visible-text.ts';

/** A segment as text: for titles, tables, reports, copies and files. */
export const segmentText = (segment: Segment): string => {
  const pairs = Object.entries(segment);
  if (pairs.length === 0) return 'all rows';
  return pairs.map(([column, value]) => `${visibleText(column)} = ${visibleValue(value)}`).join(' and ');
};
