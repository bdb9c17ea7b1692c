import { primaryUnit, toleranceText } from '../../../../shared/accuracy-words.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { AccuracyCause, Investigation } from '../../../../shared/model/investigation.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import { metricName } from '../../../../shared/units.ts';

interface Advice {
  /** What is usually done about it. */
  actions: string;
  /** What evidence would speak against it. */
  wouldChange: string;
}

/** A beginning to be corrected, never an answer. */
const advice: Record<AccuracyCause, Advice> = {
  relation: {
    actions: 'Collect new labels for the affected cases and train again; until then route them to people.',
    wouldChange:
      'A variable that was not exported and under which the change turns out to be one of mix; or labels still to come that bring the metric back.',
  },
  mix: {
    actions: 'Report at the reference mix as well; train on the new mix if it is here to stay.',
    wouldChange: 'A finer partition inside which the answers got worse as well.',
  },
  label: {
    actions: 'Adjust the priors; ask whether policy or season moved the outcomes.',
    wouldChange: 'Inputs that differ from before within the same outcome.',
  },
  'data-quality': {
    actions: 'Mend the pipeline upstream, replay the affected days, and compare again.',
    wouldChange: 'A replay with mended inputs that is as bad as before.',
  },
  'version-change': {
    actions: 'Run the validation set on the version before and after; pin versions instead of following an alias.',
    wouldChange: 'The same inputs answered alike by both versions.',
  },
  'serving-change': {
    actions: 'Send one fixed set of inputs through both serving paths and compare the answers.',
    wouldChange: 'The same inputs answered alike by both serving paths.',
  },
  'score-scale': {
    actions: 'Calibrate again on recent labels, or set the threshold anew.',
    wouldChange: 'An order of the cases that is worse than before.',
  },
  'wrong-files': {
    actions: 'Mend the export, import again, and start over.',
    wouldChange: 'The same result from a mended export.',
  },
  'late-labels': {
    actions: 'Wait for the labels, or move the current window back.',
    wouldChange: 'The same result when the labels have arrived.',
  },
  selection: {
    actions: 'Label a random sample of the cases that get no label today; give bounds until then.',
    wouldChange: 'A random sample that shows the same change.',
  },
  'no-change': {
    actions: 'None.',
    wouldChange: 'More labelled rows whose interval leaves the tolerance.',
  },
  undetermined: {
    actions: 'Export what was missing, then compare again.',
    wouldChange: 'A variable or a version column that was not exported.',
  },
};

export const adviceFor = (cause: AccuracyCause | null): Advice | null => (cause ? advice[cause] : null);

export const reopenAdvice = ({ segment }: Investigation, comparison: AccuracyComparison): string =>
  `${metricName(comparison.settings.metric)} ${segment ? `where ${segmentText(segment)} ` : ''}leaves the tolerance of ${toleranceText(comparison.settings.delta, primaryUnit(comparison))} again after the actions were taken.`;

/** What the evidence points at; a person chooses. */
export const causesByEvidence = (
  investigation: Investigation,
  { explanation }: AccuracyComparison,
): AccuracyCause[] => {
  const word: AccuracyCause = explanation.word === 'none' ? 'no-change' : explanation.word;
  const versions = investigation.checklist.lines.find(({ item }) => item.id === 'versions');
  return versions?.status === 'FAILED' ? [word, 'version-change'] : [word];
};
