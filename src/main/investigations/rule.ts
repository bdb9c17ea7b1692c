import { UserFault } from '../../shared/errors.ts';
import type { Observation } from '../../shared/model/checklist.ts';
import type { ObservationKind } from '../../shared/model/evidence.ts';

type Literal = number | string | boolean;

interface Condition {
  name: string;
  operator: '<' | '<=' | '>' | '>=' | '=' | '!=';
  /** Null: the word `unknown`, which asks whether there is a value at all. */
  literal: Literal | null;
}

/** One of these holds when all of its conditions do; `and` binds before `or`, there are no brackets. */
export interface Rule {
  text: string;
  anyOf: Condition[][];
}

/** True, false, or the reason why nobody can tell. */
export type Truth = true | false | { unknown: string };

const token =
  /\s*(?:(<=|>=|!=|<|>|=)|"([^"]*)"|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))|([A-Za-z][\w-]*))/y;

type Token = { kind: 'operator' | 'quoted' | 'number' | 'word'; text: string };

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new UserFault(`cannot be read from here on: ${text.slice(from).trim()}`);
    const [, operator, quoted, number, word] = match;
    if (operator !== undefined) tokens.push({ kind: 'operator', text: operator });
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else tokens.push({ kind: 'word', text: word as string });
  }
  return tokens;
};

const literalOf = ({ kind, text }: Token): Literal | null => {
  if (kind === 'number') return Number(text);
  if (kind === 'word' && text === 'unknown') return null;
  if (kind === 'word' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
};

/** Reads `name op value (and|or name op value)*`; the fault says what was expected where. */
export const parseRule = (text: string): Rule => {
  const tokens = tokensOf(text);
  const anyOf: Condition[][] = [[]];
  for (let at = 0; ; at += 4) {
    const [name, operator, literal, link] = tokens.slice(at, at + 4);
    if (name?.kind !== 'word' || name.text === 'and' || name.text === 'or') {
      throw new UserFault(`expected the name of an observation: ${name?.text ?? 'end of rule'}`);
    }
    if (operator?.kind !== 'operator') {
      throw new UserFault(`expected one of < <= > >= = != after ${name.text}: ${operator?.text ?? 'end of rule'}`);
    }
    if (!literal || literal.kind === 'operator' || /^(and|or)$/.test(literal.kind === 'word' ? literal.text : '')) {
      throw new UserFault(
        `expected a number or a word after ${name.text} ${operator.text}: ${literal?.text ?? 'end of rule'}`,
      );
    }
    anyOf.at(-1)?.push({
      name: name.text,
      operator: operator.text as Condition['operator'],
      literal: literalOf(literal),
    });
    if (!link) return { text: text.trim(), anyOf };
    if (link.kind !== 'word' || (link.text !== 'and' && link.text !== 'or')) {
      throw new UserFault(
        `expected and, or, or the end of the rule (words of several parts need quotes): ${link.text}`,
      );
    }
    if (link.text === 'or') anyOf.push([]);
  }
};

const kindOf = (literal: Literal): ObservationKind =>
  typeof literal === 'number' ? 'number' : typeof literal === 'boolean' ? 'flag' : 'text';

const kindWords: Record<ObservationKind, string> = { number: 'a number', text: 'a word', flag: 'true or false' };

/** The first thing in a rule that its observations can never answer, as one sentence; null when there is none. */
export const ruleFault = (rule: Rule, observations: Readonly<Record<string, ObservationKind>>): string | null => {
  for (const { name, operator, literal } of rule.anyOf.flat()) {
    const kind = observations[name];
    if (kind === undefined) {
      return `unknown observation, known are ${Object.keys(observations).sort().join(', ')}: ${name}`;
    }
    const byEquality = operator === '=' || operator === '!=';
    if (literal === null) {
      if (!byEquality) return `unknown goes with = or != only: ${name} ${operator}`;
      continue;
    }
    if (kind !== kindOf(literal)) return `${name} is compared with ${kindWords[kind]} only: ${String(literal)}`;
    if (kind !== 'number' && !byEquality) {
      return `${name} is compared with = or != only: ${operator}`;
    }
  }
  return null;
};

const compare = (value: Literal, operator: Condition['operator'], literal: Literal): boolean => {
  if (operator === '=') return value === literal;
  if (operator === '!=') return value !== literal;
  if (operator === '<') return value < literal;
  if (operator === '<=') return value <= literal;
  return operator === '>' ? value > literal : value >= literal;
};

/** Whether the rule holds; a condition on an unknown value is unknown, and so is what depends on it. */
export const evaluate = (rule: Rule, observations: readonly Observation[]): Truth => {
  const values = new Map(observations.map((observation) => [observation.name, observation]));
  let unknown: Truth | null = null;
  for (const conditions of rule.anyOf) {
    const truths = conditions.map(({ name, operator, literal }): Truth => {
      const found = values.get(name);
      if (!found) return { unknown: `${name} was not observed` };
      if (literal === null) return (found.value === null) === (operator === '=');
      if (found.value === null) return { unknown: found.reason ?? `${name} is unknown` };
      return compare(found.value, operator, literal);
    });
    if (truths.every((truth) => truth === true)) return true;
    if (!truths.includes(false)) unknown ??= truths.find((truth) => typeof truth === 'object') ?? null;
  }
  return unknown ?? false;
};
