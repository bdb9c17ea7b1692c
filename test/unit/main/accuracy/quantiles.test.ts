import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { binCases } from '../../../../src/main/accuracy/quantiles.ts';
import { type Database, openDatabase } from '../../../../src/main/platform/duckdb.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:' });
});
afterAll(() => database.close());

it('a bin is the number of different edges below a value', async () => {
  const value = fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.constantFrom(1e-300, -1e300, 0.1),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { maxLength: 9 }),
      fc.array(value, { minLength: 1, maxLength: 20 }),
      async (a, x) => {
        const edges = a.toSorted((one, other) => one - other);
        const { bin } = await database.columns(
          `SELECT (CASE WHEN x IS NULL THEN -1 ${binCases(
            'x',
            [...edges, ...edges].sort((p, q) => p - q),
          )} END)::INTEGER AS bin FROM (VALUES ${x.map((one, i) => `(${i}, ${one}::DOUBLE)`).join(', ')}) v(i, x) ORDER BY i`,
        );
        expect([...(bin as Float64Array)]).toEqual(x.map((one) => new Set(edges.filter((edge) => edge < one)).size));
      },
    ),
    { numRuns: 40 },
  );
});
