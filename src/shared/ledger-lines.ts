import type { RowLedger } from './model/dataset.ts';

export interface LedgerLine {
  /** The name of the count in the ledger, under which its example ids are kept. */
  key: string;
  title: string;
  count: number;
  /** What became of these rows, in one sentence. */
  text: string;
  /** Rows that were set aside or deserve a look. */
  setAside: boolean;
}

/**
 * Every count of the ledger with its sentence, in the order the rows went through. `keep` is what the dataset declares,
 * null where that is not at hand.
 */
export const ledgerLines = (ledger: RowLedger, keep: 'first' | 'last' | null): LedgerLine[] => {
  const line = (key: string, title: string, count: number, text: string, setAside = true): LedgerLine => ({
    key,
    title,
    count,
    text,
    setAside: setAside && count > 0,
  });
  const { badScores } = ledger;
  return [
    line(
      'predictionRows',
      'Prediction rows',
      ledger.predictionRows,
      'Every row of every prediction file that was read.',
      false,
    ),
    line(
      'nullKeys',
      'Rows without a key',
      ledger.nullKeys,
      'Predictions or labels whose id is missing can’t be joined and were left out.',
    ),
    line(
      'duplicatePredictions',
      'Duplicate predictions',
      ledger.duplicatePredictions,
      'Rows beyond the first of their id; the first one was kept.',
    ),
    line(
      'conflictingDuplicates',
      'Conflicting duplicates',
      ledger.conflictingDuplicates,
      'Ids whose duplicate rows differ in value, score or time; the first row was kept, so look at these.',
    ),
    line(
      'distinctPredictions',
      'Distinct predictions',
      ledger.distinctPredictions,
      'Predictions left after the rows above were set aside.',
      false,
    ),
    line('labelRows', 'Label rows', ledger.labelRows, 'Every row of every label file that was read.', false),
    line(
      'orphanLabels',
      'Orphan labels',
      ledger.orphanLabels,
      'Labels whose id belongs to no prediction; they were left out.',
    ),
    line(
      'earlyLabels',
      'Early labels',
      ledger.earlyLabels,
      'Labels that arrived before their prediction was made; they can’t be its outcome and were left out.',
    ),
    line(
      'conflictingLabels',
      'Revised labels',
      ledger.conflictingLabels,
      `Ids with several different label values; ${keep ? `the ${keep} one counts` : 'the one the dataset declares counts'}.`,
    ),
    line(
      'matchedLabels',
      'Predictions with a label',
      ledger.matchedLabels,
      'Distinct predictions for which at least one usable label exists.',
      false,
    ),
    line(
      'badScores.null',
      'Scores missing',
      badScores.null,
      'Predictions without a score count for accuracy, not for calibration or drift of scores.',
    ),
    line('badScores.nan', 'Scores not a number', badScores.nan, 'A score of NaN was treated as missing.'),
    line('badScores.infinite', 'Scores infinite', badScores.infinite, 'An infinite score was treated as missing.'),
    line(
      'badScores.outOfRange',
      'Scores outside 0 to 1',
      badScores.outOfRange,
      'A probability can’t lie there; these scores were treated as missing.',
    ),
    line(
      'joined',
      'In the analysis with a label',
      ledger.joined,
      'Predictions that are measured; the others wait for their labels.',
      false,
    ),
  ];
};
