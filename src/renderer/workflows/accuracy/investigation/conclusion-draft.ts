import { primaryUnit, worstSegment } from '../../../../shared/accuracy-words.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import { AccuracyCause, type Conclusion, type Investigation } from '../../../../shared/model/investigation.ts';
import { sameSegment, segmentText } from '../../../../shared/segment-text.ts';
import { count, day, estimateChange, estimateValue, interval, metricName } from '../../../../shared/units.ts';
import { ruledOutByEvidence } from './ruled-out-causes.ts';

/** A conclusion as it is being written. */
export interface ConclusionDraft {
  cause: AccuracyCause | null;
  certainty: Conclusion['certainty'];
  confirmedBy: string;
  firstFailure: string;
  impact: string;
  ruledOut: Record<AccuracyCause, { on: boolean; because: string }>;
  wouldChange: string;
  actions: string;
  reopenWhen: string;
}

/** The segment the conclusion speaks of: the recorded one, else the worst; null is everything. */
const lineOf = ({ segment }: Investigation, comparison: AccuracyComparison) =>
  comparison.segments.find((row) => segment !== null && sameSegment(row.segment, segment)) ?? worstSegment(comparison);

const firstFailure = (investigation: Investigation, comparison: AccuracyComparison): string => {
  const { onset } = comparison;
  const line = lineOf(investigation, comparison);
  const place = line ? `where ${segmentText(line.segment)}` : 'over all rows';
  return onset
    ? `${day(onset.date)} (between ${day(onset.low)} and ${day(onset.high)}), ${place}`
    : `Unknown: no day on which it began could be found; ${place}`;
};

const impact = (investigation: Investigation, comparison: AccuracyComparison): string => {
  const { settings, metrics } = comparison;
  const unit = primaryUnit(comparison);
  const name = metricName(settings.metric);
  const line = lineOf(investigation, comparison);
  const total = metrics[settings.metric];
  const sentence = (place: string, row: NonNullable<typeof total>): string =>
    `${name} ${place} went from ${estimateValue(row.reference, unit)} to ${estimateValue(row.current, unit)} (${estimateChange(row.change, unit)}, ${interval(row.change, unit, 'change')}, n = ${count(row.current.n)} now)`;
  return [
    ...(line ? [sentence(`where ${segmentText(line.segment)}`, { ...line, higherIsBetter: null })] : []),
    ...(total ? [`${sentence('over all rows', total)}: ${total.verdict}`] : []),
  ].join('. ');
};

export const emptyDraft = (investigation: Investigation, comparison: AccuracyComparison): ConclusionDraft => {
  const found = ruledOutByEvidence(investigation, comparison);
  return {
    cause: null,
    certainty: 'probable',
    confirmedBy: '',
    firstFailure: firstFailure(investigation, comparison),
    impact: impact(investigation, comparison),
    ruledOut: Object.fromEntries(
      AccuracyCause.options.map((cause) => [cause, { on: found[cause] !== undefined, because: found[cause] ?? '' }]),
    ) as ConclusionDraft['ruledOut'],
    wouldChange: '',
    actions: '',
    reopenWhen: '',
  };
};

/** The recorded conclusion as a draft, so that it can be corrected. */
export const draftOf = (conclusion: Conclusion, empty: ConclusionDraft): ConclusionDraft => {
  const because = new Map(conclusion.ruledOut.map((entry) => [entry.cause, entry.because]));
  return {
    ...empty,
    cause: conclusion.cause,
    certainty: conclusion.certainty,
    confirmedBy: conclusion.confirmedBy,
    firstFailure: conclusion.firstFailure,
    impact: conclusion.impact,
    wouldChange: conclusion.wouldChange,
    actions: conclusion.actions,
    reopenWhen: conclusion.reopenWhen,
    ruledOut: Object.fromEntries(
      AccuracyCause.options.map((cause) => [
        cause,
        { on: because.has(cause), because: because.get(cause) ?? empty.ruledOut[cause].because },
      ]),
    ) as ConclusionDraft['ruledOut'],
  };
};

const blank = (text: string): boolean => text.trim() === '';

/** What still keeps it from being recorded, one sentence each. */
export const conclusionFaults = (draft: ConclusionDraft): string[] => [
  ...(draft.cause === null ? ['Choose the cause.'] : []),
  ...(draft.certainty === 'confirmed' && blank(draft.confirmedBy) ? ['Say how it was confirmed.'] : []),
  ...(blank(draft.firstFailure) ? ['Say when and where it began, or that it is unknown and why.'] : []),
  ...(blank(draft.impact) ? ['Say what it did.'] : []),
  ...AccuracyCause.options
    .flatMap((cause) =>
      cause !== draft.cause && draft.ruledOut[cause].on && blank(draft.ruledOut[cause].because)
        ? ['Say why each cause that is ruled out is ruled out.']
        : [],
    )
    .slice(0, 1),
  ...(blank(draft.wouldChange) ? ['Say what would change the verdict.'] : []),
  ...(blank(draft.actions) ? ['Say what is to be done.'] : []),
  ...(blank(draft.reopenWhen) ? ['Say when it is to be opened again.'] : []),
];

/** Null while something is missing. */
export const conclusionFrom = (draft: ConclusionDraft): Conclusion | null => {
  const { cause, ruledOut, certainty, ...words } = draft;
  if (cause === null || conclusionFaults(draft).length > 0) return null;
  return {
    cause,
    certainty,
    confirmedBy: certainty === 'confirmed' ? words.confirmedBy.trim() : '',
    firstFailure: words.firstFailure.trim(),
    impact: words.impact.trim(),
    ruledOut: AccuracyCause.options.flatMap((other) =>
      other !== cause && ruledOut[other].on ? [{ cause: other, because: ruledOut[other].because.trim() }] : [],
    ),
    wouldChange: words.wouldChange.trim(),
    actions: words.actions.trim(),
    reopenWhen: words.reopenWhen.trim(),
  };
};
