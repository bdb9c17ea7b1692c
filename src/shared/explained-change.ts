import type { WaterfallData } from './charts/decomposition-waterfall.ts';
import type { AccuracyComparison, PartitionSplit } from './model/comparison.ts';
import { segmentText } from './segment-text.ts';
import { unitOf } from './units.ts';

/**
 * The partition shown first: for a change of mix the one that leaves least to explain, which is why the word was chosen;
 * otherwise the first admissible one.
 */
export const statedPartition = ({ word, partitions }: AccuracyComparison['explanation']): PartitionSplit | null => {
  const admissible = partitions.filter((split) => split.admissible);
  const first = admissible[0] ?? partitions[0] ?? null;
  if (word !== 'mix') return first;
  const left = (split: PartitionSplit) => Math.abs(split.relation.value ?? Number.POSITIVE_INFINITY);
  return (
    admissible.reduce<PartitionSplit | null>(
      (best, split) => (!best || left(split) < left(best) ? split : best),
      null,
    ) ?? first
  );
};

/** The metric of the rows explained: of everything, or of the segment the explanation is about. */
const explainedSides = ({ explanation, metrics, segments, settings }: AccuracyComparison) =>
  Object.keys(explanation.scope).length === 0
    ? metrics[settings.metric]
    : segments.find(({ segment }) => segmentText(segment) === segmentText(explanation.scope));

/** The change as steps over one partition, or null where nothing was taken apart. */
export const waterfallOf = (
  comparison: AccuracyComparison,
  split: PartitionSplit | null = statedPartition(comparison.explanation),
): WaterfallData | null => {
  const sides = explainedSides(comparison);
  const { metric } = comparison.settings;
  return split && sides
    ? {
        reference: sides.reference,
        current: sides.current,
        split,
        partitions: comparison.explanation.partitions,
        higherIsBetter: comparison.metrics[metric]?.higherIsBetter ?? null,
        unit: unitOf(metric),
      }
    : null;
};
