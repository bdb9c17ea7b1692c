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

/** Sets of columns grouped in one scan at most: each keeps a hash table of its cells. */
const MOST_SETS = 4;

/**
 * Moments of every segment over the given sets of columns, both windows: grouped by (segment, window, day) inside, so that the
 * between-day variance is exact, and by (segment, window) outside. One scan serves a few sets; a set that is part of another is added up
 * from that one's cells and costs no scan. Cost O(rows), answers O(segments).
 */
export async function readMoments(
  database: Database,
  rows: MeasuredRows,
  sets: readonly (readonly number[])[],
  except = 'FALSE',
): Promise<SegmentMoments[]> {
  const scanned = sets.filter((set) => !sets.some((other) => other.length > set.length && holds(other, set)));
  const scans: (readonly number[])[][] = [];
  for (let i = 0; i < scanned.length; i += MOST_SETS) scans.push(scanned.slice(i, i + MOST_SETS));
  const parts = new Set(sets.filter((set) => !scanned.includes(set)));
  const read = scans.map((scan) => {
    const also = [...parts].filter((part) => scan.some((set) => holds(set, part)));
    for (const part of also) parts.delete(part);
    return readScan(database, rows, scan, also, except);
  });
  return (await Promise.all(read)).flat();
}

const holds = (set: readonly number[], part: readonly number[]): boolean =>
  part.every((column) => set.includes(column));

async function readScan(
  database: Database,
  rows: MeasuredRows,
  scanned: readonly (readonly number[])[],
  also: readonly (readonly number[])[],
  except: string,
): Promise<SegmentMoments[]> {
  const columns = [...new Set(scanned.flat())].sort((a, b) => a - b);
  const sets = [...scanned, ...also];
  const parts = sets.map((set, part) => {
    const from = scanned.find((one) => holds(one, set)) as readonly number[];
    return outer(rows, columns, set, part, from);
  });
  const data = await database.columns(
    `WITH cells AS MATERIALIZED (${inner(rows, columns, scanned, except)}) ${parts.join(' UNION ALL ')} ORDER BY ALL`,
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

/** Which columns a set leaves out, as SQL's `grouping` tells it: the last column is the lowest bit. */
const leftOut = (columns: readonly number[], set: readonly number[]): number =>
  columns.reduce((bits, column) => bits * 2 + (set.includes(column) ? 0 : 1), 0);

/** One line per (set, segment, window, day). Rows that count 1 and are right or wrong need whole numbers only. */
function inner(
  rows: MeasuredRows,
  columns: readonly number[],
  scanned: readonly (readonly number[])[],
  except: string,
): string {
  const plain = rows.value.proportion;
  const sums =
    rows.counted && plain
      ? 'count(*) AS n, sum(x) AS k'
      : `count(*) AS n, sum(w)::DOUBLE AS w, sum(w * w)::DOUBLE AS ww, ${plain ? 'sum(w * x)' : exactSum('w * x', MAX_WEIGHT)} AS k
       ${plain ? '' : `, ${exactSum('w * x * x', MAX_WEIGHT)} AS k2`}`;
  const names = columns.map((column) => `s${column}`);
  const grouping = names.length > 0 ? `grouping(${names.join(', ')})` : '0';
  const keys = scanned.map((set) => `(${[...set.map((column) => `s${column}`), 'day'].join(', ')})`);
  // A day lies in one window only: one key less to hash.
  return `SELECT ${[...names, 'day', `${grouping} AS of`].join(', ')}, any_value(side) AS side, ${sums} FROM ${rows.source}
    WHERE x IS NOT NULL AND NOT (${except}) GROUP BY GROUPING SETS (${keys.join(', ')})`;
}

/** One line per (segment, window) of a set, from the daily lines of one that was scanned. */
function outer(
  rows: MeasuredRows,
  columns: readonly number[],
  set: readonly number[],
  part: number,
  scanned: readonly number[],
): string {
  const plain = rows.value.proportion;
  const counted = rows.counted && plain;
  const names = set.map((column) => `s${column}`);
  const measures = counted ? ['n', 'k'] : plain ? ['n', 'w', 'ww', 'k'] : ['n', 'w', 'ww', 'k', 'k2'];
  // Daily sums of real-valued losses are rounded once per day; adding them as integers keeps the order of adding out.
  const add = (name: string): string =>
    plain || name === 'n' || name === 'w' || name === 'ww' ? `sum(${name})` : exactWideSum(name);
  const cells = `(SELECT * FROM cells WHERE of = ${leftOut(columns, scanned)})`;
  const daily =
    set === scanned
      ? cells
      : `(SELECT ${[...names, 'side', 'day'].join(', ')}, ${measures.map((m) => `${add(m)} AS ${m}`).join(', ')} FROM ${cells} GROUP BY ALL)`;
  const squares = counted
    ? 'sum(k * k)::DOUBLE AS kk, sum(k * n)::DOUBLE AS kw, sum(n * n)::DOUBLE AS dw'
    : `${exactWideSum('k * k')} AS kk, ${exactWideSum('k * w')} AS kw, ${exactWideSum('w * w')} AS dw`;
  const totals = counted
    ? 'sum(n) AS n, sum(n) AS w, sum(n) AS ww, sum(k) AS k, sum(k) AS k2'
    : `sum(n) AS n, sum(w) AS w, sum(ww) AS ww, ${add('k')} AS k, ${plain ? 'sum(k)' : add('k2')} AS k2`;
  const codes = columns.map((column) => (set.includes(column) ? `s${column}` : `NULL AS s${column}`));
  return `SELECT ${[`${part} AS part`, ...codes, 'side'].join(', ')}, ${totals}, count(*) AS d, ${squares}
    FROM ${daily} GROUP BY ${[...names, 'side'].join(', ')}`;
}
