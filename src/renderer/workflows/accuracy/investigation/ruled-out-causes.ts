import { causeItem } from '../../../../shared/accuracy-words.ts';
import type { CheckLine } from '../../../../shared/model/checklist.ts';
import type { AccuracyComparison } from '../../../../shared/model/comparison.ts';
import type { AccuracyCause, Investigation } from '../../../../shared/model/investigation.ts';

/** The words of the comparison for the causes it set aside itself. */
const said: Partial<Record<AccuracyCause, RegExp>> = {
  'late-labels': /^label(s still arriving| maturity)$/,
  mix: /change of mix/,
  relation: /worse answers to the same inputs/,
  'data-quality': /broken input data|data quality/,
  'version-change': / to .+|version change/,
};

/** `evidence E4-E7`: the ids of one item follow each other. */
const ids = (line: CheckLine | null): string => {
  const evidence = line?.collected?.evidence.map(({ id }) => id) ?? [];
  const [first] = evidence;
  const last = evidence.at(-1);
  if (first === undefined) return '';
  return ` (evidence ${first === last ? first : `${first}-${last}`})`;
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The item that looks at a cause; null for the causes that only a person can think of. */
export const itemOfCause = (cause: AccuracyCause, { checklist }: Investigation): CheckLine | null =>
  checklist.lines.find(({ item }) => item.id === causeItem[cause]) ?? null;

const reasonFor = (
  cause: AccuracyCause,
  investigation: Investigation,
  { ruledOut, explanation }: AccuracyComparison,
): string | null => {
  const line = itemOfCause(cause, investigation);
  // Neither the words of a comparison nor anything else rules out what the checklist found.
  if (line?.status === 'FAILED') return null;
  // A split by the outcome that was refused says nothing, whatever the item says.
  if (cause === 'label' && !line?.answered && !explanation.labelFirst?.admissible) return null;
  if (line?.status === 'PASSED' && line.answered)
    return `${sentence(line.answered.sentence)} (checklist, ${line.item.id})`;
  const pattern = said[cause];
  const words = pattern ? ruledOut.filter((entry) => pattern.test(entry.cause)) : [];
  if (words.length > 0) return `${sentence(words.map(({ text }) => text).join('; '))}${ids(line)}`;
  if (line?.status === 'PASSED' && line.collected) return `${sentence(line.collected.observed)}${ids(line)}`;
  return null;
};

/** The causes that the evidence speaks against, each with what was seen and the evidence ids. */
export const ruledOutByEvidence = (
  investigation: Investigation,
  comparison: AccuracyComparison,
): Partial<Record<AccuracyCause, string>> => {
  const causes = Object.keys(causeItem) as AccuracyCause[];
  return Object.fromEntries(
    causes.flatMap((cause) => {
      const reason = reasonFor(cause, investigation, comparison);
      return reason ? [[cause, reason]] : [];
    }),
  );
};
