import type { Database } from '../../platform/duckdb.ts';
import { exactSum, exactWideSum } from '../exact-sum.ts';
import type { MeasuredRows } from '../measured-rows.ts';
import { MAX_WEIGHT } from '../metrics/read-statistics.ts';
import { type Moments, noMoments } from './moments.ts';

export interface SegmentMoments {
  /** Positions of the segment columns and the code in each. */
  columns: number[];
  codes: number[];
  reference: Moments;
  current: Moments;
}

/**
 * Moments of every segment over one set of columns, both windows, in one scan: grouped by (segment, window, day) inside, so that the
 * between-day variance is exact, and by (segment, window) outside. Cost O(rows), answers O(segments). `also` asks for further
 * segments over subsets of the same columns, which cost no scan of their own.
 */
export async function readMoments(
  database: Database,
  rows: MeasuredRows,
  columns: readonly number[],
  options: { except?: string; also?: readonly (readonly number[])[] } = {},
): Promise<SegmentMoments[]> {
  const names = columns.map((column) => `s${column}`);
  const sets = [columns, ...(options.also ?? [])];
  const parts = sets.map((set, index) => outer(rows, columns, set, index));
  const data = await database.columns(
    `WITH cells AS MATERIALIZED (${inner(rows, names, options.except)}) ${parts.join(' UNION ALL ')} ORDER BY ALL`,
  );
  const segments = new Map<string, SegmentMoments>();
  const column = (name: string): Float64Array => data[name] as Float64Array;
  for (let i = 0; i < column('side').length; i++) {
    const set = sets[column('part')[i] as number] as readonly number[];
    const codes = set.map((position) => column(`s${position}`)[i] as number);
    const key = `${set.join()}:${codes.join()}`;
    let segment = segments.get(key);
    if (!segment) {
      segment = { columns: [...set], codes, reference: noMoments, current: noMoments };
      segments.set(key, segment);
    }
    segment[column('side')[i] === 1 ? 'current' : 'reference'] = {
      rows: column('n')[i] as number,
      weight: column('w')[i] as number,
      weightSquared: column('ww')[i] as number,
      sum: column('k')[i] as number,
      sumSquares: column('k2')[i] as number,
      days: column('d')[i] as number,
      daySumSquared: column('kk')[i] as number,
      daySumWeight: column('kw')[i] as number,
      dayWeightSquared: column('dw')[i] as number,
    };
  }
  return [...segments.values()];
}

/** One line per (segment, window, day). Rows that count 1 and are right or wrong need whole numbers only. */
function inner(rows: MeasuredRows, names: readonly string[], except = 'FALSE'): string {
  const plain = rows.value.proportion;
  const counted = rows.counted && plain;
  const sums = counted
    ? 'count(*) AS n, sum(x) AS k'
    : `count(*) AS n, sum(w)::DOUBLE AS w, sum(w * w)::DOUBLE AS ww, ${plain ? 'sum(w * x)' : exactSum('w * x', MAX_WEIGHT)} AS k
       ${plain ? '' : `, ${exactSum('w * x * x', MAX_WEIGHT)} AS k2`}`;
  // A day lies in one window only: one key less to hash.
  return `SELECT ${[...names, 'day'].join(', ')}, any_value(side) AS side, ${sums} FROM ${rows.source}
    WHERE x IS NOT NULL AND NOT (${except}) GROUP BY ${[...names, 'day'].join(', ')}`;
}

/** One line per (segment, window) over a subset of the columns, from the daily lines. */
function outer(rows: MeasuredRows, all: readonly number[], set: readonly number[], part: number): string {
  const plain = rows.value.proportion;
  const counted = rows.counted && plain;
  const names = set.map((column) => `s${column}`);
  const measures = counted ? ['n', 'k'] : plain ? ['n', 'w', 'ww', 'k'] : ['n', 'w', 'ww', 'k', 'k2'];
  // Daily sums of real-valued losses are rounded once per day; adding them as integers keeps the order of adding out.
  const add = (name: string): string =>
    plain || name === 'n' || name === 'w' || name === 'ww' ? `sum(${name})` : exactWideSum(name);
  const daily =
    set.length === all.length
      ? 'cells'
      : `(SELECT ${[...names, 'side', 'day'].join(', ')}, ${measures.map((m) => `${add(m)} AS ${m}`).join(', ')} FROM cells GROUP BY ALL)`;
  const squares = counted
    ? 'sum(k * k)::DOUBLE AS kk, sum(k * n)::DOUBLE AS kw, sum(n * n)::DOUBLE AS dw'
    : `${exactWideSum('k * k')} AS kk, ${exactWideSum('k * w')} AS kw, ${exactWideSum('w * w')} AS dw`;
  const totals = counted
    ? 'sum(n) AS n, sum(n) AS w, sum(n) AS ww, sum(k) AS k, sum(k) AS k2'
    : `sum(n) AS n, sum(w) AS w, sum(ww) AS ww, ${add('k')} AS k, ${plain ? 'sum(k)' : add('k2')} AS k2`;
  const codes = all.map((column) => (set.includes(column) ? `s${column}` : `NULL AS s${column}`));
  return `SELECT ${[`${part} AS part`, ...codes, 'side'].join(', ')}, ${totals}, count(*) AS d, ${squares}
    FROM ${daily} GROUP BY ${[...names, 'side'].join(', ')}`;
}
