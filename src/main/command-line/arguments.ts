import type { ZodType } from 'zod';
import { UserFault } from '../../shared/errors.ts';
import type { Segment } from '../../shared/model/comparison.ts';
import { CompareRequest, SeriesRequest } from '../../shared/model/request.ts';
import { isDay, type WindowRange } from '../../shared/model/window.ts';

export interface CompareOptions {
  reference: string;
  current: string;
  asOf?: string;
  metric?: string;
  within?: string[];
  delta?: string;
  minCell?: string;
  depth?: string;
  seed?: string;
}

export interface SeriesOptions {
  reference: string;
  chunk: string;
  asOf?: string;
  metric?: string;
  within?: string[];
  seed?: string;
}

/** `FROM..TO`, both days included. */
export const parseWindow = (option: string, text: string): WindowRange => {
  const [from = '', to, ...rest] = text.split('..');
  if (to === undefined || rest.length > 0) {
    throw new UserFault(`${option} takes two days, such as 2026-03-01..2026-03-28: ${text}`);
  }
  for (const day of [from, to]) if (!isDay(day)) throw new UserFault(`${option} names no day of the calendar: ${day}`);
  if (to < from) throw new UserFault(`${option} ends before it begins: ${text}`);
  return { from, to };
};

const instant = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** A day or an instant; what it means in the zone of the dataset is decided where the dataset is known. */
export const parseInstant = (option: string, text: string): string => {
  const [, day = '', hour = '0', minute = '0', second = '0'] = instant.exec(text) ?? [];
  if (!isDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw new UserFault(`${option} takes a day or an instant, such as 2026-03-01T12:00:00Z: ${text}`);
  }
  return text;
};

const parseNumber = (option: string, text: string): number => {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) throw new UserFault(`${option} takes a number: ${text}`);
  return Number(text);
};

const optionOf = (field: string): string => `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The request, held against its schema; the first thing wrong names its option. */
export const accepted = <T>(schema: ZodType<T>, request: Record<string, unknown>): T => {
  const result = schema.safeParse(request);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = String(issue?.path[0] ?? '');
  const reason = (issue?.message ?? 'not accepted').replace(/^Invalid \w+: /, '').replace(/^Too (\w+): /, 'too $1, ');
  throw new UserFault(`${optionOf(field)} is not accepted, ${reason}: ${String(request[field])}`);
};

export const numbers = (options: Record<string, string | undefined>): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const [field, text] of Object.entries(options)) {
    if (text !== undefined) found[field] = parseNumber(optionOf(field), text);
  }
  return found;
};

/** `COLUMN=VALUE`; a column alone means its missing value. */
const parseSegment = (pairs: readonly string[]): Segment =>
  Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, null] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );

const shared = ({ asOf, metric, within }: { asOf?: string; metric?: string; within?: string[] }) => ({
  ...(asOf === undefined ? {} : { asOf: parseInstant('--as-of', asOf) }),
  ...(metric === undefined ? {} : { metric }),
  ...(within === undefined ? {} : { within: parseSegment(within) }),
});

export const compareRequest = (dataset: string, options: CompareOptions): CompareRequest =>
  accepted(CompareRequest, {
    dataset,
    reference: parseWindow('--reference', options.reference),
    current: parseWindow('--current', options.current),
    ...shared(options),
    ...numbers({ delta: options.delta, minCell: options.minCell, depth: options.depth, seed: options.seed }),
  });

export const seriesRequest = (dataset: string, options: SeriesOptions): SeriesRequest =>
  accepted(SeriesRequest, {
    dataset,
    reference: parseWindow('--reference', options.reference),
    chunk: options.chunk,
    ...shared(options),
    ...numbers({ seed: options.seed }),
  });
