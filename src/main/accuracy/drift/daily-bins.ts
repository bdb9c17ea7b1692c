import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { recalled, remembered } from '../remembered.ts';
import type { ValueBins } from './binned-values.ts';
import { type BinnedColumn, type BinnedScope, readStoredBins } from './stored-bins.ts';

/**
 * The bins of a column by day. Once a series has read them of all days, a comparison of any of these days finds them (and others beside
 * them): of restricted rows they cost a scan.
 */
export async function dailyBins(
  dataset: OpenDataset,
  database: Database,
  source: BinnedColumn & Omit<BinnedScope, 'group'>,
): Promise<ValueBins | null> {
  const { position, days, rows = 'TRUE' } = source;
  const read = (from: Database) => readStoredBins(from, source, source);
  const what = `bins of column ${position}`;
  if (days === 'TRUE') return remembered(dataset, what, read, rows);
  return (await recalled<ValueBins | null>(dataset, what, rows)) ?? read(database);
}
