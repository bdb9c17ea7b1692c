import { afterEach, describe, expect, it } from 'vitest';
import { type KeptBins, storeBins } from '../../../src/main/accuracy/drift/store-bins.ts';
import type { BinnedColumn } from '../../../src/main/accuracy/drift/stored-bins.ts';
import { type Database, openDatabase } from '../../../src/main/platform/duckdb.ts';

const open: Database[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

const columns: BinnedColumn[] = [
  { position: -1, sql: 'score' },
  { position: 0, sql: 'f0' },
  { position: 1, sql: 'f1' },
  { position: 2, sql: 'f2' },
];

/** 200 rows a day; a skewed feature, one that is mostly one value, one without values. */
const rowsOf = (from: number, to: number, f0 = 'exp(6 * u)') =>
  `SELECT (i // 200)::INTEGER AS day, u AS score, (${f0})::DOUBLE AS f0, if(i % 5 = 0, u, 3)::DOUBLE AS f1, NULL::DOUBLE AS f2
   FROM (SELECT i, ((i * 2654435761) % 4294967296) / 4294967296.0 AS u FROM range(${from * 200}, ${to * 200}) t(i)) ORDER BY i`;

async function table(select: string): Promise<Database> {
  const database = await openDatabase({ path: ':memory:' });
  open.push(database);
  await database.run(`CREATE TABLE row AS ${select}`);
  return database;
}

async function stored(database: Database): Promise<unknown> {
  // Sums may be beyond 2^53.
  const columns = {
    value_day: '*',
    value_column: '*',
    value_cell: '* REPLACE (s::VARCHAR AS s)',
    value_bin: '* REPLACE (s::VARCHAR AS s)',
  };
  const lines = Object.entries(columns).map(async ([name, list]) => [
    name,
    await database.rows(`SELECT ${list} FROM ${name} ORDER BY ALL`),
  ]);
  return Object.fromEntries(await Promise.all(lines));
}

/** Binned at first, then changed and told from which day on. */
async function grown(
  first: string,
  rows: [number, number],
  change: (database: Database) => Promise<void>,
  since: number,
) {
  const database = await table(first);
  await storeBins(database, '', columns, rows[0]);
  await change(database);
  const kept: KeptBins = { rows: rows[0], since, appended: rows[1] > rows[0] };
  await storeBins(database, '', columns, rows[1], kept);
  return stored(database);
}

async function fresh(select: string, rows: number): Promise<unknown> {
  const database = await table(select);
  await storeBins(database, '', columns, rows);
  return stored(database);
}

const appended = (select: string) => (database: Database) => database.run(`INSERT INTO row ${select}`);

describe('bins of rows that changed from some day on', () => {
  it('are those of all rows: a day more', async () => {
    const found = await grown(rowsOf(0, 30), [600_000, 620_000], appended(rowsOf(30, 31)), 30);
    expect(found).toEqual(await fresh(rowsOf(0, 31), 620_000));
  });

  it('are those of all rows: a day with values beyond all others', async () => {
    const found = await grown(rowsOf(0, 30), [600_000, 620_000], appended(rowsOf(30, 31, '-1000 * u')), 30);
    expect(found).toEqual(await fresh(`(${rowsOf(0, 30)}) UNION ALL (${rowsOf(30, 31, '-1000 * u')})`, 620_000));
  });

  it('are those of all rows: the last days other, one gone', async () => {
    const change = async (database: Database) => {
      await database.run('DELETE FROM row WHERE day >= 29');
      await database.run('UPDATE row SET f0 = f0 + 1 WHERE day = 28');
    };
    const found = await grown(rowsOf(0, 30), [620_000, 600_000], change, 28);
    expect(found).toEqual(await fresh(`(${rowsOf(0, 28)}) UNION ALL (${rowsOf(28, 29, 'exp(6 * u) + 1')})`, 600_000));
  });

  it('are those of all rows: the day with the lowest and the highest value gone', async () => {
    const extremes = rowsOf(29, 30, '1e6 * (u - 0.5)');
    const found = await grown(
      `(${rowsOf(0, 29)}) UNION ALL (${extremes})`,
      [620_000, 600_000],
      (database) => database.run('DELETE FROM row WHERE day >= 29'),
      29,
    );
    expect(found).toEqual(await fresh(rowsOf(0, 29), 600_000));
  });

  it('are those of all rows: so many more that other rows place the bins', async () => {
    const found = await grown(rowsOf(0, 30), [780_000, 820_000], appended(rowsOf(30, 32)), 30);
    expect(found).toEqual(await fresh(rowsOf(0, 32), 820_000));
  });

  it('are placed as before by a day more of the same', async () => {
    const database = await table(rowsOf(0, 30));
    await storeBins(database, '', columns, 600_000);
    const places = () => database.rows('SELECT * FROM value_column WHERE position = -1');
    const before = await places();
    await database.run(`INSERT INTO row ${rowsOf(30, 31, '1')}`);
    await storeBins(database, '', columns, 620_000, { rows: 600_000, since: 30, appended: true });
    const [first, second] = [before[0], (await places())[0]] as Record<string, number>[];
    expect([second?.middle, second?.scale]).toEqual([first?.middle, first?.scale]);
  });
});
