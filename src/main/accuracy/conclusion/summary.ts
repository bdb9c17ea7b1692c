import type { Segment } from '../../../shared/model/comparison.ts';
import { count, estimateChange, estimateValue, interval, metricName, unitOf } from '../../../shared/units.ts';
import { neededN } from '../../statistics/verdict.ts';
import type { ComparisonDraft } from './comparison-draft.ts';

export const segmentText = (segment: Segment): string =>
  Object.entries(segment)
    .map(([column, value]) => `${column} = ${value ?? '(missing)'}`)
    .join(', ');

const words: Record<string, string> = {
  mix: 'the mix of inputs moved, the answers to each kind did not get worse',
  relation: 'the same inputs are answered worse than before',
  label: 'the outcomes moved, each outcome is answered as before',
  'data-quality': 'a fault in the input data coincides with the change',
  undetermined: 'the kind of change cannot be told from what was exported',
};

/** The segments that are lines of their own. */
export const regressions = (draft: Pick<ComparisonDraft, 'segments'>): ComparisonDraft['segments'] =>
  draft.segments.filter((line) => line.verdict === 'regression' && line.explainedBy === undefined);

/** What happened, where, since when and of what kind, in the words of a person. */
export function summaryOf(draft: ComparisonDraft): string {
  const { metric } = draft.settings;
  const primary = draft.metrics[metric] as ComparisonDraft['metrics'][string];
  const unit = unitOf(metric);
  const figures = `${metricName(metric)} ${estimateValue(primary.reference, unit)} before, ${estimateValue(primary.current, unit)} now (change ${estimateChange(primary.change, unit)}, 95 % interval ${interval(primary.change, unit, 'change')})`;
  const like = draft.windows.current.provisional ? ', compared like for like because labels are still arriving' : '';
  const lines = regressions(draft);
  const worst = lines[0];
  const since = draft.onset ? `, since ${draft.onset.date} (between ${draft.onset.low} and ${draft.onset.high})` : '';
  const kind = words[draft.explanation.word];
  const sentences: string[] = [];
  if (primary.verdict === 'regression') sentences.push(`${figures}${like}: a regression${worst ? '' : since}.`);
  else if (primary.verdict === 'improvement') sentences.push(`${figures}${like}: an improvement.`);
  else if (primary.verdict === 'no change')
    sentences.push(`${figures}${like}: no change overall beyond the tolerance.`);
  else if (primary.change.value === null)
    sentences.push(`${metricName(metric)} cannot be compared: ${primary.change.reason}.`);
  else sentences.push(`${figures}${like}: too uncertain to decide overall.`);
  if (worst) {
    const scale = unitOf(worst.reference.method.split('/')[0] ?? metric);
    sentences.push(
      `${segmentText(worst.segment)} fell from ${estimateValue(worst.reference, scale)} to ${estimateValue(worst.current, scale)}${since}${lines.length > 1 ? `, and ${count(lines.length - 1)} more segments fell on their own` : ''}.`,
    );
  }
  if (kind) sentences.push(`Kind: ${kind}.`);
  return sentences.join(' ');
}

/** What would decide an inconclusive comparison. */
export function missingFor(draft: ComparisonDraft): string {
  const { metric, delta } = draft.settings;
  const change = draft.metrics[metric]?.change;
  if (draft.windows.current.labelled === 0)
    return 'no label of the current window has arrived: wait for labels or move the window back';
  if (!change || change.value === null) return change?.reason ?? 'the metric could not be computed';
  const rows = neededN(change, delta);
  if (rows === null) return `the change sits on the tolerance itself: no number of rows decides ${delta}`;
  return `about ${count(rows)} labelled rows in the smaller window would decide, there are ${count(change.n)}`;
}
