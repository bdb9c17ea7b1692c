import { worstSegment } from '../../../shared/accuracy-words.ts';
import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { observe, pointer, word } from '../../../shared/observation.ts';
import { segmentText } from '../../../shared/segment-text.ts';
import { count, decimal, estimateChange, pValue, unitOf } from '../../../shared/units.ts';

/** Which segments fell on their own, out of how many that were looked at. */
export const where: EvidenceProvider = {
  observations: {
    fallen: 'number',
    worst: 'text',
    worstChange: 'number',
    worstP: 'number',
    worstContribution: 'number',
    examined: 'number',
    tested: 'number',
    notEnoughData: 'number',
  },
  collect: ({ comparison }) => {
    const { segments, segmentSearch, settings } = comparison;
    const fallen = segments.filter(({ verdict, explainedBy }) => verdict === 'regression' && !explainedBy);
    const worst = worstSegment(comparison);
    const unit = unitOf(settings.metric);
    const none = 'no segment fell on its own';
    const searched = `${count(segmentSearch.tested)} of ${count(segmentSearch.examined)} segments tested, ${count(segmentSearch.notEnoughData)} with not enough data`;
    return {
      observed: worst
        ? `${segmentText(worst.segment)} changed by ${estimateChange(worst.change, unit)}, adjusted ${pValue(worst.pAdjusted)}; ${searched}`
        : `${none}; ${searched}`,
      observations: [
        observe('fallen', fallen.length, count),
        word('worst', worst ? segmentText(worst.segment) : null, none),
        observe('worstChange', worst?.change.value ?? null, () => estimateChange(worst!.change, unit), none),
        observe('worstP', worst?.pAdjusted ?? null, pValue, none),
        observe('worstContribution', worst?.contribution ?? null, decimal, none),
        observe('examined', segmentSearch.examined, count),
        observe('tested', segmentSearch.tested, count),
        observe('notEnoughData', segmentSearch.notEnoughData, count),
      ],
      evidence: [
        ...fallen.map((line) => ({
          text: segmentText(line.segment),
          document: 'comparison' as const,
          pointer: pointer('segments', segments.indexOf(line)),
        })),
        { text: 'the search for segments', document: 'comparison', pointer: pointer('segmentSearch') },
      ],
    };
  },
};
