import type { Checklist, ChecklistItem, CollectedCheck } from '../../shared/model/checklist.ts';
import type { CheckFinding, EvidenceProviders } from '../../shared/model/evidence.ts';
import { evaluate, parseRule } from './rule.ts';

/**
 * What the program can answer of a checklist: one result per automatic item, evidence numbered from E1 on.
 * @param attachments the artefact of each document; null where there is none to point into.
 */
export const collectChecks = <D>(
  checklist: Checklist,
  providers: EvidenceProviders<D>,
  documents: D,
  attachments: { readonly [K in keyof D & string]: string | null },
): CollectedCheck[] => {
  let numbered = 0;
  return checklist.items.flatMap((item) => {
    const provider = providers[item.evidence];
    if (!provider) return [];
    const finding = provider.collect(documents);
    const evidence = finding.evidence.flatMap(({ text, document, pointer }) => {
      const artifact = attachments[document];
      return artifact === null ? [] : [{ id: `E${++numbered}`, text, artifact, pointer }];
    });
    const { observed, observations } = finding;
    return [{ item: item.id, observed, observations, evidence, ...decide(item, finding, evidence.length) }];
  });
};

type Decision = Pick<CollectedCheck, 'status' | 'rule' | 'reason'>;

/** The first rule that holds decides; one that cannot be told ends the search, as it might have held. */
const decide = (
  item: ChecklistItem,
  { observations }: Pick<CheckFinding, 'observations'>,
  evidence: number,
): Decision => {
  if (evidence === 0) return { status: 'NOT DONE', rule: '', reason: 'no evidence was found to decide on' };
  for (const { when, status } of item.decide) {
    const truth = evaluate(parseRule(when), observations);
    if (truth === true) return withReason(status, when);
    if (truth !== false) return { status: 'NOT DONE', rule: when, reason: truth.unknown };
  }
  return { status: 'PASSED', rule: `none holds: ${item.decide.map(({ when }) => when).join('; ')}` };
};

const withReason = (status: Decision['status'], when: string): Decision =>
  status === 'NOT DONE' ? { status, rule: when, reason: `rule holds: ${when}` } : { status, rule: when };
