import { expect, test } from 'vitest';
import { ledgerLines } from '../../../src/shared/ledger-lines.ts';
import { RowLedger } from '../../../src/shared/model/dataset.ts';

const ledger: RowLedger = {
  predictionRows: 10,
  distinctPredictions: 8,
  duplicatePredictions: 2,
  conflictingDuplicates: 1,
  labelRows: 7,
  matchedLabels: 5,
  orphanLabels: 1,
  earlyLabels: 1,
  conflictingLabels: 0,
  nullKeys: 0,
  badScores: { null: 3, nan: 0, infinite: 0, outOfRange: 0 },
  joined: 5,
  examples: {},
  notes: [],
};

test('every count of the ledger has its line and its sentence', () => {
  const lines = ledgerLines(ledger, 'first');
  const counts = Object.keys(RowLedger.shape).filter((key) => !['badScores', 'examples', 'notes'].includes(key));
  const scores = Object.keys(RowLedger.shape.badScores.shape).map((key) => `badScores.${key}`);
  expect(lines.map(({ key }) => key).sort()).toEqual([...counts, ...scores].sort());
  for (const line of lines) expect(line.text).toMatch(/^[A-Z].+\.$/);
});

test('only rows that exist can be set aside', () => {
  const aside = ledgerLines(ledger, 'last').filter(({ setAside }) => setAside);
  expect(aside.map(({ key }) => key)).toEqual([
    'duplicatePredictions',
    'conflictingDuplicates',
    'orphanLabels',
    'earlyLabels',
    'badScores.null',
  ]);
});
