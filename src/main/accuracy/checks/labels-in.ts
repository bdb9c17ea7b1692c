import type { AccuracyComparison } from '../../../shared/model/comparison.ts';
import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { flag, observe, pointer, shareOf } from '../../../shared/observation.ts';
import { count, days, percent, points } from '../../../shared/units.ts';
import { isPaceReason } from '../maturity/day-maturity.ts';

/**
 * How unevenly labels are missing now: the largest difference, over bins of the score, between the labelled share of a
 * bin relative to its whole window now and the same before.
 */
const unevenness = ({ labelsByScore, windows }: AccuracyComparison): number | null => {
  const before = shareOf(windows.reference.labelled, windows.reference.predictions);
  const now = shareOf(windows.current.labelled, windows.current.predictions);
  if (!labelsByScore.bins || !before || !now) return null;
  const differences = labelsByScore.bins.flatMap(({ reference, current }) =>
    reference.share === null || current.share === null
      ? []
      : [Math.abs(current.share / now - reference.share / before)],
  );
  return differences.length > 0 ? Math.max(...differences) : null;
};

/** How far the labels of both windows have come, and whether they come at another pace or for other scores than before. */
export const labelsIn: EvidenceProvider = {
  observations: {
    maturityReference: 'number',
    maturityCurrent: 'number',
    currentLabelled: 'number',
    labelledShareChange: 'number',
    provisional: 'flag',
    paceDiffers: 'flag',
    medianDays: 'number',
    scoresKnown: 'flag',
    unevenness: 'number',
  },
  collect: ({ comparison }) => {
    const { reference, current } = comparison.windows;
    const { labelLatency, labelsByScore } = comparison;
    const untimed =
      labelLatency.reason ?? current.reason ?? 'labels carry no time, so nobody can tell how many are missing';
    const timed = current.maturity !== null;
    const uneven = unevenness(comparison);
    const before = shareOf(reference.labelled, reference.predictions);
    const now = shareOf(current.labelled, current.predictions);
    const change = before === null || now === null ? null : now - before;
    return {
      observed: `${count(current.labelled)} of ${count(current.predictions)} current predictions are labelled, maturity ${percent(current.maturity)} now and ${percent(reference.maturity)} before${current.provisional ? ', compared like for like' : ''}`,
      observations: [
        observe('maturityReference', reference.maturity, percent, untimed),
        observe('maturityCurrent', current.maturity, percent, untimed),
        observe('currentLabelled', current.labelled, count),
        observe('labelledShareChange', change, points, 'a window has no predictions'),
        flag('provisional', current.provisional || reference.provisional),
        flag('paceDiffers', timed ? isPaceReason(current.reason) : null, untimed),
        observe('medianDays', labelLatency.medianDays, days, untimed),
        flag('scoresKnown', uneven !== null),
        observe('unevenness', uneven, percent, labelsByScore.reason ?? 'labels by score are not known'),
      ],
      evidence: [
        { text: 'the current window', document: 'comparison', pointer: pointer('windows', 'current') },
        { text: 'the reference window', document: 'comparison', pointer: pointer('windows', 'reference') },
        { text: 'how long labels take', document: 'comparison', pointer: pointer('labelLatency') },
        { text: 'labelled share by score', document: 'comparison', pointer: pointer('labelsByScore') },
      ],
    };
  },
};
