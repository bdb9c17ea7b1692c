import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { recalled, remembered } from '../remembered.ts';
import type { ValueBins } from './binned-values.ts';
import { type BinnedColumn, type BinnedScope, readStoredBins } from './stored-bins.ts';

/**
 * The bins of a column by day. Those of restricted rows cost a scan: once a series has counted them on all days, a comparison of any of
 * these days finds them (and others beside them).
 */
export async function dailyBins(
  dataset: OpenDataset,
  database: Database,
  source: BinnedColumn & Omit<BinnedScope, 'group'>,
): Promise<ValueBins | null> {
  const { position, days, rows } = source;
  const read = (from: Database) => readStoredBins(from, source, source);
  if (rows === undefined) return read(database);
  const key = `bins of column ${position} where ${rows}`;
  if (days === 'TRUE') return remembered(dataset, key, read);
  return (await recalled<ValueBins | null>(dataset, key)) ?? read(database);
}
