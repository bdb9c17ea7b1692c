import { type Content, type Html, html } from './html.ts';

/** A name that may stand in `id` and `href`: other characters become their code points, so that two names never meet. */
export const anchor = (kind: string, name: string | number): string =>
  `${kind}-${String(name).replace(/[^A-Za-z0-9-]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`)}`;

/** A value that leads to where it can be seen again. */
export const seen = (at: string, what: Content): Html => html`<a class="seen" href="#${at}">${what}</a>`;

const numberToken =
  /\[[^\][]*\d[^\][]*\][\u202f ]?(?:%|pp)?|(?<![\p{L}\p{N}_.#-])[−+±-]?\d+(?:[\u202f .,:T-]?\d+)*(?:[\u202f ]?(?:%|pp|points))?(?![\p{L}\p{N}_])/gu;

/** A sentence of the program with each of its numbers leading to `at`. */
export const withNumbers = (sentence: string, at: string): Html => {
  const parts: Content[] = [];
  let end = 0;
  for (const match of sentence.matchAll(numberToken)) {
    parts.push(sentence.slice(end, match.index), seen(at, match[0]));
    end = match.index + match[0].length;
  }
  return html`${[...parts, sentence.slice(end)]}`;
};
