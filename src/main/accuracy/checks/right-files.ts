import type { Timeline } from '../../../shared/model/dataset.ts';
import type { CheckFinding, EvidenceProvider } from '../../../shared/model/evidence.ts';
import type { WindowRange } from '../../../shared/model/window.ts';
import { observe, pointer, shareOf } from '../../../shared/observation.ts';
import { count, percent } from '../../../shared/units.ts';

/** Notes of the import that say the files of one export do not agree on their columns. */
const schemaNotes = new Set(['widened-type', 'missing-column', 'key-types', 'foreign-days', 'spelling']);

const dayMs = 86_400_000;
const lengthOf = ({ from, to }: WindowRange): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;

const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

const daysIn = (days: Timeline['days'], { from, to }: WindowRange): Timeline['days'] =>
  days.filter(({ day, predictions }) => day >= from && day <= to && predictions > 0);

/** Whether keys join, rows repeat, the files agree with each other and every day has about its usual number of rows. */
export const rightFiles: EvidenceProvider = {
  observations: {
    matchRate: 'number',
    duplicateShare: 'number',
    conflictingDuplicates: 'number',
    earlyShare: 'number',
    nullKeys: 'number',
    badScoreShare: 'number',
    schemaDifferences: 'number',
    emptyDays: 'number',
    smallestDay: 'number',
  },
  collect: ({ comparison, timeline }): CheckFinding => {
    const { ledger, windows } = comparison;
    const reference = daysIn(timeline.days, windows.reference);
    const current = daysIn(timeline.days, windows.current);
    const usual = median(reference.map(({ predictions }) => predictions));
    const fewest = Math.min(...current.map(({ predictions }) => predictions));
    const empty = lengthOf(windows.reference) + lengthOf(windows.current) - reference.length - current.length;
    const { null: missing, nan, infinite, outOfRange } = ledger.badScores;
    const schema = ledger.notes.filter(({ code }) => schemaNotes.has(code)).length;
    const match = shareOf(ledger.labelRows - ledger.orphanLabels, ledger.labelRows);
    const smallest = usual === null || current.length === 0 ? null : fewest / usual;
    const smallestAt = timeline.days.findIndex(
      ({ day, predictions }) => predictions === fewest && day >= windows.current.from && day <= windows.current.to,
    );
    return {
      observed: `${percent(match)} of ${count(ledger.labelRows)} label rows have a prediction, ${count(ledger.duplicatePredictions)} prediction rows repeat, ${count(empty)} days without rows`,
      observations: [
        observe('matchRate', match, percent, 'there are no label rows'),
        observe('duplicateShare', shareOf(ledger.duplicatePredictions, ledger.predictionRows), percent),
        observe('conflictingDuplicates', ledger.conflictingDuplicates, count),
        observe('earlyShare', shareOf(ledger.earlyLabels, ledger.labelRows), percent, 'there are no label rows'),
        observe('nullKeys', ledger.nullKeys, count),
        observe('badScoreShare', shareOf(missing + nan + infinite + outOfRange, ledger.predictionRows), percent),
        observe('schemaDifferences', schema, count),
        observe('emptyDays', empty, count),
        observe('smallestDay', smallest, percent, 'no day of one window has rows'),
      ],
      evidence: [
        { text: 'label rows read', document: 'comparison', pointer: pointer('ledger', 'labelRows') },
        { text: 'labels without a prediction', document: 'comparison', pointer: pointer('ledger', 'orphanLabels') },
        { text: 'repeated rows', document: 'comparison', pointer: pointer('ledger', 'duplicatePredictions') },
        { text: 'labels before their prediction', document: 'comparison', pointer: pointer('ledger', 'earlyLabels') },
        { text: 'what was noted while reading', document: 'comparison', pointer: pointer('ledger', 'notes') },
        smallestAt < 0
          ? { text: 'rows per day', document: 'timeline', pointer: pointer('days') }
          : { text: 'the day with the fewest rows', document: 'timeline', pointer: pointer('days', smallestAt) },
      ],
    };
  },
};
