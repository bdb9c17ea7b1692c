import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { flag, observe, pointer, shareOf } from '../../../shared/observation.ts';
import { percent } from '../../../shared/units.ts';
import { admissible, kindEvidence, kindObserved, totalOf, unsplit } from './splits.ts';

/** Whether splitting by the outcome first leaves less unexplained than splitting by the inputs. */
export const outcomes: EvidenceProvider = {
  observations: {
    kind: 'text',
    labelFirstKnown: 'flag',
    labelFirstResidual: 'number',
    inputFirstResidual: 'number',
    labelFirstBetter: 'flag',
  },
  collect: ({ comparison }) => {
    const { explanation } = comparison;
    const first = explanation.labelFirst?.admissible ? explanation.labelFirst : null;
    const unknown = explanation.labelFirst?.reason ?? 'the change was not split by the outcome';
    const residual = first && shareOf(Math.abs(first.relation.value ?? 0), Math.abs(totalOf(first)));
    const residuals = admissible(explanation).flatMap(
      ({ split }) => shareOf(Math.abs(split.relation.value ?? 0), Math.abs(totalOf(split))) ?? [],
    );
    const inputs = residuals.length > 0 ? Math.min(...residuals) : null;
    const better = residual === null || inputs === null ? null : residual < inputs;
    return {
      observed:
        explanation.word === 'none'
          ? unsplit(comparison)
          : first
            ? `split by the outcome ${percent(residual)} of the change stays unexplained, split by the inputs at least ${percent(inputs)}`
            : `the split by the outcome cannot be made: ${unknown}`,
      observations: [
        kindObserved(comparison),
        flag('labelFirstKnown', better !== null),
        observe('labelFirstResidual', residual, percent, unknown),
        observe('inputFirstResidual', inputs, percent, 'no partition of the inputs may speak'),
        flag('labelFirstBetter', better, unknown),
      ],
      evidence: [
        ...kindEvidence(explanation),
        { text: 'split by the outcome', document: 'comparison', pointer: pointer('explanation', 'labelFirst') },
      ],
    };
  },
};
