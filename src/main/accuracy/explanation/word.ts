import type { Explanation, PartitionSplit } from '../../../shared/model/comparison.ts';

export interface WordInput {
  total: number;
  delta: number;
  /** Names of the features whose faults take the drop with them, already checked. */
  coincidingFaults: string[];
  partitions: readonly PartitionSplit[];
  labelFirst: PartitionSplit | null;
  driftExceeds: boolean | null;
  /** The columns that account for the prediction drift, when any admissible partition does. */
  driftExplainedBy: string[] | null;
  leftOut: readonly string[];
}

const excludesZero = ({ low, high }: { low: number | null; high: number | null }): boolean =>
  low !== null && high !== null && (low > 0 || high < 0);

/**
 * Whether a partition is a sufficient explanation: what is left as relation is equivalent to 0 and the mix carries the drop. Equivalent
 * means within the tolerance, or within a third of the drop when that is wider: no interval of a few thousand rows fits in one point.
 * A relation that cannot be told from 0 may be uncertain up to half of the drop, as one day of a few thousand rows leaves it.
 */
function accountsFor(split: PartitionSplit, total: number, delta: number): boolean {
  const { mix, relation } = split;
  if (mix.value === null || relation.low === null || relation.high === null || !excludesZero(mix)) return false;
  const band = Math.max(delta, Math.abs(total) / (excludesZero(relation) ? 3 : 2));
  const sameWay = Math.sign(mix.value) === Math.sign(total) && Math.abs(mix.value) >= Math.abs(total) / 2;
  return sameWay && relation.low >= -band && relation.high <= band;
}

/** Columns of the model's answer: they move when the outcomes do, as they do when the inputs do. */
const isAnswer = ({ columns }: PartitionSplit): boolean =>
  columns.every((column) => column === 'score' || column === 'predicted value');

/** The outcomes leave less of the drop than the answers do, which leave some: then it is the outcomes that moved. */
const leavesLess = (label: PartitionSplit, answers: PartitionSplit): boolean =>
  excludesZero(answers.relation) && Math.abs(label.relation.value ?? 0) < Math.abs(answers.relation.value ?? 0);

/** One word for the shape of a change, and the sentence that defends it; the order of the rules is that of docs/methods.md. */
export function wordFor(input: WordInput): Pick<Explanation, 'word' | 'reason'> {
  const { total, delta, partitions, labelFirst } = input;
  const admissible = partitions.filter((split) => split.admissible);
  if (input.coincidingFaults.length > 0) {
    return {
      word: 'data-quality',
      reason: `the change disappears without the rows of: ${input.coincidingFaults.join('; ')}`,
    };
  }
  const sufficient = admissible
    .filter((split) => accountsFor(split, total, delta))
    .sort(
      (a, b) =>
        a.columns.length - b.columns.length || Math.abs(a.relation.value ?? 0) - Math.abs(b.relation.value ?? 0),
    );
  const best = sufficient[0];
  const byOutcome = labelFirst?.admissible && accountsFor(labelFirst, total, delta) ? labelFirst : null;
  const outcomeFits =
    byOutcome !== null && sufficient.every((split) => isAnswer(split) && leavesLess(byOutcome, split));
  if (best && !outcomeFits) {
    return {
      word: 'mix',
      reason: `who is asked moved, not how well they are answered: the shares of ${name(best)} account for the change, inside them nothing is left beyond the tolerance`,
    };
  }
  if (byOutcome) {
    return {
      word: 'label',
      reason:
        'the shares of the outcomes moved while each outcome is answered as well as before; no exported input accounts for it',
    };
  }
  if (admissible.length === 0) {
    return {
      word: 'undetermined',
      reason:
        'too few rows to tell: no exported column cuts both windows into groups that are large enough on both sides',
    };
  }
  const holds = admissible.every(
    ({ relation }) => excludesZero(relation) && Math.sign(relation.value ?? 0) === Math.sign(total),
  );
  const still = input.driftExceeds !== true || input.driftExplainedBy !== null;
  if (holds && still) {
    const drift =
      input.driftExceeds === true
        ? `the predictions moved as the shares of ${input.driftExplainedBy?.join(' x ')} explain`
        : input.driftExceeds === false
          ? 'the predictions themselves did not move beyond their threshold'
          : 'the predictions could not be checked for drift';
    return {
      word: 'relation',
      reason: `the same inputs are answered worse: the relation term excludes 0 in each of ${admissible.length} partitions, and ${drift}`,
    };
  }
  const missing = input.leftOut.length > 0 ? ` (not tried: ${input.leftOut.slice(0, 5).join(', ')})` : '';
  return {
    word: 'undetermined',
    reason: holds
      ? `conditioning variable missing: the predictions moved beyond their threshold in a way no exported column accounts for${missing}`
      : `the split between mix and relation depends on what is conditioned on, and no partition accounts for the whole${missing}`,
  };
}

const name = (split: PartitionSplit): string => split.columns.join(' x ');
