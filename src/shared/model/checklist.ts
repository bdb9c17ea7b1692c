import { z } from 'zod';

/** NOT DONE always stands beside a reason. */
export const CheckStatus = z.enum(['PASSED', 'WARNED', 'FAILED', 'NOT DONE']);
export type CheckStatus = z.infer<typeof CheckStatus>;

/** `when` compares named observations with numbers or words (`matchRate < 0.5 and orphans > 0`); the first rule that holds decides. */
const CheckRule = z.strictObject({ when: z.string().min(1), status: CheckStatus });

const words = z.string().min(1);
const itemId = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case words joined by hyphens');

export const ChecklistItem = z.strictObject({
  id: itemId,
  phase: itemId,
  question: words,
  why: words,
  /** The id of an evidence provider, or `person`. */
  evidence: words,
  expected: words,
  /** Automatic items: rules in order; none holds means PASSED. Unknown observations mean NOT DONE. */
  decide: z.array(CheckRule).default([]),
  remedy: words,
  source: words,
  /** A failed killer makes the later items meaningless until it is mended. */
  killer: z.boolean().default(false),
  /** Symptoms that lead straight here. */
  symptoms: z.array(itemId).default([]),
});
export type ChecklistItem = z.infer<typeof ChecklistItem>;

export const Checklist = z.strictObject({
  id: itemId,
  version: z.number().int().min(1),
  axis: z.enum(['accuracy', 'throughput']),
  title: words,
  phases: z.array(z.strictObject({ id: itemId, title: words })).min(1),
  symptoms: z.array(z.strictObject({ id: itemId, title: words })).default([]),
  items: z.array(ChecklistItem).min(1),
});
export type Checklist = z.infer<typeof Checklist>;

/** One value an evidence provider read, by a name that rules can use. */
export const Observation = z.object({
  name: z.string(),
  value: z.union([z.number(), z.string(), z.boolean()]).nullable(),
  /** As a person reads it, with unit. */
  text: z.string(),
  reason: z.string().optional(),
});
export type Observation = z.infer<typeof Observation>;

/** Where a value can be seen again: a JSON pointer into an artefact. */
export const EvidenceReference = z.object({
  /** `E` and a number, unique in the investigation. */
  id: z.string(),
  text: z.string(),
  artifact: z.string(),
  pointer: z.string(),
});
export type EvidenceReference = z.infer<typeof EvidenceReference>;

/** What the program found for one item. */
export const CollectedCheck = z.object({
  item: z.string(),
  status: CheckStatus,
  observed: z.string(),
  observations: z.array(Observation),
  /** The rule that decided, with the thresholds used. */
  rule: z.string(),
  evidence: z.array(EvidenceReference),
  reason: z.string().optional(),
});
export type CollectedCheck = z.infer<typeof CollectedCheck>;

/** The same beside what the checklist asks, for a document that stands on its own. */
export const CheckedItem = CollectedCheck.extend({
  question: z.string(),
  expected: z.string(),
  remedy: z.string(),
});
export type CheckedItem = z.infer<typeof CheckedItem>;

/** What a person decided for one item; it wins over what was collected, and both are shown. */
export const AnsweredCheck = z.object({
  item: z.string(),
  status: CheckStatus,
  sentence: z.string().min(1),
  at: z.string(),
  seq: z.number(),
});
export type AnsweredCheck = z.infer<typeof AnsweredCheck>;

/** One line of an investigation's checklist. */
export const CheckLine = z.object({
  item: ChecklistItem,
  status: CheckStatus,
  /** Who decided; null: nobody yet. */
  by: z.enum(['evidence', 'person']).nullable(),
  collected: CollectedCheck.nullable(),
  answered: AnsweredCheck.nullable(),
  /** Why it is NOT DONE, else absent. */
  reason: z.string().optional(),
});
export type CheckLine = z.infer<typeof CheckLine>;
