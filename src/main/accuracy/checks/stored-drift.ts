import type { FeatureDrift } from '../../../shared/model/drift.ts';
import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import type { AccuracySeries } from '../../../shared/model/series.ts';
import { observe, pointer, word } from '../../../shared/observation.ts';
import { count, decimal } from '../../../shared/units.ts';

const sizeOf = (drift: FeatureDrift | undefined): number | null => drift?.psi ?? drift?.js ?? null;

const sizes = (
  { chunks }: AccuracySeries,
  feature: string,
  inside: (chunk: AccuracySeries['chunks'][number]) => boolean,
) => chunks.filter(inside).flatMap((chunk) => sizeOf(chunk.featureDrift[feature]) ?? []);

/** Features whose every chunk of the current window lies above every chunk of the reference. */
const beyondHistory = (series: AccuracySeries, features: readonly FeatureDrift[], from: string, to: string): number =>
  features.filter(({ feature }) => {
    const before = sizes(series, feature, ({ period }) => period === 'reference');
    const now = sizes(series, feature, (chunk) => chunk.from >= from && chunk.to <= to);
    return before.length > 0 && now.length > 0 && Math.min(...now) > Math.max(...before);
  }).length;

/** Which inputs moved, in the worst segment where there is one, against their own history: stored for debugging. */
export const storedDrift: EvidenceProvider = {
  observations: {
    features: 'number',
    largest: 'text',
    largestPsi: 'number',
    beyondHistory: 'number',
    verdict: 'text',
  },
  collect: ({ comparison, series, segmentSeries }) => {
    const { featureDrift, windows, verdict } = comparison;
    const none = 'no feature was exported';
    const ranked = featureDrift
      .map((drift, at) => ({ drift, at, size: sizeOf(drift) ?? -1 }))
      .sort((a, b) => b.size - a.size || a.at - b.at);
    const top = ranked[0];
    const size = top && top.size >= 0 ? top.size : null;
    const watched = segmentSeries ?? series;
    const beyond = beyondHistory(watched, featureDrift, windows.current.from, windows.current.to);
    return {
      observed: top
        ? `${top.drift.feature} moved most (PSI ${decimal(size)}), ${count(beyond)} of ${count(featureDrift.length)} features beyond their own history`
        : none,
      observations: [
        observe('features', featureDrift.length, count),
        word('largest', top?.drift.feature ?? null, none),
        observe('largestPsi', size, decimal, top?.drift.reason ?? none),
        observe('beyondHistory', beyond, count),
        word('verdict', verdict),
      ],
      evidence: [
        top
          ? { text: `drift of ${top.drift.feature}`, document: 'comparison', pointer: pointer('featureDrift', top.at) }
          : { text: 'drift of the features', document: 'comparison', pointer: pointer('featureDrift') },
        segmentSeries
          ? { text: 'drift over time in the segment', document: 'segmentSeries', pointer: pointer('chunks') }
          : { text: 'drift over time', document: 'series', pointer: pointer('chunks') },
      ],
    };
  },
};
