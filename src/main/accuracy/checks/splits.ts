import type { Observation } from '../../../shared/model/checklist.ts';
import type { AccuracyComparison, Explanation, PartitionSplit } from '../../../shared/model/comparison.ts';
import type { CheckFinding } from '../../../shared/model/evidence.ts';
import { pointer, word } from '../../../shared/observation.ts';

/** Partitions that may speak, with their place in the document. */
export const admissible = ({ partitions }: Explanation): { split: PartitionSplit; at: number }[] =>
  partitions.map((split, at) => ({ split, at })).filter(({ split }) => split.admissible);

export const totalOf = ({ mix, relation, unseen }: PartitionSplit): number =>
  (mix.value ?? 0) + (relation.value ?? 0) + (unseen.value ?? 0);

export const excludesZero = ({ low, high }: { low: number | null; high: number | null }): boolean =>
  low !== null && high !== null && (low > 0 || high < 0);

type Term = 'mix' | 'relation' | 'unseen';

const sharesOf = (splits: readonly PartitionSplit[], term: Term): number[] =>
  splits.flatMap((split) => {
    const total = totalOf(split);
    return total === 0 ? [] : [Math.abs((split[term].value ?? 0) / total)];
  });

/** The largest share one term has of the whole change, over the partitions; null without any. */
export const largestShare = (splits: readonly PartitionSplit[], term: Term): number | null => {
  const shares = sharesOf(splits, term);
  return shares.length > 0 ? Math.max(...shares) : null;
};

export const smallestShare = (splits: readonly PartitionSplit[], term: Term): number | null => {
  const shares = sharesOf(splits, term);
  return shares.length > 0 ? Math.min(...shares) : null;
};

export const nothingToSplit = 'no partition of the exported columns is large enough on both sides';

/** What every statement about the kind of change rests on. */
export const kindEvidence = (explanation: Explanation): CheckFinding['evidence'] => [
  { text: 'kind of change', document: 'comparison', pointer: pointer('explanation', 'word') },
  ...admissible(explanation).map(({ split, at }) => ({
    text: `split by ${split.columns.join(' x ')}`,
    document: 'comparison' as const,
    pointer: pointer('explanation', 'partitions', at),
  })),
];

const undecided = 'the comparison is inconclusive, so nobody can tell whether there is anything to explain';

/** The word for the change; unknown as long as it is undecided whether there was one. */
export const kindObserved = ({ explanation, verdict }: AccuracyComparison): Observation =>
  word('kind', explanation.word === 'none' && verdict === 'inconclusive' ? null : explanation.word, undecided);

/** What is said where there is nothing to split. */
export const unsplit = ({ verdict }: AccuracyComparison): string =>
  verdict === 'inconclusive' ? undecided : 'no change beyond the tolerance, so nothing to explain';
