import { describe, expect, test } from 'vitest';
import { all, named, type PageElement, readPage, withId } from '../../fixtures/read-page.ts';
import { htmlOf, states } from '../../fixtures/report-states.ts';

const sections = [
  'identity',
  'summary',
  'scope',
  'data',
  'methods',
  'results',
  'cause',
  'checklist',
  'conclusion',
  'limitations',
  'actions',
  'reproduction',
  'evidence',
  'history',
  'integrity',
];

const questions = [
  'What was asked',
  'What was found',
  'How sure',
  'Since when',
  'Where',
  'What kind',
  'Ruled out',
  'Not determined',
  'Not visible here',
  'What to do',
  'How to repeat it',
];

const headingOf = (section: PageElement): PageElement => named(section, 'h2')[0] as PageElement;

describe.each(Object.entries(states))('%s', (_name, input) => {
  const page = readPage(htmlOf(input));

  test('every section is there, in order, and none is empty', () => {
    const found = named(page, 'section');
    expect(found.map((section) => headingOf(section).attributes.id)).toEqual(sections);
    for (const section of found) {
      const said = section.text.replace(headingOf(section).text, '').trim();
      expect(said.length, headingOf(section).text).toBeGreaterThan(40);
    }
  });

  test('page one answers every question', () => {
    const summary = named(page, 'section')[1] as PageElement;
    expect(named(summary, 'dt').map(({ text }) => text)).toEqual(questions);
    for (const answer of named(summary, 'dd')) expect(answer.text.trim().length).toBeGreaterThan(8);
  });

  test('nothing is left blank and nothing slips through unprinted', () => {
    for (const element of named(page, 'td', 'th', 'dd', 'dt', 'li', 'p', 'caption', 'figcaption', 'h3', 'code', 'pre'))
      expect(['', 'null'], `a blank ${element.name}`).not.toContain(element.text.trim());
    const ledgerSays = 'A score of NaN was treated as missing.';
    expect(page.text.replaceAll(ledgerSays, '')).not.toMatch(/undefined|NaN|\[object|Infinity/);
  });

  test('every link leads somewhere, and every place has one name', () => {
    const ids = all(page, ({ attributes }) => attributes.id !== undefined).map(({ attributes }) => attributes.id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const { attributes } of named(page, 'a')) {
      expect(attributes.href).toMatch(/^#./);
      expect(ids).toContain(attributes.href?.slice(1));
    }
    for (const { attributes } of named(page, 'section')) expect(ids).toContain(attributes['aria-labelledby']);
  });

  test('headings descend one step at a time', () => {
    const levels = named(page, 'h1', 'h2', 'h3', 'h4').map(({ name }) => Number(name[1]));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1);
    });
  });

  test('every picture is named and followed by its numbers', () => {
    for (const figure of named(page, 'figure')) {
      const [picture] = named(figure, 'svg');
      expect(picture?.attributes.role).toBe('img');
      expect(picture?.attributes['aria-label']?.trim().length).toBeGreaterThan(3);
      expect(figure.children.findIndex(({ name }) => name === 'details')).toBeGreaterThan(
        figure.children.findIndex(({ name }) => name === 'svg'),
      );
      const numbers = named(figure, 'details')[0] as PageElement;
      expect(named(numbers, 'table').length + Number(numbers.text.includes('nothing to draw'))).toBe(1);
    }
    expect(withId(page, 'fig-series')).toBeDefined();
  });

  test('tables name their columns and rows', () => {
    for (const table of named(page, 'table')) {
      expect(named(table, 'caption')[0]?.text.trim()).not.toBe('');
      const [head, ...body] = named(table, 'tr');
      expect(head?.children.every(({ name, attributes }) => name === 'th' && attributes.scope === 'col')).toBe(true);
      for (const row of body) {
        expect(row.children[0]?.attributes.scope).toBe('row');
        expect(row.children).toHaveLength(head?.children.length ?? 0);
      }
    }
  });
});
