import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { observe } from '../../../shared/observation.ts';
import { count, percent } from '../../../shared/units.ts';
import { admissible, kindEvidence, kindObserved, largestShare, nothingToSplit, unsplit } from './splits.ts';

/** How much of the change comes from other cases arriving, over several partitions. */
export const mix: EvidenceProvider = {
  observations: { kind: 'text', partitions: 'number', largestMixShare: 'number', largestUnseenShare: 'number' },
  collect: ({ comparison }) => {
    const { explanation } = comparison;
    const splits = admissible(explanation).map(({ split }) => split);
    const mixed = largestShare(splits, 'mix');
    const unseen = largestShare(splits, 'unseen');
    return {
      observed:
        explanation.word === 'none'
          ? unsplit(comparison)
          : `the mix carries at most ${percent(mixed)} of the change over ${count(splits.length)} partitions, cases never seen before ${percent(unseen)}`,
      observations: [
        kindObserved(comparison),
        observe('partitions', splits.length, count),
        observe('largestMixShare', mixed, percent, nothingToSplit),
        observe('largestUnseenShare', unseen, percent, nothingToSplit),
      ],
      evidence: kindEvidence(explanation),
    };
  },
};
