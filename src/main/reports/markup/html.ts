import { visibleText } from '../../../shared/visible-text.ts';

/** Markup that was written here; everything else that reaches a page is text and is escaped. */
export interface Html {
  readonly markup: string;
}

export type Content = Html | string | number | null | readonly Content[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] as string);

/** Text from data as it may stand in a page: no markup, and no character that hides, breaks or reorders a line. */
export const safeText = (text: string): string => escaped(visibleText(text));

const markupOf = (content: Content): string => {
  if (content === null) return '';
  if (typeof content === 'string') return safeText(content);
  if (typeof content === 'number') return safeText(String(content));
  if (Array.isArray(content)) return content.map(markupOf).join('');
  return (content as Html).markup;
};

/** Markup with values in it. Values are text unless they are markup made by this same tag. */
export const html = (parts: TemplateStringsArray, ...values: Content[]): Html => ({
  markup: parts.reduce((text, part, index) => text + markupOf(values[index - 1] ?? null) + part),
});

export const nothing: Html = { markup: '' };

/** Only for markup made elsewhere by this program: styles and pictures. */
export const trusted = (markup: string): Html => ({ markup });

export const joined = (items: readonly Content[], between: Content): Html => ({
  markup: items.map(markupOf).join(markupOf(between)),
});

/** Several lines as they are, for commands and SQL: line breaks and tabs stay, everything else as in `safeText`. */
export const verbatim = (text: string): Html => ({
  markup: text
    .split(/\r?\n/)
    .map((line) => line.split('\t').map(safeText).join('\t'))
    .join('\n'),
});
