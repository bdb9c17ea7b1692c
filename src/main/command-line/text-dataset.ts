import type { DatasetSummary } from '../../shared/model/dataset.ts';
import type { Diagnosis } from '../../shared/model/workbench.ts';
import { count } from '../../shared/units.ts';
import { textTable, visible } from './text-table.ts';

/** The id to go on with, and what became of every row. */
export const datasetText = ({ id, name, ledger }: DatasetSummary): string => {
  const rows = [
    ['predictions read', count(ledger.predictionRows)],
    ['  distinct', count(ledger.distinctPredictions)],
    ['  duplicates', count(ledger.duplicatePredictions)],
    ['  ids with conflicting duplicates', count(ledger.conflictingDuplicates)],
    ['labels read', count(ledger.labelRows)],
    ['  predictions with a label', count(ledger.matchedLabels)],
    ['  labels without a prediction', count(ledger.orphanLabels)],
    ['  labels before their prediction', count(ledger.earlyLabels)],
    ['  ids with conflicting labels', count(ledger.conflictingLabels)],
    ['rows without a key', count(ledger.nullKeys)],
    ['scores null', count(ledger.badScores.null)],
    ['scores not a number', count(ledger.badScores.nan)],
    ['scores infinite', count(ledger.badScores.infinite)],
    ['scores out of range', count(ledger.badScores.outOfRange)],
    ['joined', count(ledger.joined)],
  ];
  const notes = ledger.notes.map(({ text }) => `  ${visible(text)}`);
  return `${[`${id}  ${visible(name)}`, ...textTable(rows), ...notes].join('\n')}\n`;
};

export const diagnosisText = ({ capabilities }: Diagnosis): string =>
  `${textTable(
    capabilities.map(({ name, state, version, text }) => [name, state, version ?? '', text]),
    '',
  ).join('\n')}\n`;
