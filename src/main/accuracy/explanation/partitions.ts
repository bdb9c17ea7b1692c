import type { Database } from '../../platform/duckdb.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { binCases, quantileColumns, quantileList } from '../quantiles.ts';
import { subsets } from '../segments/search.ts';

/** A named way to cut all rows into groups. */
export interface Partition {
  columns: string[];
  /** Integer SQL expression: the group of a row. */
  group: string;
}

const MOST_BINS = 10;
/** Reference rows that place the bins, evenly spaced in time. */
const PLACING_ROWS = 20_000;
/** Rows a bin should have in the smaller window, so that it is not thin when the feature moves a little. */
const ROWS_PER_BIN = 250;
/** The bin of missing values, above all others. */
const MISSING = MOST_BINS;
/** Text features with more values than this are identifiers rather than groups. */
const MOST_CATEGORIES = 200;
/** Features tried as partitions; the rest is named in the reason. */
export const MOST_FEATURES = 60;

/** Bin of a number, `MISSING` where there is none; ties never straddle a bin. */
const binned = (expression: string, edges: readonly number[]): string =>
  `(CASE WHEN ${expression} IS NULL THEN ${MISSING} ${binCases(expression, edges)} END)`;

/**
 * Everything exported that a drop may be conditioned on: declared segments, their pairs, feature bins (equal counts of the reference,
 * ten or as many as the rows allow), categorical features, score bins. `fixed` columns are constant in the scope and left out.
 */
export async function partitionsOf(
  dataset: OpenDataset,
  database: Database,
  source: string,
  fixed: readonly number[],
): Promise<{ partitions: Partition[]; labelFirst: Partition; leftOut: string[] }> {
  const segments = dataset.segments
    .map((name, position) => ({ name, position }))
    .filter((s) => !fixed.includes(s.position));
  const cards = await Promise.all(segments.map(({ position }) => dataset.dictionary('segment', position)));
  const partitions: Partition[] = segments.map(({ name, position }) => ({ columns: [name], group: `s${position}` }));
  for (const [a, b] of subsets(segments.length, 2) as [number, number][]) {
    const [first, second] = [segments[a], segments[b]] as [(typeof segments)[0], (typeof segments)[0]];
    const width = (cards[b] as unknown[]).length;
    partitions.push({
      columns: [first.name, second.name],
      group: `(s${first.position}::BIGINT * ${width} + s${second.position})`,
    });
  }
  const features = dataset.features.slice(0, MOST_FEATURES);
  const leftOut = dataset.features.slice(MOST_FEATURES).map((feature) => feature.name);
  const numbers = [
    ...features.filter((feature) => feature.kind === 'numeric').map((f) => ({ name: f.name, sql: `f${f.position}` })),
    ...(dataset.hasScores ? [{ name: 'score', sql: 'score' }] : []),
    ...(dataset.spec.task === 'regression' ? [{ name: 'predicted value', sql: 'predicted' }] : []),
    { name: 'label', sql: 'label::DOUBLE' },
  ];
  const [rows] = await database.rows<{ before: number; now: number }>(
    `SELECT count(*) FILTER (side = 0) AS before, count(*) FILTER (side = 1) AS now FROM ${source} WHERE x IS NOT NULL`,
  );
  const { before, now } = rows ?? { before: 0, now: 0 };
  const bins = Math.min(MOST_BINS, Math.max(2, Math.floor(Math.min(before, now) / ROWS_PER_BIN)));
  const edges = await binEdges(
    database,
    source,
    numbers.map(({ sql }) => sql),
    bins,
    Math.max(1, Math.floor(before / PLACING_ROWS)),
  );
  for (const { name, position, kind } of features) {
    if (kind !== 'categorical') continue;
    const size = (await dataset.dictionary('feature', position)).length;
    if (size <= MOST_CATEGORIES) partitions.push({ columns: [name], group: `f${position}` });
    else leftOut.push(name);
  }
  numbers.forEach(({ name, sql }, i) => {
    if (name !== 'label') partitions.push({ columns: [name], group: binned(sql, edges[i] ?? []) });
  });
  const labelFirst: Partition =
    dataset.spec.task === 'regression'
      ? { columns: ['label'], group: binned('label', edges[numbers.length - 1] ?? []) }
      : { columns: ['label'], group: 'label' };
  return { partitions, labelFirst, leftOut };
}

async function binEdges(
  database: Database,
  source: string,
  expressions: readonly string[],
  bins: number,
  /** Every so-manieth row is looked at: edges only place the bins, all rows are counted in them. */
  every: number,
): Promise<number[][]> {
  const shares = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
  const lists = expressions.map((sql, x) => quantileList(sql, shares, `q${x}`));
  const columns = expressions.map((_, x) => quantileColumns(`q${x}`, shares.length));
  const edges = await database.columns(
    `SELECT ${columns.join(', ')} FROM (SELECT ${lists.join(', ')} FROM ${source} WHERE side = 0 AND id % ${every} = 0)`,
  );
  return expressions.map((_, x) =>
    shares.map((_, i) => edges[`q${x}_${i}`]?.[0] ?? Number.NaN).filter((edge) => !Number.isNaN(edge)),
  );
}
