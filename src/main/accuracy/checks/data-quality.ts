import type { FeatureDrift } from '../../../shared/model/drift.ts';
import type { CheckFinding, EvidenceProvider } from '../../../shared/model/evidence.ts';
import { observe, pointer, word } from '../../../shared/observation.ts';
import { segmentText } from '../../../shared/segment-text.ts';
import { count, counted, decimal, percent, points } from '../../../shared/units.ts';

const largestRise = (features: readonly FeatureDrift[]): number =>
  features.reduce(
    (best, { nullShareChange }, at) => ((nullShareChange ?? 0) > (features[best]?.nullShareChange ?? 0) ? at : best),
    0,
  );

/** Missing values come as shares; what became constant or another unit, in the unit of the feature. */
const size = (kind: string, value: number): string => (kind.includes('missing') ? percent(value) : decimal(value));

/** Missing, constant and re-scaled inputs, new categories, and where they are. */
export const dataQuality: EvidenceProvider = {
  observations: {
    kind: 'text',
    faults: 'number',
    largestNullRise: 'number',
    newCategoryFeatures: 'number',
  },
  collect: ({ comparison }): CheckFinding => {
    const { explanation, featureDrift } = comparison;
    const { faults } = explanation;
    const at = largestRise(featureDrift);
    const risen = featureDrift[at];
    const rise = risen ? (risen.nullShareChange ?? 0) : null;
    const fresh = featureDrift.filter(({ newCategories }) => (newCategories?.length ?? 0) > 0);
    const named = faults.map(
      ({ feature, kind, segment, reference, current }) =>
        `${feature} ${kind} in ${segmentText(segment)}, ${size(kind, reference)} before and ${size(kind, current)} now`,
    );
    const ofNulls =
      rise === null ? 'no features' : `largest rise of missing values ${points(rise)} (${risen?.feature})`;
    return {
      observed:
        faults.length > 0
          ? named.join('; ')
          : explanation.word === 'none'
            ? ofNulls
            : `no fault coincides with the change, ${ofNulls}`,
      observations: [
        word('kind', explanation.word),
        observe('faults', faults.length, (n) => counted(n, 'fault')),
        observe('largestNullRise', rise, points, 'no feature was exported'),
        observe('newCategoryFeatures', fresh.length, count),
      ],
      evidence: [
        ...faults.map((fault, index) => ({
          text: `${fault.feature}: ${fault.kind}`,
          document: 'comparison' as const,
          pointer: pointer('explanation', 'faults', index),
        })),
        ...(faults.length === 0
          ? [{ text: 'faults found', document: 'comparison' as const, pointer: pointer('explanation', 'faults') }]
          : []),
        ...(risen
          ? [
              {
                text: `missing values of ${risen.feature}`,
                document: 'comparison' as const,
                pointer: pointer('featureDrift', at, 'nullShareChange'),
              },
            ]
          : []),
      ],
    };
  },
};
