import type { Observation } from './model/checklist.ts';

type Value = NonNullable<Observation['value']>;

/** A value by the name rules use, with its text; an unknown one carries the reason why nobody can tell. */
export const observe = <T extends Value>(
  name: string,
  value: T | null,
  text: (value: T) => string,
  reason = 'not measurable',
): Observation => (value === null ? { name, value, text: 'unknown', reason } : { name, value, text: text(value) });

export const flag = (name: string, value: boolean | null, reason?: string): Observation =>
  observe(name, value, (holds) => (holds ? 'yes' : 'no'), reason);

export const word = (name: string, value: string | null, reason?: string): Observation =>
  observe(name, value, (text) => text, reason);

/** A JSON pointer (RFC 6901) to a place in a document. */
export const pointer = (...path: (string | number)[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A part of a whole, null when there is no whole. */
export const shareOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
