import { expect, test } from 'vitest';
import { recording } from '../../../src/main/recorded-database.ts';
import { scratchDatabase, scratchFolder } from '../../fixtures/scratch.ts';

const ask = async (order: readonly number[], start: number) => {
  const database = await scratchDatabase(scratchFolder());
  const sql = recording(database);
  const part = sql.of('second').withSignal(new AbortController().signal);
  const table = `memory.main.measured_${start}`;
  await part.run(`CREATE TABLE ${table} AS SELECT 7 AS x`);
  for (const n of order) expect(await part.rows(`SELECT x + ${n} AS y FROM ${table}`)).toEqual([{ y: 7 + n }]);
  expect(await sql.of('first').columns('SELECT $n AS n', { n: 2 })).toEqual({ n: Float64Array.of(2) });
  return sql.statements();
};

test('notes what was asked by part, the same whatever the order and the number of a copy', async () => {
  const statements = await ask([1, 2, 2], 1);
  expect(statements).toEqual([
    { part: 'second', sql: 'CREATE TABLE memory.main.measured_N AS SELECT 7 AS x' },
    { part: 'second', sql: 'SELECT x + 1 AS y FROM memory.main.measured_N' },
    { part: 'second', sql: 'SELECT x + 2 AS y FROM memory.main.measured_N' },
    { part: 'first', sql: 'SELECT $n AS n' },
  ]);
  expect(await ask([2, 1], 12)).toEqual(statements);
});
