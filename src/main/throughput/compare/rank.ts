import type { RankedCause } from '../../../shared/model/throughput-comparison.ts';
import { type StepId, stepIds, stepOf, suspectText } from '../checklist-step.ts';
import type { CauseEvidence, EvidenceFamily } from './evidence.ts';

/** Below this weight nothing is named as a cause: it is a circumstance. */
export const namedFrom = 0.3;

/** Evidence of these explains a lower clock, so that the clock itself is their symptom. */
const explainClock: readonly StepId[] = ['power', 'thermal', 'locks-and-states'];
/** From this weight on an explanation is good enough for that. */
const explains = 0.4;

/** 1 - product of (1 - w): the heaviest of each family, families taken as independent witnesses. */
const combined = (evidence: readonly CauseEvidence[]): number => {
  const heaviest = new Map<EvidenceFamily, number>();
  for (const { family, weight } of evidence) heaviest.set(family, Math.max(weight, heaviest.get(family) ?? 0));
  return 1 - [...heaviest.values()].reduce((product, weight) => product * (1 - weight), 1);
};

/**
 * Suspects, most likely first: evidence is gathered by the step of the checklist that looks into it; inside a family the heaviest counts, families add up as
 * independent witnesses; a lower clock is halved where power, thermal or locks speak for themselves; at equal weight the earlier step goes first.
 * @param scale 0..1, on every weight: how sure it is that there is anything to explain.
 */
export const rankCauses = (evidence: readonly CauseEvidence[], scale: number): RankedCause[] => {
  const raw = new Map(
    stepIds.flatMap((step) => {
      const own = evidence.filter((one) => one.step === step);
      return own.length === 0 ? [] : [[step, { own, weight: combined(own) }] as const];
    }),
  );
  const explained = explainClock.some((step) => (raw.get(step)?.weight ?? 0) >= explains);
  return [...raw]
    .map(([step, { own, weight }]): RankedCause => {
      const symptom = step === 'clock-under-load' && explained ? 0.5 : 1;
      return {
        kind: step,
        text: suspectText(step),
        evidence: own
          .sort((a, b) => b.weight - a.weight)
          .map(({ id, text, weight: alone }) => ({ id, text, weight: alone })),
        weight: Math.round(1e4 * weight * symptom * scale) / 1e4,
        step: stepOf(step),
      };
    })
    .sort((a, b) => b.weight - a.weight || (a.step?.number ?? 0) - (b.step?.number ?? 0));
};
