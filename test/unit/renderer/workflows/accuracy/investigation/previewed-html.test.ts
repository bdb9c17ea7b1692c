import { expect, test } from 'vitest';
import { build } from '../../../../../../src/main/reports/build.ts';
import { previewedHtml } from '../../../../../../src/renderer/workflows/accuracy/investigation/previewed-html.ts';
import {
  documentsExample,
  historyExample,
  investigationExample,
  statementsExample,
} from '../../../../../fixtures/investigation-example.ts';

test('styles carry the nonce, attributes become rules, links stay in the frame', () => {
  const page =
    '<html><head><style>p{}</style></head><body><p class="a" style="color: red; font-family: &quot;X&quot;">style="b"</p><p style="color: red; font-family: &quot;X&quot;"></p><a href="#end">end</a><a href="https://example.org/#x">out</a></body></html>';
  expect(previewedHtml(page, 'n1')).toBe(
    '<html><head><style nonce="n1">p{}</style><style nonce="n1">[data-styled="0"]{color: red; font-family: "X"}</style></head><body><p class="a" data-styled="0">style="b"</p><p data-styled="0"></p><a href="about:srcdoc#end">end</a><a href="https://example.org/#x">out</a></body></html>',
  );
});

test('a real report keeps its words', () => {
  const { html } = build({
    investigation: investigationExample,
    documents: documentsExample,
    statements: statementsExample,
    history: historyExample,
    producer: { version: '0.1.0' },
  });
  const shown = previewedHtml(html, 'n1');
  const words = (text: string) => text.replace(/<style[\s\S]*?<\/style>/g, '').replace(/<[^>]*>/g, '');
  expect(words(shown)).toBe(words(html));
  expect(shown).not.toMatch(/<[a-z][^<>]*\sstyle="/i);
  expect(shown).not.toMatch(/<style(?! nonce="n1")/);
});
