import type { Segment } from '../../shared/model/comparison.ts';
import type { Database } from '../platform/duckdb.ts';
import type { OpenDataset } from './open-dataset.ts';
import { remembered } from './remembered.ts';
import { segmentPredicate } from './scope.ts';

/**
 * Of 1.8 M rows: what a window asks about a segment (what is different inside, series, comparison) takes two thirds to four fifths of the
 * time from a copy of 5 000 to 20 000 rows, nine tenths from one of 100 000; with 170 000 the copy costs more than it saves.
 */
const MOST_COPIED = 120_000;

/** Where a row came from, which only imports ask. */
export const ORIGIN = ['id_hash', 'prediction_file', 'label_file'];

/** Databases whose rows are such a copy: a part of few rows is not worth one of its own. */
const copies = new WeakSet<Database>();

/** An analysis inside a segment: where it is narrow its rows are copied once, instead of being looked for in all rows at every question. */
export async function insideOf<T>(
  dataset: OpenDataset,
  within: Segment | undefined,
  signal: AbortSignal | undefined,
  analyse: (dataset: OpenDataset) => Promise<T>,
): Promise<T> {
  const where = await segmentPredicate(dataset, within ?? {});
  if (where === 'TRUE' || copies.has(dataset.database)) return analyse(dataset);
  const database = signal ? dataset.database.withSignal(signal) : dataset.database;
  const size = await remembered(
    dataset,
    'rows',
    async (all) => {
      const [counted] = await all.rows<{ n: number }>(`SELECT count(*) AS n FROM row WHERE ${where}`);
      return counted!.n;
    },
    where,
  );
  if (size > MOST_COPIED) return analyse(dataset);
  const rows = await database.restricted({ table: 'row', where, without: ORIGIN });
  copies.add(rows.database);
  try {
    return await analyse({ ...dataset, database: rows.database });
  } finally {
    await rows.release();
  }
}
