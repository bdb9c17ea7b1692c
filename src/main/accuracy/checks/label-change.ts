import type { AccuracyComparison } from '../../../shared/model/comparison.ts';
import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { flag, observe, pointer, shareOf, word } from '../../../shared/observation.ts';
import { percent, points } from '../../../shared/units.ts';

/** Share of positive outcomes in both windows, from the bins of the score; only binary tasks have one. */
const outcomeRates = ({ reliability }: AccuracyComparison): { reference: number; current: number } | null => {
  if (reliability.of !== 'score of the positive class' || !reliability.bins) return null;
  const rate = (side: 'reference' | 'current'): number | null => {
    const bins = reliability.bins?.map((bin) => bin[side]) ?? [];
    return shareOf(
      bins.reduce((sum, { n, observed }) => sum + n * (observed.value ?? 0), 0),
      bins.reduce((sum, { n }) => sum + n, 0),
    );
  };
  const [reference, current] = [rate('reference'), rate('current')];
  return reference === null || current === null ? null : { reference, current };
};

/** Whether the truth itself was defined or collected differently: outcomes that jump while the predictions stay, or labels that are revised. */
export const labelChange: EvidenceProvider = {
  observations: {
    revisionRate: 'number',
    outcomeRateKnown: 'flag',
    outcomeRateShift: 'number',
    predictionsMoved: 'flag',
    kind: 'text',
  },
  collect: ({ comparison }) => {
    const { ledger, predictionDrift, explanation } = comparison;
    const revised = shareOf(ledger.conflictingLabels, ledger.matchedLabels);
    const rates = outcomeRates(comparison);
    const shift = rates && Math.abs(rates.current - rates.reference);
    const outcomes = rates
      ? `positive outcomes ${percent(rates.reference)} before and ${percent(rates.current)} now`
      : 'share of outcomes not measured';
    const moved = predictionDrift.exceeds;
    return {
      observed: `${percent(revised, 2)} of labels were revised, ${outcomes}, predictions ${moved === null ? 'not measurable' : moved ? 'moved' : 'did not move'}`,
      observations: [
        observe('revisionRate', revised, (share) => percent(share, 2), 'no label has a prediction'),
        flag('outcomeRateKnown', rates !== null),
        observe('outcomeRateShift', shift, points, 'only binary tasks with scores have one rate of outcomes'),
        flag('predictionsMoved', moved, predictionDrift.reason),
        word('kind', explanation.word),
      ],
      evidence: [
        { text: 'ids with several labels', document: 'comparison', pointer: pointer('ledger', 'conflictingLabels') },
        { text: 'drift of the predictions', document: 'comparison', pointer: pointer('predictionDrift') },
        { text: 'outcomes by score', document: 'comparison', pointer: pointer('reliability') },
        { text: 'kind of change', document: 'comparison', pointer: pointer('explanation', 'word') },
      ],
    };
  },
};
