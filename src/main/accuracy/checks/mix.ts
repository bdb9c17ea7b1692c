import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { count, percent } from '../../../shared/units.ts';
import { observe, word } from './observation.ts';
import { admissible, kindEvidence, largestShare, nothingToSplit } from './splits.ts';

/** How much of the change comes from other cases arriving, over several partitions. */
export const mix: EvidenceProvider = {
  observations: { kind: 'text', partitions: 'number', largestMixShare: 'number', largestUnseenShare: 'number' },
  collect: ({ comparison: { explanation } }) => {
    const splits = admissible(explanation).map(({ split }) => split);
    const mixed = largestShare(splits, 'mix');
    const unseen = largestShare(splits, 'unseen');
    return {
      observed:
        explanation.word === 'none'
          ? 'no change beyond the tolerance, so no share of it comes from the mix'
          : `the mix carries at most ${percent(mixed)} of the change over ${count(splits.length)} partitions, cases never seen before ${percent(unseen)}`,
      observations: [
        word('kind', explanation.word),
        observe('partitions', splits.length, count),
        observe('largestMixShare', mixed, percent, nothingToSplit),
        observe('largestUnseenShare', unseen, percent, nothingToSplit),
      ],
      evidence: kindEvidence(explanation),
    };
  },
};
