import { anchor, seen } from './markup/anchor.ts';
import { type Content, type Html, html } from './markup/html.ts';
import type { Report } from './report.ts';

/** What a person wrote, word for word; names of evidence in it lead to the evidence, `checklist, serving` to that item. */
const line = (report: Report, text: string): Html => {
  const known = new Set(report.evidence.map(({ id }) => id));
  const items = new Set(report.investigation.checklist.lines.map(({ item }) => `checklist, ${item.id}`));
  const parts: Content[] = text.split(/\b(E\d+|checklist, [a-z][a-z0-9-]*)\b/).map((part, index) => {
    if (index % 2 === 1 && known.has(part)) return seen(part, part);
    if (index % 2 === 1 && items.has(part)) return seen(anchor('check', part.slice('checklist, '.length)), part);
    return part;
  });
  return html`${parts}`;
};

export const personText = (report: Report, text: string): Html => {
  const lines = text.split(/\r?\n/).filter((part) => part.trim() !== '');
  if (lines.length === 0) return html`<span class="unknown">unknown: nothing was written</span>`;
  const [only] = lines;
  if (lines.length === 1 && only !== undefined) return html`<q>${line(report, only)}</q>`;
  return html`<span class="quote">${lines.map((part) => html`<span>${line(report, part)}</span>`)}</span>`;
};
