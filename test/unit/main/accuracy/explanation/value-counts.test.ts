import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Counted, countingsOf } from '../../../../../src/main/accuracy/explanation/value-counts.ts';
import { binCases } from '../../../../../src/main/accuracy/quantiles.ts';
import { type Database, openDatabase } from '../../../../../src/main/platform/duckdb.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:' });
});
afterAll(() => database.close());

const value = fc.option(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
  freq: 6,
});

it('counts by edges are the counts of the bins, row by row, however many columns share a scan', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ f0: value, f1: value, keep: fc.boolean() }), { minLength: 1, maxLength: 30 }),
      fc.uniqueArray(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 5 }),
      async (rows, edges) => {
        const ends = edges.toSorted((a, b) => a - b);
        const cell = (x: number | null) => (x === null ? 'NULL' : `'${x}'::DOUBLE`);
        await database.run(
          `CREATE OR REPLACE TABLE row AS SELECT * FROM (VALUES ${rows.map((row) => `(${cell(row.f0)}, ${cell(row.f1)}, ${row.keep})`).join(', ')}) v(f0, f1, keep)`,
        );
        const columns: Counted[] = [
          { code: '0' },
          ...Array.from({ length: 14 }, (_, i) => ({ number: `f${i % 2}`, ends: i < 2 ? ends : ends.slice(0, 1) })),
        ];
        const found = new Map<Counted, unknown>();
        for (const { columns: some, by } of countingsOf(columns)) {
          const counts = by.counts(await database.columns(by.sql('keep')));
          for (const [i, column] of some.entries()) found.set(column, counts[i]);
        }
        expect(found.size).toBe(columns.length);
        for (const column of columns) {
          const code =
            'code' in column
              ? column.code
              : `CASE WHEN ${column.number} IS NULL THEN NULL ${binCases(column.number, column.ends)} END`;
          const { k, n } = await database.columns(
            `SELECT (${code})::INTEGER AS k, count(*) AS n FROM row WHERE keep GROUP BY k ORDER BY k`,
          );
          expect(found.get(column)).toEqual({ k, n });
        }
      },
    ),
    { numRuns: 25 },
  );
});
