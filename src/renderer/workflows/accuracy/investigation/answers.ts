import { kindMeaning, primaryUnit, toleranceText, worstSegment } from '../../../../shared/accuracy-words.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { Investigation, InvestigationDocuments } from '../../../../shared/model/investigation.ts';
import { segmentText } from '../../../../shared/segment-text.ts';
import {
  count,
  counted,
  day,
  dayRange,
  estimateChange,
  estimateValue,
  interval,
  metricName,
  percent,
} from '../../../../shared/units.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import { isOpen } from './check-lines.ts';
import type { StepId } from './steps.ts';
import { timingOf } from './version-timing.ts';

const windowSentence = (name: string, summary: AccuracyComparison['windows']['reference']): string =>
  `the ${name} window (${dayRange(summary.from, summary.to)}) has ${percent(summary.predictions > 0 ? summary.labelled / summary.predictions : null, 0)} of its ${count(summary.predictions)} predictions labelled`;

const windowsAnswer = (comparison: AccuracyComparison): string => {
  const { reference, current } = comparison.windows;
  const ripe = current.maturity;
  const labels =
    ripe === null
      ? 'The data carry no label times, so whether more labels will come is not measurable.'
      : current.provisional
        ? `${percent(ripe, 0)} of the labels to be expected have arrived; both sides are compared at the same label age, so slow labels alone cannot make this result.`
        : 'The labels to be expected have arrived.';
  const text = `${windowSentence('reference', reference)}; ${windowSentence('current', current)}. ${labels}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const realAnswer = (comparison: AccuracyComparison): string => {
  const { settings, metrics, verdict } = comparison;
  const unit = primaryUnit(comparison);
  const primary = metrics[settings.metric];
  const name = metricName(settings.metric);
  const worst = worstSegment(comparison);
  const total =
    !primary || primary.change.value === null
      ? `${name} over all rows is unknown.`
      : `${name} over all rows went from ${estimateValue(primary.reference, unit)} to ${estimateValue(primary.current, unit)} (${estimateChange(primary.change, unit)}, ${interval(primary.change, unit, 'change')}): ${primary.verdict} against a tolerance of ${toleranceText(settings.delta, unit)}.`;
  if (verdict === 'regression' && primary?.verdict !== 'regression' && worst)
    return `Yes, but not in the total. ${total} Inside one segment it did get worse, by ${estimateChange(worst.change, unit)}: the next step shows where.`;
  const lead = {
    regression: 'Yes, it is real.',
    'no change': 'No: nothing changed beyond the tolerance.',
    improvement: 'No: it got better.',
    inconclusive: 'It can’t be told yet.',
  }[verdict];
  return `${lead} ${total}${comparison.missing ? ` What would decide it: ${visibleText(comparison.missing)}` : ''}`;
};

const sinceText = ({ onset }: AccuracyComparison): string =>
  onset
    ? `since ${day(onset.date)} (between ${day(onset.low)} and ${day(onset.high)})`
    : 'and no day on which it began could be found';

const whereAnswer = (comparison: AccuracyComparison): string => {
  const unit = primaryUnit(comparison);
  const worst = worstSegment(comparison);
  const { tested, examined, notEnoughData } = comparison.segmentSearch;
  if (!worst) {
    const searched = `${count(tested)} of ${count(examined)} segments were tested, ${count(notEnoughData)} had not enough data.`;
    return comparison.verdict === 'regression'
      ? `Everywhere, ${sinceText(comparison)}: no segment stands out from the total. ${searched}`
      : `Nowhere that could be tested: no segment got worse. ${searched}`;
  }
  const others = comparison.segments.filter((row) => row.verdict === 'regression' && !row.explainedBy).length - 1;
  return `Where ${segmentText(worst.segment)}, ${sinceText(comparison)}: from ${estimateValue(worst.reference, unit)} to ${estimateValue(worst.current, unit)}${
    others > 0 ? `, and in ${counted(others, 'more segment')}` : ', and in no other of the segments that were tested'
  } (${count(tested)} tested together).`;
};

const kindNames = {
  relation: 'The relation changed.',
  mix: 'The mix moved.',
  label: 'The outcomes moved.',
  'data-quality': 'The input is damaged.',
  undetermined: 'It can’t be told.',
};

const kindAnswer = ({ explanation }: AccuracyComparison): string => {
  if (explanation.word === 'none') return kindMeaning.none;
  return `${kindNames[explanation.word]} ${kindMeaning[explanation.word]} What decides it: ${visibleText(explanation.reason)}.`;
};

const movedAnswer = (comparison: AccuracyComparison): string => {
  const { versionChanges, onset, predictionDrift, explanation } = comparison;
  const within = versionChanges.filter((change) => timingOf(change, onset) === 'within');
  const versions =
    versionChanges.length === 0
      ? 'No version change is recorded.'
      : within.length > 0
        ? `${within.map(({ column, from, to }) => visibleText(`${column} went from ${from} to ${to}`)).join(', ')} while it began: a lead to follow.`
        : `${counted(versionChanges.length, 'version change')} on record, none while it began, so ${versionChanges.length === 1 ? 'it is' : 'they are'} not the start of it.`;
  const predictions =
    predictionDrift.exceeds === null
      ? 'The predictions have no threshold to compare with.'
      : predictionDrift.exceeds
        ? 'The predictions moved more than chance explains.'
        : 'The predictions moved no more than chance explains.';
  const faults =
    explanation.faults.length > 0
      ? `${counted(explanation.faults.length, 'fault')} in the inputs ${explanation.faults.length === 1 ? 'sits' : 'sit'} where the drop is.`
      : 'No input broke.';
  return `${versions} ${predictions} ${faults}`;
};

const checklistAnswer = ({ checklist }: Investigation): string => {
  const open = checklist.lines.filter(isOpen);
  const failed = checklist.lines.filter((line) => line.status === 'FAILED');
  const phases = checklist.phases.filter((phase) => phase.completedAt !== null).length;
  return [
    open.length === 0
      ? 'Every item has a status.'
      : `${counted(open.length, 'item')} NOT DONE: ${open.length === 1 ? 'it needs' : 'each needs'} a sentence of yours.`,
    failed.length === 0 ? 'None failed.' : `${count(failed.length)} failed: something was found there.`,
    `${count(phases)} of ${counted(checklist.phases.length, 'phase')} declared complete.`,
  ].join(' ');
};

/** The answer of a step in a sentence, from the documents and from nothing else; null where a person answers. */
export const answerOf = (
  step: StepId,
  investigation: Investigation,
  { comparison }: InvestigationDocuments,
): string | null => {
  switch (step) {
    case 'windows':
      return windowsAnswer(comparison);
    case 'real':
      return realAnswer(comparison);
    case 'where':
      return whereAnswer(comparison);
    case 'kind':
      return kindAnswer(comparison);
    case 'moved':
      return movedAnswer(comparison);
    case 'checklist':
      return checklistAnswer(investigation);
    default:
      return null;
  }
};
