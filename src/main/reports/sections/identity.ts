import { instant } from '../../../shared/units.ts';
import { anchor, seen } from '../markup/anchor.ts';
import { html } from '../markup/html.ts';
import { facts } from '../markup/table.ts';
import type { SectionOf } from '../report.ts';

export const selfAttested = 'Times are self-attested: no time-stamp token is attached.';

/** What this document is about and which state of it is printed. */
export const identity: SectionOf = ({ investigation, comparison, producer }) => {
  const { checklist, dataset, conclusion } = investigation;
  return {
    id: 'identity',
    title: 'Identity and control',
    body: facts(
      [
        ['investigation', html`<code>${investigation.id}</code>, accuracy axis`],
        ['opened', instant(investigation.openedAt)],
        [
          'state',
          conclusion
            ? html`${seen('conclusion', 'concluded')} ${instant(conclusion.at)}`
            : html`open, ${seen('conclusion', 'no conclusion was written')}`,
        ],
        ['labels as of', instant(comparison.asOf)],
        ['made with', `Driftbench ${producer.version}`],
        ['checklist', html`${checklist.id} version ${checklist.version}, ${checklist.origin}`],
        ['dataset', html`${dataset.name} (<code>${dataset.id}</code>)`],
        ['times', selfAttested],
        ['dataset SHA-256', html`<code>${dataset.sha256}</code>`],
        ['checklist SHA-256', html`<code>${checklist.sha256}</code>`],
        [
          'log head',
          html`entry ${seen(anchor('entry', investigation.seq), investigation.seq)}, <code>${investigation.head}</code>`,
        ],
      ],
      'facts grid',
    ),
  };
};
