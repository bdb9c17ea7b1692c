import type { Explanation, PartitionSplit } from '../../../shared/model/comparison.ts';
import type { CheckFinding } from '../../../shared/model/evidence.ts';
import { pointer } from './observation.ts';

/** Partitions that may speak, with their place in the document. */
export const admissible = ({ partitions }: Explanation): { split: PartitionSplit; at: number }[] =>
  partitions.map((split, at) => ({ split, at })).filter(({ split }) => split.admissible);

export const totalOf = ({ mix, relation, unseen }: PartitionSplit): number =>
  (mix.value ?? 0) + (relation.value ?? 0) + (unseen.value ?? 0);

export const excludesZero = ({ low, high }: { low: number | null; high: number | null }): boolean =>
  low !== null && high !== null && (low > 0 || high < 0);

/** The largest share one term has of the whole change, over the partitions; null without any. */
export const largestShare = (splits: readonly PartitionSplit[], term: 'mix' | 'relation' | 'unseen'): number | null => {
  const shares = splits.flatMap((split) => {
    const total = totalOf(split);
    return total === 0 ? [] : [Math.abs((split[term].value ?? 0) / total)];
  });
  return shares.length > 0 ? Math.max(...shares) : null;
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
