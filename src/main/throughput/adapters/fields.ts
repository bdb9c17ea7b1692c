import { isObject, type Json, type JsonObject } from './foreign-json.ts';
import { type ResultFile, refusal } from './result-file.ts';

/** One object of a result file, read field by field: what is not there or of another type is refused by its path. */
export interface Fields {
  raw: JsonObject;
  has(key: string): boolean;
  text(key: string): string;
  number(key: string): number;
  list(key: string): Json[];
  child(key: string): Fields;
  children(key: string): Fields[];
  /** Null where the field is absent, null, empty or of another type. */
  maybeText(key: string): string | null;
  /** Null where the field is absent, null, not finite or not a number; digits in quotes are numbers. */
  maybeNumber(key: string): number | null;
  maybeChild(key: string): Fields | null;
}

export const asNumber = (value: Json | undefined): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(value)) {
    const number = Number(value);
    return Number.isFinite(number) ? number : null;
  }
  return null;
};

const asText = (value: Json | undefined): string | null => {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
};

export const fieldsOf = (file: ResultFile, value: Json | undefined, path = ''): Fields => {
  if (!isObject(value)) {
    throw refusal(file, `expected an object at ${path || 'the top'}, export the file again`);
  }
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const missing = (key: string, kind: string) =>
    refusal(file, `field ${at(key)} is ${value[key] === undefined ? 'missing' : `not ${kind}`}, export the file again`);
  const list = (key: string): Json[] => {
    const items = value[key];
    if (!Array.isArray(items)) throw missing(key, 'a list');
    return items;
  };
  return {
    raw: value,
    has: (key) => value[key] !== undefined && value[key] !== null,
    text: (key) => {
      const text = asText(value[key]);
      if (text === null) throw missing(key, 'text');
      return text;
    },
    number: (key) => {
      const number = asNumber(value[key]);
      if (number === null) throw missing(key, 'a finite number');
      return number;
    },
    list,
    child: (key) => {
      if (!isObject(value[key])) throw missing(key, 'an object');
      return fieldsOf(file, value[key], at(key));
    },
    children: (key) => list(key).map((item, index) => fieldsOf(file, item, `${at(key)}[${index}]`)),
    maybeText: (key) => asText(value[key]),
    maybeNumber: (key) => asNumber(value[key]),
    maybeChild: (key) => (isObject(value[key]) ? fieldsOf(file, value[key], at(key)) : null),
  };
};

/** The fields that are there and scalar, bigints as their digits: for definitions and fingerprints. */
export const scalars = (source: JsonObject, keys: readonly string[]): Record<string, string | number | boolean> =>
  Object.fromEntries(
    keys.flatMap((key): [string, string | number | boolean][] => {
      const value = source[key];
      if (typeof value === 'bigint') return [[key, value.toString()]];
      if (typeof value === 'number') return Number.isFinite(value) ? [[key, value]] : [];
      return typeof value === 'boolean' || (typeof value === 'string' && value !== '') ? [[key, value]] : [];
    }),
  );

/** bigints as digits, not finite numbers as null, so that the definition can be hashed. */
export const plain = (part: Json | undefined): unknown => {
  if (typeof part === 'bigint') return part.toString();
  if (typeof part === 'number') return asNumber(part);
  if (Array.isArray(part)) return part.map(plain);
  return isObject(part) ? Object.fromEntries(Object.entries(part).map(([key, value]) => [key, plain(value)])) : part;
};

/** Any value as words for a sentence, a name or a parameter. */
export const printed = (value: Json | undefined): string => {
  if (typeof value === 'object' && value !== null) return JSON.stringify(plain(value));
  return String(value);
};
