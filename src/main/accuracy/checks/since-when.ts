import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { flag, observe, pointer, word } from '../../../shared/observation.ts';
import { segmentText } from '../../../shared/segment-text.ts';
import { count, dayRange } from '../../../shared/units.ts';

const dayMs = 86_400_000;

/** Why there is no such day. */
const without = {
  regression: 'no single day separates before from after',
  inconclusive: 'the comparison is inconclusive, so no beginning was looked for',
  'no change': 'nothing began',
  improvement: 'nothing became worse',
};

/** The day on which the metric took its new level, and between which days it may lie. */
export const sinceWhen: EvidenceProvider = {
  observations: {
    onsetKnown: 'flag',
    firstBadDay: 'text',
    uncertainDays: 'number',
    insideReference: 'flag',
    verdict: 'text',
  },
  collect: ({ comparison }) => {
    const { onset, verdict, windows } = comparison;
    const none = without[verdict];
    const sought = onset !== null || verdict !== 'inconclusive';
    const spread = onset ? (Date.parse(onset.high) - Date.parse(onset.low)) / dayMs : null;
    const inside = onset ? onset.date <= windows.reference.to && onset.date > windows.reference.from : null;
    return {
      observed: onset
        ? `since ${onset.date} (${dayRange(onset.low, onset.high)}) in ${segmentText(onset.segment)}`
        : `no change point: ${none}`,
      observations: [
        flag('onsetKnown', sought ? onset !== null : null, none),
        word('firstBadDay', onset?.date ?? null, none),
        observe('uncertainDays', spread, count, none),
        flag('insideReference', inside, none),
        word('verdict', verdict),
      ],
      evidence: [
        { text: 'the change point', document: 'comparison', pointer: pointer('onset') },
        { text: 'the verdict', document: 'comparison', pointer: pointer('verdict') },
        { text: 'the metric over time', document: 'series', pointer: pointer('chunks') },
      ],
    };
  },
};
