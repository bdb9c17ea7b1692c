import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/main/platform/duckdb.ts';
import { quoteIdentifier, quoteLiteral } from '../../../src/main/platform/sql.ts';
import { Cancelled } from '../../../src/shared/errors.ts';

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-duckdb-'));
  database = await openDatabase({ path: ':memory:', allowedDirectories: [join(folder, 'inside')] });
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

test('counts are numbers, and an integer beyond 2^53 is refused rather than rounded', async () => {
  expect(await database.rows('SELECT count(*) AS n, sum(range) AS s FROM range(5)')).toEqual([{ n: 5, s: 10 }]);
  await expect(database.rows('SELECT 9007199254740993 AS n')).rejects.toThrow('integer beyond 2^53: 9007199254740993');
});

test('parameters are values, never SQL', async () => {
  const ugly = `'; DROP TABLE x; -- "\n`;
  expect(await database.rows('SELECT $text AS t, $n + 1 AS n', { text: ugly, n: 1.5 })).toEqual([{ t: ugly, n: 2.5 }]);
  expect(await database.rows(`SELECT ${quoteLiteral(ugly)} AS ${quoteIdentifier(ugly)}`)).toEqual([{ [ugly]: ugly }]);
});

test('columns are numbers with NULL as NaN', async () => {
  const { a, b } = await database.columns('SELECT range AS a, if(range = 1, NULL, range / 2) AS b FROM range(3000)');
  expect(a).toHaveLength(3000);
  expect([...b!.slice(0, 4)]).toEqual([0, Number.NaN, 1, 1.5]);
  expect(a![2999]).toBe(2999);
  expect((await database.columns('SELECT 253402300799999999 AS at')).at![0]).toBe(253402300800000000);
});

test('columns come in the order and under the names that the query gives them, whatever their types', async () => {
  const {
    h,
    d,
    b,
    h_1: again,
  } = await database.columns(
    `WITH t AS (SELECT range AS i FROM range(200000))
     SELECT sum(i)::HUGEINT AS h, max(i)::DECIMAL(9, 2) AS d, i % 2 = 1 AS b, i AS h FROM t GROUP BY i ORDER BY i DESC`,
  );
  const wanted = Float64Array.from({ length: 200_000 }, (_, i) => 199_999 - i);
  expect([h, d, again]).toEqual([wanted, wanted, wanted]);
  expect([...b!.slice(0, 3)]).toEqual([1, 0, 1]);
  await expect(database.columns("SELECT 'red' AS colour")).rejects.toThrow(/Could not convert string 'red' to DOUBLE/);
});

test('nothing outside the allowed folders is readable and settings are locked', async () => {
  await expect(database.rows("SELECT * FROM read_text('/etc/hostname')")).rejects.toThrow(/Permission Error/);
  await expect(database.run("SET TimeZone = 'Pacific/Auckland'")).rejects.toThrow(/locked/);
  expect(await database.rows("SELECT current_setting('TimeZone') AS zone")).toEqual([{ zone: 'UTC' }]);
});

test('a cancelled query rejects as cancelled and the pool stays usable', async () => {
  const controller = new AbortController();
  const cancellable = database.withSignal(controller.signal);
  const long = cancellable.rows(
    'SELECT count(*) AS n FROM range(100000) a, range(10000000) b WHERE a.range % 7 = b.range % 11',
  );
  setTimeout(() => controller.abort(), 50);
  await expect(long).rejects.toBeInstanceOf(Cancelled);
  await expect(cancellable.rows('SELECT 1')).rejects.toBeInstanceOf(Cancelled);
  expect(await database.rows('SELECT 1 AS n')).toEqual([{ n: 1 }]);
});

test('more queries than connections all answer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => database.rows<{ n: number }>(`SELECT ${n} AS n`)),
  );
  expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 12 }, (_, n) => n));
});

test('a table restricted to some rows keeps their numbers, beside the other tables, until it is released', async () => {
  const path = join(folder, 'stored.duckdb');
  const writing = await openDatabase({ path });
  await writing.run('CREATE TABLE row AS SELECT range AS i, range % 3 AS s FROM range(1000)');
  await writing.run(`CREATE TABLE "na me" AS SELECT 'there' AS word`);
  await writing.close();
  const stored = await openDatabase({ path, readOnly: true });
  try {
    const { database: some, release } = await stored.restricted({ table: 'row', where: 's = 1' });
    const count = 'SELECT count(*) AS n, min(rowid) AS first, max(rowid) AS last FROM row';
    // Both at once, over one pool: a query never sees the rows of another.
    const both = await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? some : stored).rows(count)));
    both.forEach((rows, i) => {
      expect(rows).toEqual([i % 2 === 0 ? { n: 333, first: 1, last: 997 } : { n: 1000, first: 0, last: 999 }]);
    });
    expect(await some.rows('SELECT word FROM "na me"')).toEqual([{ word: 'there' }]);
    const stop = new AbortController();
    const long = some
      .withSignal(stop.signal)
      .rows('SELECT count(*) AS n FROM range(100000) a, range(10000000) b WHERE a.range % 7 = b.range % 11');
    setTimeout(() => stop.abort(), 50);
    await expect(long).rejects.toBeInstanceOf(Cancelled);
    expect(await some.rows('SELECT count(*) AS n FROM row')).toEqual([{ n: 333 }]);
    // Whoever asks for the same rows shares the copy; it is kept until other rows are asked for.
    const held = async () =>
      (await stored.rows<{ n: number }>("SELECT count(*) AS n FROM duckdb_schemas() WHERE schema_name LIKE 'rows%'"))[0]
        ?.n;
    const again = await stored.restricted({ table: 'row', where: 's = 1' });
    await release();
    await again.release();
    expect(await held()).toBe(1);
    expect(await some.rows('SELECT count(*) AS n FROM row')).toEqual([{ n: 333 }]);
    expect(await stored.rows('SELECT count(*) AS n FROM row')).toEqual([{ n: 1000 }]);
    const other = await stored.restricted({ table: 'row', where: 's = 2', without: ['i'] });
    expect(await held()).toBe(1);
    await expect(some.rows('SELECT count(*) AS n FROM row')).rejects.toThrow();
    expect(await other.database.rows('SELECT * FROM row LIMIT 1')).toEqual([{ s: 2, rowid: 2 }]);
    await other.release();
    await expect(stored.restricted({ table: 'row', where: 'no_such_column = 1' })).rejects.toThrow(/no_such_column/);
    expect(await held()).toBe(1);
    stop.abort();
    await expect(stored.withSignal(stop.signal).restricted({ table: 'row', where: 's = 0' })).rejects.toBeInstanceOf(
      Cancelled,
    );
    expect(await held()).toBe(1);
  } finally {
    await stored.close();
  }
});
