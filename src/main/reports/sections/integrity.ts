import { anchor, seen } from '../markup/anchor.ts';
import { html } from '../markup/html.ts';
import { list } from '../markup/table.ts';
import type { SectionOf } from '../report.ts';
import { selfAttested } from './identity.ts';

export const integrity: SectionOf = ({ investigation, producer }) => ({
  id: 'integrity',
  title: 'Provenance and integrity',
  body: html`${list([
    html`The log is a chain: the hash of an entry is the SHA-256 of the hash before it and of the entry as canonical JSON. This report rests on entry ${seen(anchor('entry', investigation.seq), investigation.seq)}, <code>${investigation.head}</code>; no earlier entry can change without changing that hash.`,
    html`Every artifact is named by the SHA-256 of its bytes, and ${seen('artifacts', 'listed')}; every piece of evidence is a place inside one of them.`,
    `The report is a pure function of the investigation up to that entry: built again by Driftbench ${producer.version}, it has the same bytes. The JSON file beside it carries the same content as data.`,
    `${selfAttested} The clock is the one of the machine that recorded each entry.`,
    'This file is not sealed: whoever holds it can change it. Compare it with a copy built again from the workspace, or with the hashes you were given.',
    'It supports evidence for incident records and for the monitoring of a deployed model. It does not state that anything complies with a standard or a law.',
  ])}`,
});
