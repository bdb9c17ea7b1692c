import type { EvidenceProvider } from '../../../shared/model/evidence.ts';
import { flag, observe } from '../../../shared/observation.ts';
import { count, percent } from '../../../shared/units.ts';
import {
  admissible,
  excludesZero,
  kindEvidence,
  kindObserved,
  largestShare,
  nothingToSplit,
  smallestShare,
  unsplit,
} from './splits.ts';

/** Whether the same inputs are answered worse: the relation term, its interval and its sign over the partitions. */
export const relation: EvidenceProvider = {
  observations: {
    kind: 'text',
    partitions: 'number',
    sure: 'number',
    signStable: 'flag',
    largestRelationShare: 'number',
    smallestRelationShare: 'number',
  },
  collect: ({ comparison }) => {
    const { explanation } = comparison;
    const splits = admissible(explanation).map(({ split }) => split);
    const sure = splits.filter((split) => excludesZero(split.relation)).length;
    const signs = new Set(splits.map((split) => Math.sign(split.relation.value ?? 0)));
    const share = largestShare(splits, 'relation');
    const left = smallestShare(splits, 'relation');
    return {
      observed:
        explanation.word === 'none'
          ? unsplit(comparison)
          : `the relation term excludes 0 in ${count(sure)} of ${count(splits.length)} partitions; the partition that explains most leaves ${percent(left)} of the change to it`,
      observations: [
        kindObserved(comparison),
        observe('partitions', splits.length, count),
        observe('sure', sure, count),
        flag('signStable', splits.length > 0 ? signs.size === 1 : null, nothingToSplit),
        observe('largestRelationShare', share, percent, nothingToSplit),
        observe('smallestRelationShare', left, percent, nothingToSplit),
      ],
      evidence: kindEvidence(explanation),
    };
  },
};
