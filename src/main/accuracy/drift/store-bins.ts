import type { Database } from '../../platform/duckdb.ts';
import { doubleLiteral } from '../../platform/sql.ts';
import { quantileColumns, quantileList } from '../quantiles.ts';
import { type BinnedColumn, binOf, type Place, readPlaces, sumOf } from './stored-bins.ts';

/** Equal steps of sign(z) ln(1 + |z|), z = (value - median) / quartile range: even in the middle, logarithmic in the tails. */
const STEPS = 512;
/** Rows looked at for median and quartiles, about, evenly spaced in time; they only place the bins. */
const PLACING_ROWS = 50_000;
/** Columns placed by one scan. */
const PLACED_TOGETHER = 16;
const SMALLEST_RANGE = 2 ** -900;
const QUARTILES = [0.25, 0.5, 0.75];

/** Bins that are already there: of `rows` rows, and true of all days before `since`. */
export interface KeptBins {
  rows: number;
  since: number;
  /** Nothing is gone, not from later days either. */
  appended: boolean;
}

/**
 * Writes `value_day(position, day, quartiles)`, which places `value_column(position, lowest, unit, middle, scale, first,
 * per_unit)`, `value_cell(position, bin, day, n, s, high)` - rows, sum above the lowest value in whole units, and largest value per bin
 * and day, one scan per column - and `value_bin`, the same over all days. Any two sets of days can then be compared without reading a row.
 * @param catalog prefix of the tables, `''` or `cache.`.
 */
export async function storeBins(
  database: Database,
  catalog: string,
  columns: readonly BinnedColumn[],
  rows: number,
  kept?: KeptBins,
): Promise<void> {
  const every = spacing(rows);
  const known = kept !== undefined && spacing(kept.rows) === every;
  const days = known ? `day >= ${kept.since}` : 'TRUE';
  if (known) await database.run(`DELETE FROM ${catalog}value_day WHERE ${days}`);
  else await createTables(database, catalog);
  for (let start = 0; start < columns.length; start += PLACED_TOGETHER) {
    await storeDays(database, catalog, columns.slice(start, start + PLACED_TOGETHER), { days, every });
  }
  const before = await readPlaces(database, catalog);
  const after = await computePlaces(database, catalog, columns, known ? { ...kept, before } : null);
  await Promise.all(
    columns.map((column) => {
      const place = after.get(column.position);
      const same = JSON.stringify(before.get(column.position)) === JSON.stringify(place);
      return storeColumn(database, catalog, column, place, same ? days : 'TRUE');
    }),
  );
  await database.run(
    `CREATE OR REPLACE TABLE ${catalog}value_bin AS SELECT position, bin, sum(n)::BIGINT AS n, sum(s) AS s, max(high) AS high
     FROM ${catalog}value_cell GROUP BY position, bin ORDER BY position, bin`,
  );
}

/** A power of two, so that a few rows more do not mean other rows. */
const spacing = (rows: number): number => 2 ** Math.max(0, Math.floor(Math.log2(rows / PLACING_ROWS)));

async function createTables(database: Database, catalog: string): Promise<void> {
  await database.run(`CREATE OR REPLACE TABLE ${catalog}value_day (position INTEGER, day INTEGER, quartiles DOUBLE[])`);
  await database.run(`CREATE OR REPLACE TABLE ${catalog}value_column
       (position INTEGER, lowest DOUBLE, unit DOUBLE, middle DOUBLE, scale DOUBLE, first DOUBLE, per_unit DOUBLE)`);
  await database.run(
    `CREATE OR REPLACE TABLE ${catalog}value_cell (position INTEGER, bin INTEGER, day INTEGER, n INTEGER, s HUGEINT, high DOUBLE)`,
  );
}

/** The quartiles of each column on each day, in a sample of it. */
async function storeDays(
  database: Database,
  catalog: string,
  columns: readonly BinnedColumn[],
  { days, every }: { days: string; every: number },
): Promise<void> {
  const lists = columns.map(({ sql }, i) => quantileList(`(${sql})::DOUBLE`, QUARTILES, `q${i}`));
  const lines = columns.map(({ position }, i) => `SELECT ${position}, day, q${i} FROM sample WHERE q${i} IS NOT NULL`);
  await database.run(
    `INSERT INTO ${catalog}value_day
     WITH sample AS MATERIALIZED (
       SELECT day, ${lists.join(', ')} FROM ${catalog}row WHERE rowid % ${every} = 0 AND (${days}) GROUP BY day)
     ${lines.join(' UNION ALL ')}`,
  );
}

/** The quartiles of the quartiles of the days: they hardly move when days are added, nor do the bins they place. */
async function computePlaces(
  database: Database,
  catalog: string,
  columns: readonly BinnedColumn[],
  kept: KeptEnds | null,
): Promise<Map<number, Place>> {
  const [ends, quartiles] = await Promise.all([
    readEnds(database, catalog, columns, kept),
    database.rows<{ position: number } & Record<string, number>>(
      `SELECT position, ${quantileColumns('q', QUARTILES.length)} FROM (
         SELECT position, ${quantileList('quartile', QUARTILES, 'q')} FROM (
           SELECT position, unnest(quartiles) AS quartile FROM ${catalog}value_day) GROUP BY position)`,
    ),
  ]);
  const quartilesOf = new Map(quartiles.map(({ position, ...q }) => [position, [q.q_0, q.q_1, q.q_2] as number[]]));
  const places = new Map<number, Place>();
  for (const [position, { low, high }] of ends) {
    places.set(position, placeOf(low, high, quartilesOf.get(position) ?? [low, low, low]));
  }
  return places;
}

interface KeptEnds extends KeptBins {
  before: ReadonlyMap<number, Place>;
}

/** Lowest and highest value of the columns that have any. */
async function readEnds(
  database: Database,
  catalog: string,
  columns: readonly BinnedColumn[],
  kept: KeptEnds | null,
): Promise<Map<number, { low: number; high: number }>> {
  const read = async (what: readonly ('min' | 'max')[], where: string): Promise<Record<string, number | null>> => {
    const list = columns.flatMap(({ sql }, i) => what.map((end) => `${end}(${sql})::DOUBLE AS ${end}_${i}`));
    const [line] = await database.rows<Record<string, number | null>>(
      `SELECT ${list.join(', ')} FROM ${catalog}row${where}`,
    );
    return line!;
  };
  // Of a table that was just written DuckDB knows the ends without reading it; where rows were changed it does not.
  const [here, lows, highs] = await Promise.all([
    read(['min', 'max'], kept ? ` WHERE day >= ${kept.since}` : ''),
    kept && !kept.appended ? read(['min'], ` WHERE day < ${kept.since}`) : null,
    kept
      ? database.rows<{ position: number; high: number }>(
          `SELECT position, max(high) AS high FROM ${catalog}value_cell WHERE day < ${kept.since} GROUP BY position`,
        )
      : [],
  ]);
  const highOf = new Map(highs.map(({ position, high }) => [position, high]));
  const ends = new Map<number, { low: number; high: number }>();
  for (const [i, { position }] of columns.entries()) {
    const known = (values: (number | null | undefined)[]) => values.filter((value) => value != null);
    const low = known([here[`min_${i}`], lows ? lows[`min_${i}`] : kept?.before.get(position)?.lowest]);
    const high = known([here[`max_${i}`], highOf.get(position)]);
    if (low.length > 0 && high.length > 0) ends.set(position, { low: Math.min(...low), high: Math.max(...high) });
  }
  return ends;
}

function placeOf(low: number, high: number, quartiles: number[]): Place {
  const [a, median, b] = quartiles as [number, number, number];
  // Where the middle half is one value, the whole range sets the scale.
  const scale = b > a ? 2 ** Math.round(Math.log2(b - a)) : (high - low) / 100 || 1;
  const rounded = Math.round((median / scale) * 4) * (scale / 4);
  const middle = Number.isFinite(rounded) ? rounded : median;
  const stretched = (x: number): number => {
    const z = (x - middle) / scale;
    return Math.sign(z) * Math.log1p(Math.abs(z));
  };
  const first = stretched(low);
  const perUnit = STEPS / (stretched(high) - first || 1);
  // Whole units add up to the same sum in any order; 52 bits below the range is what a double of that size carries.
  const unit = 2 ** (Math.ceil(Math.log2(Math.max(high - low, SMALLEST_RANGE))) - 52);
  return { lowest: low, unit, middle, scale, first, perUnit };
}

async function storeColumn(
  database: Database,
  catalog: string,
  { position, sql }: BinnedColumn,
  place: Place | undefined,
  days: string,
): Promise<void> {
  await database.run(`DELETE FROM ${catalog}value_column WHERE position = ${position}`);
  await database.run(`DELETE FROM ${catalog}value_cell WHERE position = ${position} AND (${days})`);
  if (!place) return;
  const { lowest, unit, middle, scale, first, perUnit } = place;
  const values = [lowest, unit, middle, scale, first, perUnit].map(doubleLiteral).join(', ');
  await database.run(`INSERT INTO ${catalog}value_column VALUES (${position}, ${values})`);
  await database.run(
    `INSERT INTO ${catalog}value_cell SELECT ${position}, ${binOf(place)} AS bin, day, count(*), ${sumOf(place)}, max(x)
     FROM (SELECT (${sql})::DOUBLE AS x, day FROM ${catalog}row WHERE ${sql} IS NOT NULL AND (${days})) GROUP BY bin, day`,
  );
}
