import type { CheckLine } from '../../../shared/model/checklist.ts';
import { counted, instant } from '../../../shared/units.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { type Content, type Html, html, joined } from '../markup/html.ts';
import { table } from '../markup/table.ts';
import { personText } from '../person-text.ts';
import type { Report, SectionOf } from '../report.ts';
import { statusMark } from '../verdict.ts';
import { entryLink } from './history.ts';

const observed = (report: Report, line: CheckLine): Content => {
  const { collected, answered, status } = line;
  const parts: Html[] = [];
  if (collected) {
    parts.push(html`<p>${collected.observed}</p>`);
    if (collected.rule) parts.push(html`<p><small>rule: ${collected.rule}</small></p>`);
    if (answered && collected.status !== answered.status)
      parts.push(html`<p><small>from evidence: ${collected.status}</small></p>`);
  }
  if (answered) parts.push(html`<p>${personText(report, answered.sentence)}</p>`);
  // What a person said is the reason already.
  if (status === 'NOT DONE' && !answered)
    parts.push(
      html`<p class="unknown">not done: ${line.reason ?? collected?.reason ?? 'nobody has answered it, and the program cannot'}</p>`,
    );
  if (parts.length === 0) parts.push(html`<p class="unknown">unknown: nothing was observed</p>`);
  return html`${parts}`;
};

const decidedBy = (report: Report, { by, answered }: CheckLine): Content => {
  if (by === 'person' && answered) return html`person, ${instant(answered.at)}, ${entryLink(report, answered.seq)}`;
  if (by === 'evidence') return 'evidence, by rule';
  return 'nobody yet';
};

const evidence = ({ collected }: CheckLine): Content => {
  const references = collected?.evidence ?? [];
  return references.length > 0
    ? joined(
        references.map(({ id }) => seen(id, id)),
        ', ',
      )
    : 'none';
};

const phase = (report: Report, id: string, title: string, completedAt: string | null): Html => {
  const lines = report.investigation.checklist.lines.filter(({ item }) => item.phase === id);
  const state = completedAt ? `phase completed ${instant(completedAt)}` : 'phase not marked complete';
  if (lines.length === 0)
    return html`<h3>${title}</h3>
<p>${state}; the checklist has no item here.</p>`;
  return html`<h3>${title}</h3>
${table(
  html`${title}: ${counted(lines.length, 'item')}, ${state}`,
  [
    { title: 'question' },
    { title: 'status' },
    { title: 'expected' },
    { title: 'observed' },
    { title: 'decided by' },
    { title: 'evidence' },
  ],
  lines.map((line) => ({
    id: anchor('check', line.item.id),
    cells: [
      html`${line.item.question}<small>${line.item.killer ? 'killer: a failure makes the later items meaningless. ' : ''}Why: ${line.item.why}</small><small>Source: ${line.item.source}</small>`,
      statusMark(line.status),
      line.item.expected,
      observed(report, line),
      decidedBy(report, line),
      evidence(line),
    ],
  })),
  undefined,
  'checks',
)}`;
};

export const checklist: SectionOf = (report) => {
  const { checklist: list } = report.investigation;
  const counts = (['PASSED', 'WARNED', 'FAILED', 'NOT DONE'] as const).map(
    (status) => `${list.lines.filter((line) => line.status === status).length} ${status}`,
  );
  const known = new Set(list.phases.map(({ id }) => id));
  const others = [...new Set(list.lines.map(({ item }) => item.phase))].filter((id) => !known.has(id));
  return {
    id: 'checklist',
    title: 'Checklist',
    body: html`<p>${list.title}, version ${list.version} (${list.origin}), SHA-256 <code>${list.sha256}</code>: ${counts.join(', ')}.</p>
${
  list.lines.length === 0
    ? html`<p class="unknown">unknown: the checklist has no items</p>`
    : [
        ...list.phases.map(({ id, title, completedAt }) => phase(report, id, title, completedAt)),
        ...others.map((id) => phase(report, id, id, null)),
      ]
}`,
  };
};
