import type { SelectionFinding } from '../../../shared/model/selection.ts';
import { decimal } from '../../../shared/units.ts';
import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { quantileColumns, quantileList } from '../quantiles.ts';
import { remembered } from '../remembered.ts';
import type { Counted } from './value-counts.ts';

/** A column to be counted value by value. */
export type CountedColumn = Counted & {
  kind: SelectionFinding['kind'];
  name: string;
  nameOf(code: number): string | null;
};

const MOST_FEATURES = 60;
/** Text features with more values than this are identifiers rather than groups. */
const MOST_CATEGORIES = 200;
const BINS = 5;
/** Rows looked at to place the bins of a number, evenly spaced in time. */
const PLACING_ROWS = 50_000;

/** Everything exported that rows may differ in, but for the columns the selection itself fixes. */
export async function columnsOf(
  dataset: OpenDataset,
  fixed: readonly string[],
  withLabel: boolean,
): Promise<{ columns: CountedColumn[]; leftOut: string[] }> {
  const leftOut: string[] = [];
  const columns: CountedColumn[] = [];
  const coded = (kind: CountedColumn['kind'], name: string, sql: string, values: (string | null)[]): void => {
    columns.push({ kind, name, code: sql, nameOf: (code) => (Number.isNaN(code) ? null : (values[code] ?? null)) });
  };
  for (const [position, name] of dataset.segments.entries()) {
    if (fixed.includes(name)) leftOut.push(`${name}: fixed by the selection`);
    else coded('segment', name, `s${position}`, await dataset.dictionary('segment', position));
  }
  for (const [position, name] of dataset.versions.entries()) {
    coded('version', name, `v${position}`, await dataset.dictionary('version', position));
  }
  if (dataset.spec.task !== 'regression') {
    coded('prediction', 'predicted class', 'predicted', dataset.classes);
    if (withLabel) coded('label', 'label', 'label', dataset.classes);
  }
  const features = dataset.features.slice(0, MOST_FEATURES);
  for (const { name } of dataset.features.slice(MOST_FEATURES))
    leftOut.push(`${name}: beyond the first ${MOST_FEATURES} features`);
  for (const { name, position, kind } of features) {
    if (kind !== 'categorical') continue;
    const values = await dataset.dictionary('feature', position);
    if (values.length <= MOST_CATEGORIES) coded('feature', name, `f${position}`, values);
    else leftOut.push(`${name}: ${values.length} values`);
  }
  const numeric = features.filter(({ kind }) => kind === 'numeric');
  // The bins are those of the whole dataset, whatever is selected: walking from segment to segment places them once.
  const edges = await remembered(dataset, 'edges of selections', (database) =>
    binEdges(
      database,
      numeric.map(({ position }) => `f${position}`),
    ),
  );
  numeric.forEach(({ name, position }, i) => {
    const ends = edges[i] as number[];
    if (ends.length === 0) leftOut.push(`${name}: constant or empty`);
    else columns.push({ kind: 'feature', name, number: `f${position}`, ends, nameOf: (code) => binName(code, ends) });
  });
  return { columns, leftOut };
}

/** Distinct inner edges of about equal counts; none for a column that hardly varies. Ties never straddle a bin. */
async function binEdges(database: Database, columns: readonly string[]): Promise<number[][]> {
  if (columns.length === 0) return [];
  const shares = Array.from({ length: BINS - 1 }, (_, i) => (i + 1) / BINS);
  const lists = columns.flatMap((sql, i) => [quantileList(sql, shares, `q${i}`), `max(${sql})::DOUBLE AS m${i}`]);
  const read = columns.flatMap((_, i) => [quantileColumns(`q${i}`, shares.length), `m${i}`]);
  const [size] = await database.rows<{ n: number }>('SELECT count(*) AS n FROM row');
  const every = Math.max(1, Math.floor((size?.n ?? 0) / PLACING_ROWS));
  const found = await database.columns(
    `SELECT ${read.join(', ')} FROM (SELECT ${lists.join(', ')} FROM row WHERE rowid % ${every} = 0)`,
  );
  return columns.map((_, i) => {
    const most = found[`m${i}`]?.[0] ?? Number.NaN;
    const ends = shares.map((_share, k) => found[`q${i}_${k}`]?.[0] ?? Number.NaN);
    return [...new Set(ends)].filter((end) => end < most).sort((a, b) => a - b);
  });
}

function binName(code: number, ends: readonly number[]): string | null {
  if (Number.isNaN(code)) return null;
  if (code === 0) return `up to ${decimal(ends[0])}`;
  const below = decimal(ends[code - 1]);
  return code === ends.length ? `above ${below}` : `${below} to ${decimal(ends[code])}`;
}
