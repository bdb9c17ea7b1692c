import { parseAllDocuments } from 'yaml';
import type { z } from 'zod';
import { UserFault } from '../../shared/errors.ts';
import { Checklist, type ChecklistItem } from '../../shared/model/checklist.ts';
import type { KnownObservations } from '../../shared/model/evidence.ts';
import { parseRule, ruleFault } from './rule.ts';

/** The word that hands an item to a person. */
const person = 'person';

type Issue = z.ZodError['issues'][number];

const documentsOf = (text: string, file: string): unknown[] => {
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  if ('empty' in documents) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error) {
      const reason = error.message
        .split('\n')[0]
        ?.replace(/:$/, '')
        .replace(/^./, (letter) => letter.toLowerCase());
      throw new UserFault(`${file}: not valid YAML, mend it where the parser stopped: ${reason}`);
    }
    const value: unknown = document.toJS({ maxAliasCount: 20 });
    return value === null || value === undefined ? [] : [value];
  });
};

const nameOf = (value: unknown, index: number): string => {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' && id !== '' ? id : `number ${index + 1}`;
};

const nouns: Record<string, string> = { items: 'item', phases: 'phase', symptoms: 'symptom' };

/** `item where, field decide.0.when`, from a path such as `items.3.decide.0.when`. */
const placeOf = (path: readonly PropertyKey[], document: unknown): string => {
  const [list, index, ...field] = path;
  const noun = nouns[String(list)];
  if (noun === undefined || typeof index !== 'number') return path.length > 0 ? `field ${path.join('.')}` : 'the file';
  const entries = (document as Record<string, unknown[]>)[String(list)];
  const place = `${noun} ${nameOf(entries?.[index], index)}`;
  return field.length > 0 ? `${place}, field ${field.join('.')}` : place;
};

const sentenceOf = (issue: Issue, document: unknown): string => {
  const place = placeOf(issue.path, document);
  if (issue.code === 'unrecognized_keys') return `${place}: not known here, remove: ${issue.keys.join(', ')}`;
  const message = issue.message.replace(/^Invalid \w+: /, '').replace(/^Too small: /, '');
  if (/received undefined$/.test(message)) return `${place}: missing, add it`;
  return `${place}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
};

const repeated = (entries: readonly { id: string }[]): string[] => {
  const ids = entries.map(({ id }) => id);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
};

const itemFaults = (item: ChecklistItem, checklist: Checklist, providers: KnownObservations): string[] => {
  const place = `item ${item.id}`;
  const faults: string[] = [];
  const phases = checklist.phases.map(({ id }) => id);
  if (!phases.includes(item.phase)) {
    faults.push(`${place}, field phase: unknown phase, use one of ${phases.join(', ')}: ${item.phase}`);
  }
  const known = checklist.symptoms.map(({ id }) => id);
  for (const symptom of item.symptoms.filter((id) => !known.includes(id))) {
    faults.push(`${place}, field symptoms: unknown symptom, add it to the list of symptoms: ${symptom}`);
  }
  if (item.evidence === person) {
    if (item.decide.length === 0) return faults;
    return [...faults, `${place}, field decide: a person decides this item, remove the rules: ${item.decide.length}`];
  }
  const provider = Object.hasOwn(providers, item.evidence) ? providers[item.evidence] : undefined;
  if (!provider) {
    const names = [person, ...Object.keys(providers).sort()].join(', ');
    return [...faults, `${place}, field evidence: unknown provider, use one of ${names}: ${item.evidence}`];
  }
  if (item.decide.length === 0) {
    faults.push(`${place}, field decide: no rule, so nothing could ever fail, add at least one: ${item.evidence}`);
  }
  item.decide.forEach(({ when }, at) => {
    const fault = faultOfRule(when, provider.observations);
    if (fault) faults.push(`${place}, field decide.${at}.when: ${fault}`);
  });
  return faults;
};

const faultOfRule = (when: string, observations: KnownObservations[string]['observations']): string | null => {
  try {
    return ruleFault(parseRule(when), observations);
  } catch (error) {
    if (error instanceof UserFault) return error.message;
    throw error;
  }
};

/** What does not fit together in a checklist of the right shape, one sentence each. */
const contradictions = (checklist: Checklist, providers: KnownObservations): string[] => {
  const empty = checklist.phases.filter(({ id }) => !checklist.items.some(({ phase }) => phase === id));
  return [
    ...(['phases', 'symptoms', 'items'] as const).flatMap((list) =>
      repeated(checklist[list]).map(
        (id) => `${nouns[list]} ${id}, field id: used more than once, choose another: ${id}`,
      ),
    ),
    ...empty.map(({ id }) => `phase ${id}: has no items, add one or remove the phase: ${id}`),
    ...checklist.items.flatMap((item) => itemFaults(item, checklist, providers)),
  ];
};

const refuse = (file: string, sentences: readonly string[]): void => {
  if (sentences.length === 0) return;
  const faults = sentences.map((sentence) => `${file}: ${sentence}`);
  throw new UserFault(faults.join('; '), { faults });
};

/** The shape of one file; every fault is a sentence that names the file, the item, the field and what to do. */
export const readChecklist = (text: string, file: string): Checklist => {
  const documents = documentsOf(text, file);
  if (documents.length !== 1) throw new UserFault(`${file}: expected one checklist, found: ${documents.length}`);
  const checked = Checklist.safeParse(documents[0]);
  if (checked.success) return checked.data;
  refuse(
    file,
    checked.error.issues.map((issue) => sentenceOf(issue, documents[0])),
  );
  throw new UserFault(`${file}: not a checklist`);
};

/** Throws when phases, items, rules and providers do not fit together. */
export const requireSound = (checklist: Checklist, file: string, providers: KnownObservations): void =>
  refuse(file, contradictions(checklist, providers));

/** The first checklist, followed by the phases, symptoms and items of the others. */
export const joined = ([first, ...others]: readonly [Checklist, ...Checklist[]]): Checklist => {
  const known = new Set(first.symptoms.map(({ id }) => id));
  return {
    ...first,
    phases: [first, ...others].flatMap(({ phases }) => phases),
    // The same symptom may lead into several lists.
    symptoms: [...first.symptoms, ...others.flatMap(({ symptoms }) => symptoms).filter(({ id }) => !known.has(id))],
    items: [first, ...others].flatMap(({ items }) => items),
  };
};

/** Several files as one text that reads back as the same checklist: YAML documents one after another. */
export const joinedText = (texts: readonly string[]): string => texts.join('\n---\n');

/** A checklist as it was stored with an investigation: sound when it was stored, so only its shape is read. */
export const storedChecklist = (text: string): Checklist => {
  const [first, ...others] = documentsOf(text, 'stored checklist').map((document) => Checklist.parse(document));
  if (!first) throw new UserFault('stored checklist is empty');
  return joined([first, ...others]);
};
