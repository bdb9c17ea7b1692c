import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Zoo } from '../../fixtures/zoo/zoo.ts';
import { type NaiveLabel, type NaivePrediction, naiveLedger } from './naive-ledger.ts';

const id = fc.option(fc.integer({ min: 0, max: 7 }), { nil: null, freq: 8 });
const hour = fc.option(fc.integer({ min: 0, max: 30 }), { nil: null, freq: 10 });
const letter = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null, freq: 6 });
const score = fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, -0.5, 0, 0.25, 1);

const prediction: fc.Arbitrary<NaivePrediction> = fc.record({ id, at: hour, value: letter, score });
const label: fc.Arbitrary<NaiveLabel> = fc.record({ id, at: hour, value: letter });

const literal = (value: string | number | null, type: string) =>
  value === null
    ? `NULL::${type}`
    : `${typeof value === 'string' || !Number.isFinite(value) ? `'${value}'` : value}::${type}`;
const instant = (at: number | null) => (at === null ? 'NULL::TIMESTAMP' : `TIMESTAMP '2026-03-01' + to_hours(${at})`);

test('the ledger equals a naive one, and every label row has exactly one fate', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(prediction, { minLength: 1, maxLength: 16 }),
      fc.array(label, { minLength: 1, maxLength: 16 }),
      fc.constantFrom('first' as const, 'last' as const),
      async (predictions, labels, keep) => {
        // One well-behaved pair, so that no draw is a fault as a whole.
        const allPredictions = [...predictions, { id: 100, at: 1, value: 'a', score: 0.5 }];
        const allLabels = [...labels, { id: 100, at: 2, value: 'a' }];
        const zoo = new Zoo();
        try {
          const rows = allPredictions.map(
            (row) =>
              `(${literal(row.id, 'BIGINT')}, ${instant(row.at)}, ${literal(row.value, 'VARCHAR')}, ${literal(row.score, 'DOUBLE')})`,
          );
          const half = Math.ceil(rows.length / 2);
          for (const [name, part] of [
            ['a', rows.slice(0, half)],
            ['b', rows.slice(half)],
          ] as const) {
            if (part.length === 0) continue;
            await zoo.parquet(
              `predictions/${name}.parquet`,
              `SELECT * FROM (VALUES ${part.join(', ')}) t(id, "at", predicted, score)`,
            );
          }
          await zoo.parquet(
            'labels/a.parquet',
            `SELECT * FROM (VALUES ${allLabels.map((row) => `(${literal(row.id, 'BIGINT')}, ${literal(row.value, 'VARCHAR')}, ${instant(row.at)})`).join(', ')}) t(id, label, labelled_at)`,
          );
          zoo.yaml({ task: 'multiclass', 'predictions.scoreOf': 'predicted', segments: [], features: [], keep });
          const { ledger } = await zoo.import();
          const naive = naiveLedger(allPredictions, allLabels, keep);
          const { examples: _examples, notes, ...counts } = ledger;
          expect(counts).toEqual(naive.ledger);
          const noted = (code: string) => notes.find((note) => note.code === code)?.count ?? 0;
          expect(ledger.labelRows).toBe(
            ledger.matchedLabels +
              ledger.orphanLabels +
              ledger.earlyLabels +
              noted('null-labels') +
              noted('superseded-labels') +
              noted('labels-of-excluded') +
              noted('null-label-keys'),
          );
          expect((await zoo.rows()).map(({ at_us, predicted, label }) => [at_us, predicted, label]).sort()).toEqual(
            naive.rows.sort(),
          );
        } finally {
          zoo.remove();
        }
      },
    ),
    { numRuns: 25 },
  );
});
