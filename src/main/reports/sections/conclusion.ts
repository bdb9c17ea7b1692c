import { causeTitle } from '../../../shared/accuracy-words.ts';
import { counted, instant } from '../../../shared/units.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { html, joined } from '../markup/html.ts';
import { facts, list } from '../markup/table.ts';
import { openCauses } from '../open-causes.ts';
import { personText } from '../person-text.ts';
import { notDone, type SectionOf } from '../report.ts';

export const conclusion: SectionOf = (report) => {
  const { conclusion: written, checklist } = report.investigation;
  const title = 'Conclusion';
  if (!written) {
    const open = notDone(report);
    const phases = checklist.phases.filter(({ completedAt }) => completedAt === null);
    return {
      id: 'conclusion',
      title,
      body: html`<p><strong>No conclusion was written.</strong> Missing are:</p>
${list([
  'a cause from the closed list, and whether it is confirmed or probable',
  'the first failure and the impact, in a person’s words',
  'the alternatives ruled out, each with its evidence',
  'what would change the verdict, the actions, and when to reopen',
  ...(open.length > 0
    ? [
        html`answers to ${counted(open.length, 'check')}: ${joined(
          open.map(({ item }) => seen(anchor('check', item.id), item.id)),
          ', ',
        )}`,
      ]
    : []),
  ...(phases.length > 0
    ? [`the mark “complete” on ${counted(phases.length, 'phase')}: ${phases.map((phase) => phase.title).join(', ')}`]
    : []),
])}`,
    };
  }
  const open = openCauses(report);
  return {
    id: 'conclusion',
    title,
    body: html`<p>Written by a person, recorded ${instant(written.at)}.</p>
${facts([
  ['cause', html`<strong>${causeTitle[written.cause]}</strong> (${written.cause})`],
  [
    'certainty',
    written.certainty === 'confirmed'
      ? html`confirmed: ${personText(report, written.confirmedBy)}`
      : 'probable: not confirmed by replay, revert or shadow run',
  ],
  ['first failure', personText(report, written.firstFailure)],
  ['impact', personText(report, written.impact)],
  [
    'ruled out',
    written.ruledOut.length > 0
      ? list(
          written.ruledOut.map(
            ({ cause, because }) => html`<strong>${causeTitle[cause]}</strong>: ${personText(report, because)}`,
          ),
        )
      : 'no alternative was named; what the program set aside stands under cause analysis',
  ],
  ['left open', open.length > 0 ? list(open) : 'none: every other cause of the list was ruled out'],
  ['what would change it', personText(report, written.wouldChange)],
])}`,
  };
};

export const actions: SectionOf = (report) => {
  const { conclusion: written, checklist } = report.investigation;
  const asking = checklist.lines.filter(({ status }) => status === 'FAILED' || status === 'WARNED');
  const remedies =
    asking.length > 0
      ? html`<p>What the checklist advises for items that failed or warned:</p>
${list(asking.map(({ item, status }) => html`${seen(anchor('check', item.id), item.id)} (${status}): ${item.remedy}`))}`
      : html`<p>No item of the checklist failed or warned, so it advises nothing.</p>`;
  return {
    id: 'actions',
    title: 'Actions, and when to reopen',
    body: html`${facts([
      [
        'actions',
        written
          ? personText(report, written.actions)
          : html`<span class="unknown">unknown: no conclusion was written</span>`,
      ],
      [
        'reopen when',
        written
          ? personText(report, written.reopenWhen)
          : html`<span class="unknown">unknown: no conclusion was written</span>`,
      ],
    ])}${remedies}`,
  };
};
