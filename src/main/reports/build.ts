import { canonicalJson } from '../../shared/canonical-json.ts';
import { page } from './page.ts';
import { type ReportInput, reportOf, type SectionOf } from './report.ts';
import { cause } from './sections/cause.ts';
import { checklist } from './sections/checklist.ts';
import { actions, conclusion } from './sections/conclusion.ts';
import { data } from './sections/data.ts';
import { evidence } from './sections/evidence.ts';
import { history } from './sections/history.ts';
import { identity } from './sections/identity.ts';
import { integrity } from './sections/integrity.ts';
import { limitations } from './sections/limitations.ts';
import { methodsSection } from './sections/methods.ts';
import { reproduction } from './sections/reproduction.ts';
import { results } from './sections/results.ts';
import { scope } from './sections/scope.ts';
import { summary } from './sections/summary.ts';

export interface ReportFiles {
  html: string;
  json: string;
}

const pageOne: SectionOf[] = [identity, summary];

const following: SectionOf[] = [
  scope,
  data,
  methodsSection,
  results,
  cause,
  checklist,
  conclusion,
  limitations,
  actions,
  reproduction,
  evidence,
  history,
  integrity,
];

/** The content as data. Keys of single rows stay in the artifact: a report holds statistics only. */
const documentOf = ({ investigation, documents, statements, history: lines, producer }: ReportInput) => ({
  schema: 'driftbench/report@1',
  producer: { name: 'driftbench', version: producer.version },
  investigation,
  documents: {
    ...documents,
    comparison: {
      ...documents.comparison,
      ledger: { ...documents.comparison.ledger, examples: {} },
    },
  },
  statements,
  history: lines,
});

/** The report of an investigation: one HTML file that needs nothing else, and the same content as canonical JSON. */
export const build = (input: ReportInput): ReportFiles => {
  const report = reportOf(input);
  const sections = (list: readonly SectionOf[]) => list.map((section) => section(report));
  return {
    html: page(report, sections(pageOne), sections(following)).markup,
    json: `${canonicalJson(documentOf(input))}\n`,
  };
};
