import type { AccuracyComparison, SegmentComparison } from './model/comparison.ts';
import { difference, points, type Unit, unitOf } from './units.ts';

// The words window and report share, so that both say the same of the same number.

/** What each kind of change means, in one line. */
export const kindMeaning: Record<AccuracyComparison['explanation']['word'], string> = {
  mix: 'Other cases arrive than before; within each kind of case the model is as good as it was.',
  relation: 'The same inputs now lead to other outcomes than the model learned.',
  label: 'The outcomes occur in other proportions; the inputs given each outcome look as before.',
  'data-quality': 'The input changed in form: missing, constant or re-scaled values sit where the drop is.',
  undetermined: 'What was exported cannot tell the kinds apart: a conditioning variable is missing.',
  none: 'No change beyond the tolerance, so there is nothing to explain.',
};

export const axisBlindSpot =
  'This axis cannot see the machine: an accelerator that runs at 60 % of its former speed gives the same answers.';

export const toleranceText = (delta: number, unit: Unit): string =>
  `±${(unit === 'share' ? points(delta) : difference(delta)).replace(/^\+/, '')}`;

export const primaryUnit = (comparison: AccuracyComparison): Unit => unitOf(comparison.settings.metric);

/** The segment the verdict is about, when one is. */
export const worstSegment = (comparison: AccuracyComparison): SegmentComparison | null =>
  comparison.segments.find((row) => row.verdict === 'regression' && !row.explainedBy) ?? null;
