import type { AccuracyComparison } from '../../../shared/model/comparison.ts';
import { count, decimal, percent } from '../../../shared/units.ts';
import type { ComparisonDraft } from './comparison-draft.ts';
import { regressions } from './summary.ts';

/** PSI below this is the usual reading of "little moved"; it only counts features for the sentence, nothing depends on it. */
const MOVED_PSI = 0.1;

/** Possible causes that were looked at and set aside, each with what was seen. Empty when there is nothing to explain. */
export function ruledOut(draft: ComparisonDraft): AccuracyComparison['ruledOut'] {
  const found = draft.verdict === 'regression';
  const causes: AccuracyComparison['ruledOut'] = [];
  const add = (cause: string, text: string): void => void causes.push({ cause, text });
  const { reference, current } = draft.windows;
  if (current.maturity !== null) {
    add(
      'labels still arriving',
      current.provisional || reference.provisional
        ? `the current window has ${percent(current.maturity)} of its labels; reference labels were weighted to the same age, so slow labels alone cannot make this result`
        : `every day of both windows has at least 95 % of its labels (${percent(current.maturity)} now)`,
    );
  }
  const { predictionDrift } = draft;
  if (predictionDrift.exceeds === false) {
    add(
      'predictions moved',
      `distance ${decimal(predictionDrift.distance)} stays below the chance threshold ${decimal(predictionDrift.threshold)} for this many rows`,
    );
  }
  const moved = draft.featureDrift.filter(({ psi }) => psi !== null && psi > MOVED_PSI);
  if (draft.featureDrift.length > 0) {
    add(
      'input features moved',
      `${count(moved.length)} of ${count(draft.featureDrift.length)} features have PSI above ${MOVED_PSI}${
        moved.length > 0
          ? `: ${moved
              .slice(0, 5)
              .map(({ feature }) => feature)
              .join(', ')}`
          : ''
      }; stored for debugging, by itself never a reason`,
    );
  }
  if (!found) return causes;
  const { onset } = draft;
  for (const change of draft.versionChanges) {
    if (!onset || (change.at >= onset.low && change.at <= onset.high)) continue;
    const place = change.at < onset.low ? 'before' : 'after';
    add(
      `${change.column} ${change.from} to ${change.to}`,
      `it changed on ${change.at}, ${place} the fall began (${onset.low} to ${onset.high})`,
    );
  }
  const lines = regressions(draft);
  const overall = draft.metrics[draft.settings.metric]?.verdict;
  if (lines.length > 0 && overall === 'no change')
    add('the whole model', 'the metric over all rows did not change beyond the tolerance');
  const folded = draft.segments.filter((line) => line.explainedBy !== undefined);
  if (folded.length > 0) {
    add(
      'other segments',
      `${count(folded.length)} more segments stand out only through rows they share with the ones listed first`,
    );
  }
  const { word } = draft.explanation;
  if (word === 'relation')
    add('a change of mix', 'no exported partition makes the change disappear; the relation term stays in each of them');
  if (word === 'mix')
    add('worse answers to the same inputs', 'inside the groups that moved nothing is left beyond the tolerance');
  if (word !== 'data-quality' && draft.explanation.faults.length === 0) {
    add('broken input data', 'no feature lost values, became constant or changed its unit between the windows');
  }
  return causes;
}
