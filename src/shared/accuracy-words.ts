import type { AccuracyComparison, SegmentComparison } from './model/comparison.ts';
import type { AccuracyCause } from './model/investigation.ts';
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

/** Which item of the built-in checklist looks at which cause; the causes that are missing are a matter of the whole. */
export const causeItem: Partial<Record<AccuracyCause, string>> = {
  'wrong-files': 'right-files',
  'late-labels': 'labels-in',
  label: 'outcomes',
  'data-quality': 'data-quality',
  'version-change': 'versions',
  'serving-change': 'serving',
  'score-scale': 'score-scale',
  mix: 'mix',
  relation: 'relation',
  selection: 'selection',
};

/** The closed list of causes as a conclusion names them. */
export const causeTitle: Record<AccuracyCause, string> = {
  relation: 'The relation changed: the same inputs lead to other outcomes',
  mix: 'The mix moved: other cases arrive',
  label: 'The outcomes moved: other proportions of the labels',
  'data-quality': 'Faulty input data',
  'version-change': 'A model or provider version changed',
  'serving-change': 'The way the model is served changed',
  'score-scale': 'The scale of the scores or the threshold moved',
  'wrong-files': 'The wrong or incomplete files',
  'late-labels': 'Labels that had not arrived yet',
  selection: 'Only some cases get a label',
  'no-change': 'No change',
  undetermined: 'Undetermined',
};
