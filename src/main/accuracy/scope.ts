import { UserFault } from '../../shared/errors.ts';
import type { Segment } from '../../shared/model/comparison.ts';
import type { CompareRequest } from '../../shared/model/request.ts';
import { type DayRange, dayRange, instantUs } from './days.ts';
import type { OpenDataset } from './open-dataset.ts';

/** Which rows an analysis sees: SQL text over table `row`, built from numbers only. */
export interface Scope {
  reference: DayRange;
  current: DayRange;
  asOfUs: number;
  /** Predicate for the segment the whole analysis is restricted to; `TRUE` for everything. */
  within: string;
}

export const inRange = (range: DayRange): string => `day BETWEEN ${range.from} AND ${range.to}`;

/** 1 in the current window, 0 in the reference window. Only meaningful under `inEither`. */
export const side = (scope: Scope): string => `(${inRange(scope.current)})::INTEGER`;

export const disjoint = (a: DayRange, b: DayRange): boolean => a.to < b.from || b.to < a.from;

/** Days of either window as one range where they touch: one range is skipped to, two are filtered row by row. */
export function eitherWindow(a: DayRange, b: DayRange): string {
  const gap = disjoint(a, b) && Math.max(a.from, b.from) - Math.min(a.to, b.to) > 1;
  return gap
    ? `(${inRange(a)} OR ${inRange(b)})`
    : inRange({ from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) });
}

export const inEither = (scope: Scope): string => `${eitherWindow(scope.reference, scope.current)} AND ${scope.within}`;

/** A label that had arrived at as-of; without label times every label counts. */
export const labelled = (dataset: OpenDataset, asOfUs: number): string => {
  if (!dataset.hasLabelTimes) return '(label IS NOT NULL)';
  // No label arrived after the last moment the dataset knows of: the narrow column answers alone.
  return asOfUs >= dataset.lastInstantUs ? '(lag IS NOT NULL)' : `(label IS NOT NULL AND label_us <= ${asOfUs})`;
};

/** The rows a comparison is about. */
export async function scopeOf(dataset: OpenDataset, request: CompareRequest): Promise<Scope> {
  const reference = dayRange(request.reference, 'reference');
  const current = dayRange(request.current, 'current');
  if (!disjoint(reference, current)) {
    throw new UserFault(
      `the reference and the current window share days, choose windows that do not overlap: ${request.reference.from}..${request.reference.to} and ${request.current.from}..${request.current.to}`,
    );
  }
  return {
    reference,
    current,
    asOfUs: request.asOf ? instantUs(request.asOf) : dataset.lastInstantUs,
    within: await segmentPredicate(dataset, request.within ?? {}),
  };
}

/** The predicate of a segment, resolved to codes; a value that never occurs is a fault. */
export async function segmentPredicate(dataset: OpenDataset, segment: Segment): Promise<string> {
  const parts: string[] = [];
  for (const [column, value] of Object.entries(segment)) {
    const position = dataset.segments.indexOf(column);
    if (position < 0) throw new UserFault(`not a declared segment column: ${column}`);
    const code = (await dataset.dictionary('segment', position)).indexOf(value);
    if (code < 0) throw new UserFault(`segment column ${column} never has the value: ${value ?? '(missing)'}`);
    parts.push(`s${position} = ${code}`);
  }
  return parts.length > 0 ? `(${parts.join(' AND ')})` : 'TRUE';
}
