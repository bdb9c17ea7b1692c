import type { Database } from '../../platform/duckdb.ts';
import { exactSum, exactWideSum } from '../exact-sum.ts';
import { MAX_WEIGHT } from '../metrics/read-statistics.ts';
import type { RowValue } from '../row-value.ts';
import { type Moments, noMoments } from './moments.ts';

/** The labelled rows of both windows with their weights and row value. */
export interface MeasuredRows {
  where: string;
  /** 1 for the current window, else 0. */
  side: string;
  weight: string;
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
  const plain = rows.value.proportion;
  const sum = plain ? 'sum(w * x)' : exactSum('w * x', MAX_WEIGHT);
  const squares = plain ? 'sum(w * x)' : exactSum('w * x * x', MAX_WEIGHT);
  const data = await database.columns(
    `SELECT ${list}side, sum(n) AS n, sum(w) AS w, ${exactWideSum('ww')} AS ww, sum(k) AS k, ${exactWideSum('k2')} AS k2,
       count(*) AS d, ${exactWideSum('k * k')} AS kk, ${exactWideSum('k * w')} AS kw, ${exactWideSum('w * w')} AS dw
     FROM (SELECT ${list}side, day, count(*) AS n, sum(w) AS w, ${exactSum('w * w', MAX_WEIGHT ** 2)} AS ww,
         ${sum} AS k, ${squares} AS k2
       FROM (SELECT ${list}day, ${rows.side} AS side, (${rows.weight})::DOUBLE AS w, ${rows.value.sql} AS x
         FROM row WHERE ${rows.where} AND ${rows.value.where} AND NOT (${except}))
       GROUP BY ALL)
     GROUP BY ALL ORDER BY ALL`,
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
