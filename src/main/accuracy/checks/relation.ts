import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { count, percent } from '../../../shared/units.ts';
import { flag, observe, word } from './observation.ts';
import { admissible, excludesZero, kindEvidence, largestShare, nothingToSplit } from './splits.ts';

/** Whether the same inputs are answered worse: the relation term, its interval and its sign over the partitions. */
export const relation: EvidenceProvider = {
  observations: {
    kind: 'text',
    partitions: 'number',
    sure: 'number',
    signStable: 'flag',
    largestRelationShare: 'number',
  },
  collect: ({ comparison: { explanation } }) => {
    const splits = admissible(explanation).map(({ split }) => split);
    const sure = splits.filter((split) => excludesZero(split.relation)).length;
    const signs = new Set(splits.map((split) => Math.sign(split.relation.value ?? 0)));
    const share = largestShare(splits, 'relation');
    return {
      observed:
        explanation.word === 'none'
          ? 'no change beyond the tolerance, so nothing is left for the relation'
          : `the relation term excludes 0 in ${count(sure)} of ${count(splits.length)} partitions and carries up to ${percent(share)} of the change`,
      observations: [
        word('kind', explanation.word),
        observe('partitions', splits.length, count),
        observe('sure', sure, count),
        flag('signStable', splits.length > 0 ? signs.size === 1 : null, nothingToSplit),
        observe('largestRelationShare', share, percent, nothingToSplit),
      ],
      evidence: kindEvidence(explanation),
    };
  },
};
