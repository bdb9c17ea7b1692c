import { seen } from './markup/anchor.ts';
import { type Content, type Html, html } from './markup/html.ts';
import type { Report } from './report.ts';

/** What a person wrote, word for word; names of evidence in it lead to the evidence. */
const line = (report: Report, text: string): Html => {
  const known = new Set(report.evidence.map(({ id }) => id));
  const parts: Content[] = text
    .split(/\b(E\d+)\b/)
    .map((part, index) => (index % 2 === 1 && known.has(part) ? seen(part, part) : part));
  return html`${parts}`;
};

export const personText = (report: Report, text: string): Html => {
  const lines = text.split(/\r?\n/).filter((part) => part.trim() !== '');
  if (lines.length === 0) return html`<span class="unknown">unknown: nothing was written</span>`;
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return html`<q>${line(report, only)}</q>`;
  return html`<span class="quote">${lines.map((part) => html`<span>${line(report, part)}</span>`)}</span>`;
};
