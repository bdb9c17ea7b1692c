import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readGroupDays } from '../../../../../src/main/accuracy/explanation/group-days.ts';
import type { RowValue } from '../../../../../src/main/accuracy/row-value.ts';
import { type Database, openDatabase } from '../../../../../src/main/platform/duckdb.ts';

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:' });
});
afterAll(() => database.close());

const small = fc.integer({ min: 0, max: 3 });
const right: RowValue = { name: 'accuracy', sql: 'x', scale: 1, better: 'higher', proportion: true };

// Seven partitions need two scans, and the last one is alone in the second when there are six.
it.each([1, 5, 6, 7])(
  '%i partitions are each counted by group and day, groups in order and without gaps',
  async (count) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ a: small, b: small, day: small, x: fc.constantFrom(0, 1, null), w: fc.constantFrom(1, 0.5) }),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        async (rows) => {
          const lines = rows.map(({ a, b, day, x, w }, id) => ({ a, b, day, x, w, id, side: day > 1 ? 1 : 0 }));
          await database.run(
            `CREATE OR REPLACE TABLE seen AS SELECT * FROM (VALUES ${lines
              .map(({ a, b, day, x, w, id, side }) => `(${a}, ${b}, ${day}, ${x}, ${w}::DOUBLE, ${id}, ${side})`)
              .join(', ')}) v(a, b, day, x, w, id, side)`,
          );
          const all: [string, (row: (typeof lines)[number]) => number][] = [
            ['a', ({ a }) => a],
            ['b * 10', ({ b }) => b * 10],
            ['a * 4 + b', ({ a, b }) => a * 4 + b],
            ['0', () => 0],
            ['-b', ({ b }) => -b],
            ['(CASE WHEN a > 1 THEN 10 ELSE b END)', ({ a, b }) => (a > 1 ? 10 : b)],
            ['b - a', ({ a, b }) => b - a],
          ];
          const groups = all.slice(0, count);
          const read = await readGroupDays(
            database,
            { source: 'seen', value: right, counted: false },
            groups.map(([sql]) => sql),
            'day',
          );
          const counted = lines.filter(({ x }) => x !== null);
          expect(read).toEqual(
            groups.map(([, of]) => {
              const names = [...new Set(counted.map(of))].sort((p, q) => p - q);
              const daysOf = (side: number) =>
                [...new Set(counted.filter((row) => row.side === side).map(({ day }) => day))]
                  .sort((p, q) => p - q)
                  .map((day) => {
                    const cell = (weigh: (row: (typeof lines)[number]) => number) =>
                      Float64Array.from(names, (name) =>
                        counted
                          .filter((row) => row.day === day && row.side === side && of(row) === name)
                          .reduce((sum, row) => sum + weigh(row), 0),
                      );
                    return { n: cell(({ w }) => w), k: cell(({ w, x }) => w * (x ?? 0)) };
                  });
              return { reference: daysOf(0), current: daysOf(1) };
            }),
          );
        },
      ),
      { numRuns: 15 },
    );
  },
);
