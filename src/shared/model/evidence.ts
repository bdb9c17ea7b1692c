import type { Observation } from './checklist.ts';
import type { InvestigationDocuments } from './investigation.ts';

/** What a rule can hold an observation against: numbers by size, words and flags by equality. */
export type ObservationKind = 'number' | 'text' | 'flag';

/** What one evidence provider read in documents `D`, by default those of an accuracy investigation. */
export interface CheckFinding<D = InvestigationDocuments> {
  /** One line with the values, as a person reads it. */
  observed: string;
  observations: Observation[];
  /** Where the values can be seen again. */
  evidence: { text: string; document: keyof D & string; pointer: string }[];
}

/** Reads one automatic item of a checklist off the documents: pure, and blind to the checklist. */
export interface EvidenceProvider<D = InvestigationDocuments> {
  /** Every observation it makes, for the rules of a checklist to use. */
  observations: Readonly<Record<string, ObservationKind>>;
  collect(documents: D): CheckFinding<D>;
}

export type EvidenceProviders<D = InvestigationDocuments> = Readonly<Record<string, EvidenceProvider<D>>>;

/** What the rules of a checklist may ask, by provider. */
export type KnownObservations = Readonly<Record<string, Pick<EvidenceProvider, 'observations'>>>;
