import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, parseRule, ruleFault } from '../../../../src/main/investigations/rule.ts';
import type { Observation } from '../../../../src/shared/model/checklist.ts';

const seen = (values: Record<string, Observation['value']>): Observation[] =>
  Object.entries(values).map(([name, value]) => ({
    name,
    value,
    text: String(value),
    ...(value === null ? { reason: `${name} is not measurable` } : {}),
  }));

const holds = (rule: string, values: Record<string, Observation['value']>) => evaluate(parseRule(rule), seen(values));

describe('a rule', () => {
  test.each<[string, Record<string, Observation['value']>, boolean]>([
    ['share < 0.5', { share: 0.49 }, true],
    ['share < 0.5', { share: 0.5 }, false],
    ['share <= .5', { share: 0.5 }, true],
    ['share>=1e-3', { share: 0.001 }, true],
    ['share > -2', { share: -3 }, false],
    ['n = 0', { n: 0 }, true],
    ['n != 0', { n: 0 }, false],
    ['kind = mix', { kind: 'mix' }, true],
    ['kind != data-quality', { kind: 'data-quality' }, false],
    ['verdict = "no change"', { verdict: 'no change' }, true],
    ['word = "and"', { word: 'and' }, true],
    ['provisional = true', { provisional: true }, true],
    ['provisional = false', { provisional: true }, false],
    ['a = 1 and b = 1', { a: 1, b: 2 }, false],
    ['a = 1 or b = 1', { a: 2, b: 1 }, true],
    // `and` binds before `or`.
    ['a = 1 or b = 1 and c = 1', { a: 1, b: 0, c: 0 }, true],
    ['a = 1 and b = 1 or c = 1', { a: 0, b: 1, c: 1 }, true],
    ['a = 1 and b = 1 or c = 1', { a: 1, b: 0, c: 0 }, false],
  ])('%s over %j is %s', (rule, values, expected) => {
    expect(holds(rule, values)).toBe(expected);
  });

  test('can ask whether a value is known, and so leave it aside', () => {
    expect(holds('a = unknown', { a: null })).toBe(true);
    expect(holds('a != unknown', { a: null })).toBe(false);
    expect(holds('a = unknown', { a: 0 })).toBe(false);
    expect(holds('a != unknown and a > 1', { a: null })).toBe(false);
    expect(holds('a != unknown and a > 1', { a: 2 })).toBe(true);
    expect(holds('word = "unknown"', { word: 'unknown' })).toBe(true);
    expect(holds('a = unknown', {})).toEqual({ unknown: 'a was not observed' });
  });

  test('is unknown only where the unknown value decides, and says why', () => {
    expect(holds('a < 1', { a: null })).toEqual({ unknown: 'a is not measurable' });
    expect(holds('a < 1', {})).toEqual({ unknown: 'a was not observed' });
    expect(holds('a < 1 and b = 1', { a: null, b: 0 })).toBe(false);
    expect(holds('a < 1 and b = 1', { a: null, b: 1 })).toEqual({ unknown: 'a is not measurable' });
    expect(holds('a < 1 or b = 1', { a: null, b: 1 })).toBe(true);
    expect(holds('b = 1 or a < 1', { a: null, b: 0 })).toEqual({ unknown: 'a is not measurable' });
  });

  test('means what the same conditions mean in a programming language', () => {
    const number = fc.integer({ min: -3, max: 3 });
    const condition = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      operator: fc.constantFrom('<', '<=', '>', '>=', '=', '!='),
      literal: number,
    });
    const apply = (value: number, operator: string, literal: number) =>
      ({
        '<': value < literal,
        '<=': value <= literal,
        '>': value > literal,
        '>=': value >= literal,
        '=': value === literal,
      })[operator] ?? value !== literal;
    fc.assert(
      fc.property(
        fc.array(fc.array(condition, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        fc.record({ a: number, b: number, c: number }),
        (anyOf, values) => {
          const text = anyOf
            .map((all) => all.map(({ name, operator, literal }) => `${name} ${operator} ${literal}`).join(' and '))
            .join(' or ');
          const expected = anyOf.some((all) =>
            all.every(({ name, operator, literal }) => apply(values[name as 'a'], operator, literal)),
          );
          expect(holds(text, values)).toBe(expected);
        },
      ),
    );
  });

  test.each([
    ['', /^expected the name of an observation: end of rule$/],
    ['   ', /^expected the name of an observation: end of rule$/],
    ['share', /^expected one of < <= > >= = != after share: end of rule$/],
    ['share <', /^expected a number or a word after share <: end of rule$/],
    ['share == 1', /^expected a number or a word after share =: =$/],
    ['0.5 < share', /^expected the name of an observation: 0.5$/],
    ['share < 0.5 and', /^expected the name of an observation: end of rule$/],
    ['share < 0.5 xor b = 1', /^expected and, or, or the end of the rule .*: xor$/],
    ['verdict = no change', /words of several parts need quotes\): change$/],
    ['(a < 1)', /^cannot be read from here on: \(a < 1\)$/],
    ['share < 5%', /^cannot be read from here on: %$/],
    ['a = "open', /^cannot be read from here on: "open$/],
    ['process.exit(1) = 1', /^cannot be read from here on: \.exit/],
    ['a = and', /^expected a number or a word after a =: and$/],
  ])('that cannot be read says where: %s', (text, sentence) => {
    expect(() => parseRule(text)).toThrow(sentence);
  });

  test('any text is read or refused in one sentence, and never runs', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(parseRule(text).anyOf.length).toBeGreaterThan(0);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('BAD_INPUT');
        }
      }),
    );
  });

  test.each([
    ['share < unknown', /^unknown goes with = or != only: share <$/],
    ['lost = 1', /^unknown observation, known are kind, share, sure: lost$/],
    ['share = mix', /^share is compared with a number only: mix$/],
    ['kind = 3', /^kind is compared with a word only: 3$/],
    ['sure = yes', /^sure is compared with true or false only: yes$/],
    ['kind < mix', /^kind is compared with = or != only: <$/],
  ])('that its observations can never answer is refused: %s', (rule, sentence) => {
    expect(ruleFault(parseRule(rule), { share: 'number', kind: 'text', sure: 'flag' })).toMatch(sentence);
  });

  test('that they can answer is accepted', () => {
    expect(
      ruleFault(parseRule('share < 1 and kind = mix or sure = true'), { share: 'number', kind: 'text', sure: 'flag' }),
    ).toBeNull();
  });
});
