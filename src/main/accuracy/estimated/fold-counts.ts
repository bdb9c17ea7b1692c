import type { Database } from '../../platform/duckdb.ts';
import { daysOf } from '../kept-by-day.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { binnedScores } from './binned-scores.ts';

const FOLDS = 10;
/** Cells of all days that are read at once and stay, 4 bytes each: about a hundred days of 500 bins. */
const MOST_CELLS_KEPT = 1_000_000;
/** Knuth's multiplicative hash of a row's position: a fold for every row, the same on every run. */
const FOLD = `(((id * 2654435761) % 4294967296) * ${FOLDS} // 4294967296)`;

/** Rows per score bin: with outcome 1, with outcome 0. */
export interface FoldCounts {
  positives: Float64Array;
  negatives: Float64Array;
}

interface CountedRows {
  /** 0 or 1 of a row. */
  outcome: string;
  /** Predicate over `row`. */
  rows: string;
  /** Days of those rows that count. */
  days: readonly number[];
  /** All days are counted once for an open dataset, where that is not too much: other days then cost no scan. */
  kept: boolean;
}

/** Rows in ten folds by score bin and outcome; `ends`: where bins end, ascending. */
export async function foldCounts(
  dataset: OpenDataset,
  database: Database,
  ends: Float64Array,
  { outcome, rows, days, kept }: CountedRows,
): Promise<FoldCounts[]> {
  const width = ends.length;
  const counts = new Float64Array(FOLDS * 2 * width);
  const add = (n: number, cell: number): void => {
    counts[cell] = (counts[cell] as number) + n;
  };
  const cells = (keys: Record<string, string>, where: string): string =>
    `SELECT * EXCLUDE (part, bin), part * ${width} + bin AS cell
     FROM (${binnedScores(ends, { ...keys, part: `(${FOLD} * 2 + ${outcome})::USMALLINT` }, where)})`;
  if (kept && daysOf(dataset) * counts.length <= MOST_CELLS_KEPT) {
    const sql = cells({ day: 'day' }, rows);
    const byDay = await remembered(dataset, sql, async (every) => {
      const { day, cell, n } = (await every.columns(sql)) as Record<'day' | 'cell' | 'n', Float64Array>;
      const found = new Map<number, Uint32Array>();
      for (let i = 0; i < n.length; i++) {
        const known = found.get(day[i] as number) ?? new Uint32Array(counts.length);
        found.set(day[i] as number, known);
        known[cell[i] as number] = n[i] as number;
      }
      return found;
    });
    for (const day of days) byDay.get(day)?.forEach(add);
  } else {
    const where = `(${rows}) AND day IN (${days.join(', ') || 'NULL'})`;
    const { cell, n } = (await database.columns(cells({}, where))) as Record<'cell' | 'n', Float64Array>;
    cell.forEach((of, i) => {
      add(n[i] as number, of);
    });
  }
  const of = (index: number): Float64Array => counts.subarray(index * width, (index + 1) * width);
  return Array.from({ length: FOLDS }, (_, fold) => ({ negatives: of(fold * 2), positives: of(fold * 2 + 1) }));
}
