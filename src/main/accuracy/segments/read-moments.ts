import type { Database } from '../../platform/duckdb.ts';
import { exactSum, exactWideSum } from '../exact-sum.ts';
import { MAX_WEIGHT } from '../metrics/read-statistics.ts';
import type { RowValue } from '../row-value.ts';
import { FULL_WEIGHT, type WeightedRows } from '../weighted-rows.ts';
import { type Moments, noMoments } from './moments.ts';

/** The labelled rows of both windows with their weights and row value. */
export interface MeasuredRows extends Pick<WeightedRows, 'source' | 'weight'> {
  where: string;
  /** 1 for the current window, else 0. */
  side: string;
  value: RowValue;
}

export interface SegmentMoments {
  /** Positions of the segment columns and the code in each. */
  columns: number[];
  codes: number[];
  reference: Moments;
  current: Moments;
}

/**
 * Moments of every segment over one set of columns, both windows, in one scan: grouped by (segment, window, day) inside, so that the
 * between-day variance is exact, and by (segment, window) outside. Cost O(rows), answers O(segments).
 */
export async function readMoments(
  database: Database,
  rows: MeasuredRows,
  columns: readonly number[],
  except = 'FALSE',
): Promise<SegmentMoments[]> {
  const names = columns.map((column) => `s${column}`);
  const list = names.map((name) => `${name}, `).join('');
  const from = `FROM ${rows.source} WHERE ${rows.where} AND ${rows.value.where} AND NOT (${except})`;
  const data = await database.columns(
    rows.value.proportion && rows.weight === FULL_WEIGHT
      ? countedMoments(list, rows, from)
      : weightedMoments(list, rows, from),
  );
  const segments = new Map<string, SegmentMoments>();
  const column = (name: string): Float64Array => data[name] as Float64Array;
  for (let i = 0; i < column('side').length; i++) {
    const codes = names.map((name) => column(name)[i] as number);
    const key = codes.join();
    let segment = segments.get(key);
    if (!segment) {
      segment = { columns: [...columns], codes, reference: noMoments, current: noMoments };
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

/** Rows that count 1 and are right or wrong: whole numbers throughout. */
const countedMoments = (list: string, rows: MeasuredRows, from: string): string =>
  `SELECT ${list}side, sum(n) AS n, sum(n) AS w, sum(n) AS ww, sum(k) AS k, sum(k) AS k2, count(*) AS d,
     sum(k * k)::DOUBLE AS kk, sum(k * n)::DOUBLE AS kw, sum(n * n)::DOUBLE AS dw
   FROM (SELECT ${list}side, day, count(*) AS n, count(*) FILTER (x = 1) AS k
     FROM (SELECT ${list}day, ${rows.side} AS side, ${rows.value.sql} AS x ${from})
     GROUP BY ALL)
   GROUP BY ALL ORDER BY ALL`;

/** Weights are multiples of WEIGHT_STEP, so plain sums of them and of right answers are exact; squares of daily sums are not. */
function weightedMoments(list: string, rows: MeasuredRows, from: string): string {
  const plain = rows.value.proportion;
  const sum = plain ? 'sum(w * x)' : exactSum('w * x', MAX_WEIGHT);
  const squares = plain ? 'sum(w * x)' : exactSum('w * x * x', MAX_WEIGHT);
  return `SELECT ${list}side, sum(n) AS n, sum(w) AS w, sum(ww) AS ww, ${plain ? 'sum(k)' : exactWideSum('k')} AS k,
     ${plain ? 'sum(k2)' : exactWideSum('k2')} AS k2, count(*) AS d, ${exactWideSum('k * k')} AS kk,
     ${exactWideSum('k * w')} AS kw, ${exactWideSum('w * w')} AS dw
   FROM (SELECT ${list}side, day, count(*) AS n, sum(w) AS w, sum(w * w) AS ww, ${sum} AS k, ${squares} AS k2
     FROM (SELECT ${list}day, ${rows.side} AS side, (${rows.weight})::DOUBLE AS w, ${rows.value.sql} AS x ${from})
     GROUP BY ALL)
   GROUP BY ALL ORDER BY ALL`;
}
