import type { StepId } from '../checklist-step.ts';

/** Where a piece of evidence comes from: pieces of one family that point to one step do not add up, families do. */
export type EvidenceFamily = 'runs' | 'fingerprint' | 'telemetry' | 'signature' | 'cycles' | 'outputs' | 'shape';

/** One observation that points to a step of the checklist. */
export interface CauseEvidence {
  step: StepId;
  family: EvidenceFamily;
  /** Unique in a comparison, and the same for the same observation: `telemetry.thermal-counter`. */
  id: string;
  /** With the numbers, and the threshold used. */
  text: string;
  /** How much this alone would make one look at the step first, 0..1. Defaults of ours: docs/decisions/0016. */
  weight: number;
}
