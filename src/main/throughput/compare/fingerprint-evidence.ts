import { type StepId, stepIds } from '../checklist-step.ts';
import type { FieldDifference } from '../fingerprint/difference.ts';
import type { CauseEvidence } from './evidence.ts';

/** A field that differs was there when it got slower; that is a circumstance, so it weighs less than a reading. */
const weights: Partial<Record<StepId, number>> = {
  validity: 0.9,
  'co-tenants': 0.75,
  power: 0.6,
  pcie: 0.6,
  faults: 0.6,
  partitioning: 0.6,
  'memory-health': 0.5,
  'locks-and-states': 0.45,
  software: 0.35,
  unit: 0.35,
  host: 0.3,
  'what-changed': 0.2,
};

const isStep = (id: string): id is StepId => (stepIds as string[]).includes(id);

const weightOf = ({ field, candidate }: FieldDifference, step: StepId): number => {
  if (field === 'gpu_memory_used_mib') return 0.4;
  // The candidate ran alone: company of the baseline makes it no slower.
  if (field === 'co_tenants' && candidate === 'none') return 0.1;
  return weights[step] ?? 0.2;
};

/** What the difference of the fingerprints points to: its suspects, each at the step that looks into it. */
export const fingerprintEvidence = (differences: readonly FieldDifference[]): CauseEvidence[] =>
  differences.flatMap((difference): CauseEvidence[] => {
    const { field, suspect, step, reason } = difference;
    if (!suspect || !step || !isStep(step.id)) return [];
    const evidence = { step: step.id, family: 'fingerprint', id: `fingerprint.${field}` } as const;
    return [{ ...evidence, text: `${field}: ${reason}`, weight: weightOf(difference, step.id) }];
  });
