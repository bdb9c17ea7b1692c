/** JSON of other programs: integers beyond 2^53 stay exact as bigint, NaN and Infinity (Python writes them) are numbers. */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

export interface JsonText {
  value: Json;
  /** Paths of keys that occur twice in one object; which of the two was meant nobody can know. */
  duplicates: string[];
}

export class JsonProblem extends Error {}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const deepest = 200;
const numberPattern = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const words: [string, Json][] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

const asNumber = (digits: string): number | bigint => {
  const value = Number(digits);
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
};

/** Throws `JsonProblem` with line and column; reads what `JSON.parse` reads, plus the three words above. */
export const parseForeignJson = (source: string): JsonText => {
  const text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
  const duplicates: string[] = [];
  let at = 0;

  const fail = (): never => {
    const before = text.slice(0, Math.min(at, text.length)).split('\n');
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new JsonProblem(at >= text.length ? `ends too early at ${place}` : `not valid JSON at ${place}`);
  };
  const skip = () => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  };
  const expect = (character: string) => {
    skip();
    if (text[at] !== character) fail();
    at++;
  };
  const string = (): string => {
    const start = at;
    at++;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    if (at >= text.length) fail();
    at++;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      at = start;
      return fail();
    }
  };
  const value = (path: string, depth: number): Json => {
    if (depth > deepest) fail();
    skip();
    const first = text[at];
    if (first === '"') return string();
    if (first === '{') return object(path, depth);
    if (first === '[') return list(path, depth);
    for (const [word, meaning] of words) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    }
    numberPattern.lastIndex = at;
    const [digits] = numberPattern.exec(text) ?? [];
    if (digits === undefined) return fail();
    at += digits.length;
    return asNumber(digits);
  };
  const list = (path: string, depth: number): Json[] => {
    const items: Json[] = [];
    at++;
    skip();
    if (text[at] === ']') {
      at++;
      return items;
    }
    for (;;) {
      items.push(value(`${path}[${items.length}]`, depth + 1));
      skip();
      if (text[at] === ',') at++;
      else {
        expect(']');
        return items;
      }
    }
  };
  const object = (path: string, depth: number): JsonObject => {
    const fields = Object.create(null) as JsonObject;
    at++;
    skip();
    if (text[at] === '}') {
      at++;
      return fields;
    }
    for (;;) {
      skip();
      if (text[at] !== '"') fail();
      const key = string();
      const name = path === '' ? key : `${path}.${key}`;
      expect(':');
      const item = value(name, depth + 1);
      if (key in fields) duplicates.push(name);
      else fields[key] = item;
      skip();
      if (text[at] === ',') at++;
      else {
        expect('}');
        return fields;
      }
    }
  };

  const parsed = value('', 0);
  skip();
  if (at < text.length) fail();
  return { value: parsed, duplicates };
};
