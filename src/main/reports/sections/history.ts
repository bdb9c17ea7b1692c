import { counted } from '../../../shared/units.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Html, html } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import type { Report, SectionOf } from '../report.ts';

/** An entry by its number, leading to its line where the history has it. */
export const entryLink = ({ history: lines }: Report, seq: number): Html =>
  html`entry ${lines.some((line) => line.seq === seq) ? seen(anchor('entry', seq), seq) : seq}`;

export const history: SectionOf = ({ history: lines, investigation }) => {
  const present = new Set(lines.map(({ seq }) => seq));
  return {
    id: 'history',
    title: 'Change history',
    body:
      lines.length === 0
        ? html`<p id="${anchor('entry', investigation.seq)}" class="unknown">unknown: the log of this investigation was not handed to the report</p>`
        : html`<p>Every entry of the log up to number ${seen(anchor('entry', investigation.seq), investigation.seq)}. Nothing is removed: what was taken back is struck and names the entry that did it.</p>
${present.has(investigation.seq) ? '' : html`<p id="${anchor('entry', investigation.seq)}">Entry ${investigation.seq}, hash <code>${investigation.head}</code>, is not among the lines below.</p>`}
${table(
  `The log: ${counted(lines.length, 'entry', 'entries')}, oldest first`,
  [
    { title: 'entry', number: true },
    { title: 'at' },
    { title: 'kind' },
    { title: 'what' },
    { title: 'SHA-256', wide: true },
  ],
  lines.map(({ seq, at, kind, text, hash, revertedBy }) => ({
    id: anchor('entry', seq),
    quiet: revertedBy !== null,
    cells: [
      seq,
      html`<span class="whole">${at}</span>`,
      kind,
      revertedBy === null
        ? text
        : html`<del>${text}</del><small>taken back by entry ${present.has(revertedBy) ? seen(anchor('entry', revertedBy), revertedBy) : revertedBy}</small>`,
      html`<code>${hash}</code>`,
    ],
  })),
)}`,
  };
};
