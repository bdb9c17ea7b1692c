import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchor, seen, withNumbers } from '../../../../src/main/reports/markup/anchor.ts';
import { html, joined, nothing, trusted, verbatim } from '../../../../src/main/reports/markup/html.ts';
import { visibleText } from '../../../../src/shared/visible-text.ts';
import { named, type PageElement, readPage } from '../../../fixtures/read-page.ts';

const text = fc.string({ unit: 'binary' });

describe('html', () => {
  test('any text stays text, in content and in attributes', () => {
    fc.assert(
      fc.property(text, text, (content, attribute) => {
        const page = readPage(html`<p title="${attribute}">${content}</p>`.markup);
        const [paragraph] = named(page, 'p') as [PageElement];
        expect(paragraph.text).toBe(visibleText(content));
        expect(paragraph.attributes.title).toBe(visibleText(attribute));
        expect(paragraph.children).toEqual([]);
      }),
    );
  });

  test('markup made here stays markup, lists run together, nothing is nothing', () => {
    expect(html`<b>${[html`<i>${'<'}</i>`, 'a', 1, null, nothing]}</b>`.markup).toBe('<b><i>&lt;</i>a1</b>');
    expect(joined(['<', html`<br>`], ', ').markup).toBe('&lt;, <br>');
    expect(html`${trusted('<hr>')}`.markup).toBe('<hr>');
  });

  test('lines and tabs of a command stay, other control characters are shown', () => {
    expect(verbatim('SELECT 1\r\n\tFROM "a<b>"\u202e').markup).toBe('SELECT 1\n\tFROM &quot;a&lt;b&gt;&quot;‹U+202E›');
  });
});

describe('anchors', () => {
  test('two names never share one', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(anchor('metric', a) === anchor('metric', b)).toBe(a === b);
        expect(anchor('metric', a)).toMatch(/^metric-[\w-]*$/);
      }),
    );
    // What is printed for another character may stand in a name as well.
    expect(anchor('m', '_')).not.toBe(anchor('m', '_5f_'));
  });
});

describe('numbers in a sentence', () => {
  const linked = (sentence: string): string[] =>
    named(readPage(html`<p>${withNumbers(sentence, 'x')}</p>`.markup), 'a').map((link) => link.text);

  test('no word is lost', () => {
    fc.assert(
      fc.property(text, (sentence) => {
        const page = readPage(html`<p>${withNumbers(sentence, 'x')}</p>`.markup);
        // A number may be cut out beside an invisible character, never the character itself.
        expect(page.text).toBe(visibleText(sentence));
      }),
    );
  });

  test.each<[string, string[]]>([
    ['Accuracy fell from 94.1\u202f% to 71.3\u202f%', ['94.1\u202f%', '71.3\u202f%']],
    ['change −0.24\u202fpp, 95 % interval [−0.42, −0.06]\u202fpp', ['−0.24\u202fpp', '95 %', '[−0.42, −0.06]\u202fpp']],
    ['it changed on 2026-04-11, 1\u202f368 rows', ['2026-04-11', '1\u202f368']],
    ['embedding_0 and F1 and v2.1 hold no number', []],
    ['6 of 9 features have PSI above 0.1: a', ['6', '9', '0.1']],
  ])('%s', (sentence, numbers) => {
    expect(linked(sentence)).toEqual(numbers);
  });

  test('a link is named by what it leads from', () => {
    expect(seen('metric-a', '<1').markup).toBe('<a class="seen" href="#metric-a">&lt;1</a>');
  });
});
