import type { Database } from '../../platform/duckdb.ts';
import { doubleLiteral } from '../../platform/sql.ts';
import { quantileColumns, quantileList } from '../quantiles.ts';
import type { BinnedValues, ValueBins } from './binned-values.ts';

/** Above this many rows distances are taken from stored bins, below it from the sorted values themselves. */
export const MOST_EXACT_ROWS = 500_000;

/** Equal steps of sign(z) ln(1 + |z|), z = (value - median) / quartile range: even in the middle, logarithmic in the tails. */
const STEPS = 512;
/** Rows looked at for median and quartiles, evenly spaced in time; they only place the bins. */
const PLACING_ROWS = 50_000;
/** Columns placed by one scan. */
const PLACED_TOGETHER = 16;
const SMALLEST_RANGE = 2 ** -900;

/** The predicted value or score is stored under this position, features under their own. */
export const SCORE_POSITION = -1;

/** A column of `row` that is binned. */
export interface BinnedColumn {
  position: number;
  sql: string;
}

/**
 * Writes `value_column(position, lowest, unit, middle, scale, first, per_unit)`, `value_cell(position, bin, day, n, s, high)` - rows, sum above the lowest value in whole
 * units, and largest value per bin and day, one scan per column - and `value_bin`, the same over all days. Any two sets of days can then
 * be compared without reading a row.
 * @param catalog prefix of the tables, `''` or `cache.`.
 */
export async function storeBins(
  database: Database,
  catalog: string,
  columns: readonly BinnedColumn[],
  rows: number,
): Promise<void> {
  await database.run(`CREATE TABLE ${catalog}value_column
       (position INTEGER, lowest DOUBLE, unit DOUBLE, middle DOUBLE, scale DOUBLE, first DOUBLE, per_unit DOUBLE)`);
  await database.run(
    `CREATE TABLE ${catalog}value_cell (position INTEGER, bin INTEGER, day INTEGER, n INTEGER, s HUGEINT, high DOUBLE)`,
  );
  for (let start = 0; start < columns.length; start += PLACED_TOGETHER) {
    const part = columns.slice(start, start + PLACED_TOGETHER);
    const shapes = await readShapes(database, catalog, part, rows);
    await Promise.all(part.map((column, i) => storeColumn(database, catalog, column, shapes[i] as Shape)));
  }
  await database.run(
    `CREATE TABLE ${catalog}value_bin AS SELECT position, bin, sum(n)::BIGINT AS n, sum(s) AS s, max(high) AS high
     FROM ${catalog}value_cell GROUP BY position, bin ORDER BY position, bin`,
  );
}

/** Ends of a column and its quartiles in a sample; all null without values. */
interface Shape {
  low: number | null;
  high: number | null;
  quartiles: [number, number, number] | null;
}

/** One scan for the ends of all of them, one of a sample for the quartiles. */
async function readShapes(
  database: Database,
  catalog: string,
  columns: readonly BinnedColumn[],
  rows: number,
): Promise<Shape[]> {
  const every = Math.max(1, Math.floor(rows / PLACING_ROWS));
  const of = (parts: (sql: string, i: number) => string): string =>
    columns.map(({ sql }, i) => parts(sql, i)).join(', ');
  const [[ends], [sample]] = await Promise.all([
    database.rows<Record<string, number | null>>(
      `SELECT ${of((sql, i) => `min(${sql})::DOUBLE AS low_${i}, max(${sql})::DOUBLE AS high_${i}`)} FROM ${catalog}row`,
    ),
    database.rows<Record<string, number | null>>(
      `SELECT ${of((_, i) => quantileColumns(`q${i}`, 3))} FROM (
         SELECT ${of((_, i) => quantileList(`x_${i}`, [0.25, 0.5, 0.75], `q${i}`))} FROM (
           SELECT ${of((sql, i) => `(${sql})::DOUBLE AS x_${i}`)} FROM ${catalog}row WHERE rowid % ${every} = 0))`,
    ),
  ]);
  return columns.map((_, i) => {
    const [a, m, b] = [0, 1, 2].map((q) => sample?.[`q${i}_${q}`] ?? null) as (number | null)[];
    const quartiles: Shape['quartiles'] = a == null || m == null || b == null ? null : [a, m, b];
    return { low: ends?.[`low_${i}`] ?? null, high: ends?.[`high_${i}`] ?? null, quartiles };
  });
}

async function storeColumn(
  database: Database,
  catalog: string,
  { position, sql }: BinnedColumn,
  { low, high, quartiles }: Shape,
): Promise<void> {
  if (low === null || high === null) return;
  const [a, middle, b] = quartiles ?? [low, low, low];
  // Where the middle half is one value, the whole range sets the scale.
  const scale = b - a || (high - low) / 100 || 1;
  const stretched = (x: number): number => {
    const z = (x - middle) / scale;
    return Math.sign(z) * Math.log1p(Math.abs(z));
  };
  const first = stretched(low);
  const perUnit = STEPS / (stretched(high) - first || 1);
  // Whole units add up to the same sum in any order; 52 bits below the range is what a double of that size carries.
  const unit = 2 ** (Math.ceil(Math.log2(Math.max(high - low, SMALLEST_RANGE))) - 52);
  const place: Place = { lowest: low, unit, middle, scale, first, perUnit };
  const values = [low, unit, middle, scale, first, perUnit].map(doubleLiteral).join(', ');
  await database.run(`INSERT INTO ${catalog}value_column VALUES (${position}, ${values})`);
  await database.run(
    `INSERT INTO ${catalog}value_cell SELECT ${position}, ${binOf(place)} AS bin, day, count(*), ${sumOf(place)}, max(x)
     FROM (SELECT (${sql})::DOUBLE AS x, day FROM ${catalog}row WHERE ${sql} IS NOT NULL) GROUP BY bin, day`,
  );
}

/** Where the bins of a column lie, and what its sums are counted in. */
interface Place {
  lowest: number;
  unit: number;
  middle: number;
  scale: number;
  first: number;
  perUnit: number;
}

/** SQL over `x`. */
const binOf = ({ middle, scale, first, perUnit }: Place): string => {
  const z = `((x - ${doubleLiteral(middle)}) / ${doubleLiteral(scale)})`;
  return `floor((sign(${z}) * ln(1 + abs(${z})) - ${doubleLiteral(first)}) * ${doubleLiteral(perUnit)})::INTEGER`;
};
const sumOf = ({ lowest, unit }: Place): string =>
  `sum(((x - ${doubleLiteral(lowest)}) * ${doubleLiteral(1 / unit)})::BIGINT)`;

/** Positions with stored bins; empty where the import kept sorted values instead. */
export async function storedPositions(database: Database): Promise<Set<number>> {
  const [table] = await database.rows(`SELECT 1 AS found FROM duckdb_tables() WHERE table_name = 'value_cell'`);
  if (!table) return new Set();
  const { position } = await database.columns('SELECT position FROM value_column');
  return new Set(position);
}

/** Which values are counted, and how they are grouped. */
export interface BinnedScope {
  /** Predicate over `day`. */
  days: string;
  /** Integer expression over `day`; absent: the day. */
  group?: string;
  /** Predicate over the columns of `row`; absent: every row, answered from the stored cells. With it the rows are counted anew. */
  rows?: string;
}

/** The bins of one column. */
export async function readStoredBins(
  database: Database,
  column: BinnedColumn,
  scope: BinnedScope,
): Promise<ValueBins | null> {
  return (await readAllStoredBins(database, [column], scope)).get(column.position) ?? null;
}

type Columns<Names extends string> = Record<Names, Float64Array>;

/** The same for several columns in three queries; columns without values are absent. */
export async function readAllStoredBins(
  database: Database,
  columns: readonly BinnedColumn[],
  scope: BinnedScope,
): Promise<Map<number, ValueBins>> {
  if (columns.length === 0) return new Map();
  const chosen = `position IN (${columns.map(({ position }) => position).join(', ')})`;
  const [places, bins] = await Promise.all([
    readPlaces(database, chosen),
    database.columns(
      `SELECT position, bin, n, s, high FROM value_bin WHERE ${chosen} ORDER BY position, bin`,
    ) as Promise<Columns<'position' | 'bin' | 'n' | 's' | 'high'>>,
  ]);
  const cells = (await database.columns(
    scope.rows === undefined ? storedCells(chosen, scope) : countedCells(columns, places, scope),
  )) as Columns<'position' | 'bin' | 'grp' | 'n' | 's'>;
  const found = new Map<number, ValueBins>();
  for (const [position, place] of places) {
    const values = valueBins(place, linesOf(bins, position), linesOf(cells, position));
    if (values) found.set(position, values);
  }
  return found;
}

async function readPlaces(database: Database, chosen: string): Promise<Map<number, Place>> {
  const lines = await database.rows<Place & { position: number }>(
    `SELECT position, lowest, unit, middle, scale, first, per_unit AS "perUnit" FROM value_column WHERE ${chosen} ORDER BY position`,
  );
  return new Map(lines.map(({ position, ...place }) => [position, place]));
}

const storedCells = (chosen: string, { days, group }: BinnedScope): string =>
  group === undefined
    ? `SELECT position, bin, day AS grp, n, s FROM value_cell WHERE ${chosen} AND (${days}) ORDER BY position, grp, bin`
    : `SELECT position, bin, (${group})::INTEGER AS grp, sum(n) AS n, sum(s) AS s FROM value_cell
       WHERE ${chosen} AND (${days}) GROUP BY ALL ORDER BY position, grp, bin`;

/** One scan per column, in the bins that are stored. */
function countedCells(
  columns: readonly BinnedColumn[],
  places: ReadonlyMap<number, Place>,
  { days, group = 'day', rows = 'TRUE' }: BinnedScope,
): string {
  const parts = columns.flatMap(({ position, sql }) => {
    const place = places.get(position);
    if (!place) return [];
    return `SELECT ${position} AS position, ${binOf(place)} AS bin, grp, count(*) AS n, ${sumOf(place)} AS s
      FROM (SELECT (${sql})::DOUBLE AS x, (${group})::INTEGER AS grp FROM row WHERE ${sql} IS NOT NULL AND (${days}) AND (${rows}))
      GROUP BY bin, grp`;
  });
  const none = 'SELECT 0 AS position, 0 AS bin, 0 AS grp, 0 AS n, 0 AS s WHERE FALSE';
  return `SELECT * FROM (${[...parts, none].join(' UNION ALL ')}) ORDER BY position, grp, bin`;
}

/** The lines of one position; they lie together. */
function linesOf<Names extends string>(all: Columns<Names | 'position'>, position: number): Columns<Names> {
  const from = all.position.indexOf(position);
  const to = from < 0 ? from : all.position.lastIndexOf(position) + 1;
  const lines = Object.entries(all).map(([name, values]) => [name, (values as Float64Array).subarray(from, to)]);
  return Object.fromEntries(from < 0 ? lines.map(([name]) => [name, new Float64Array(0)]) : lines);
}

function valueBins(
  { lowest, unit }: Pick<Place, 'lowest' | 'unit'>,
  bins: Columns<'bin' | 'n' | 's' | 'high'>,
  cells: Columns<'bin' | 'grp' | 'n' | 's'>,
): ValueBins | null {
  if (bins.bin.length === 0 || cells.bin.length === 0) return null;
  const index = new Map(Array.from(bins.bin, (bin, i) => [bin, i]));
  // All values of a bin equal: they add up to as many times the largest.
  const single = Uint8Array.from(bins.high, (value, i) => {
    const n = bins.n[i] as number;
    const below = n * (value - lowest) - (bins.s[i] as number) * unit;
    return below <= n * 2 * unit ? 1 : 0;
  });
  const groups = new Map<number, BinnedValues>();
  cells.grp.forEach((key, i) => {
    let values = groups.get(key);
    if (!values) {
      values = { n: new Float64Array(bins.bin.length), sum: new Float64Array(bins.bin.length) };
      groups.set(key, values);
    }
    const at = index.get(cells.bin[i] as number) as number;
    values.n[at] = cells.n[i] as number;
    values.sum[at] = (cells.s[i] as number) * unit;
  });
  return { lowest, ends: bins.high, single, exact: single.every((one) => one === 1), groups };
}
