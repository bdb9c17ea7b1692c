import type { Database } from '../../platform/duckdb.ts';
import { doubleLiteral } from '../../platform/sql.ts';
import type { BinnedValues, ValueBins } from './binned-values.ts';

/** Above this many rows distances are taken from stored bins, below it from the sorted values themselves. */
export const MOST_EXACT_ROWS = 500_000;

/** The predicted value or score is stored under this position, features under their own. */
export const SCORE_POSITION = -1;

/** A column of `row` that is binned. */
export interface BinnedColumn {
  position: number;
  sql: string;
}

/** Where the bins of a column lie, and what its sums are counted in. */
export interface Place {
  lowest: number;
  unit: number;
  middle: number;
  scale: number;
  first: number;
  perUnit: number;
}

/** SQL over `x`. */
export const binOf = ({ middle, scale, first, perUnit }: Place): string => {
  const z = `((x - ${doubleLiteral(middle)}) / ${doubleLiteral(scale)})`;
  return `floor((sign(${z}) * ln(1 + abs(${z})) - ${doubleLiteral(first)}) * ${doubleLiteral(perUnit)})::INTEGER`;
};
export const sumOf = ({ lowest, unit }: Place): string =>
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
    readPlaces(database, '', chosen),
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

export async function readPlaces(database: Database, catalog: string, chosen = 'TRUE'): Promise<Map<number, Place>> {
  const lines = await database.rows<Place & { position: number }>(
    `SELECT position, lowest, unit, middle, scale, first, per_unit AS "perUnit" FROM ${catalog}value_column WHERE ${chosen} ORDER BY position`,
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
  // All values of a bin equal: they add up to as many times the largest.
  const single = Uint8Array.from(bins.high, (value, i) => {
    const n = bins.n[i] as number;
    const below = n * (value - lowest) - (bins.s[i] as number) * unit;
    return below <= n * 2 * unit ? 1 : 0;
  });
  const groups = new Map<number, BinnedValues>();
  for (let i = 0; i < cells.grp.length; ) {
    const key = cells.grp[i] as number;
    const n = new Float64Array(bins.bin.length);
    const sum = new Float64Array(bins.bin.length);
    // Both in the order of their bins.
    for (let at = 0; i < cells.grp.length && cells.grp[i] === key; i++, at++) {
      while (at < bins.bin.length && bins.bin[at] !== cells.bin[i]) at++;
      n[at] = cells.n[i] as number;
      sum[at] = (cells.s[i] as number) * unit;
    }
    groups.set(key, { n, sum });
  }
  return { lowest, ends: bins.high, single, exact: single.every((one) => one === 1), groups };
}
