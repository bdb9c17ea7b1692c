import type { Observation } from './checklist.ts';
import type { InvestigationDocuments } from './investigation.ts';

/** What a rule can hold an observation against: numbers by size, words and flags by equality. */
export type ObservationKind = 'number' | 'text' | 'flag';

/** What one evidence provider read in the documents of an investigation. */
export interface CheckFinding {
  /** One line with the values, as a person reads it. */
  observed: string;
  observations: Observation[];
  /** Where the values can be seen again. */
  evidence: { text: string; document: keyof InvestigationDocuments; pointer: string }[];
}

/** Reads one automatic item of a checklist off the documents: pure, and blind to the checklist. */
export interface EvidenceProvider {
  /** Every observation it makes, for the rules of a checklist to use. */
  observations: Readonly<Record<string, ObservationKind>>;
  collect(documents: InvestigationDocuments): CheckFinding;
}

export type EvidenceProviders = Readonly<Record<string, EvidenceProvider>>;
