import type { Database } from '../../platform/duckdb.ts';
import { doubleLiteral } from '../../platform/sql.ts';
import { pooledBins, type ValueBins } from '../drift/binned-values.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { EVERY_ROW_FULLY } from '../weighted-rows.ts';

const FOLDS = 10;
const BINS = 500;
/** Knuth's multiplicative hash of a row's position: a fold for every row, the same on every run. */
const FOLD = `(((id * 2654435761) % 4294967296) * ${FOLDS} // 4294967296)`;

export interface ScoreHistograms {
  /** One score per bin that stands for all its rows. */
  scores: Float64Array;
  /** Per chunk and predicted class (0 and 1; multiclass: all under 0): rows per bin. */
  chunks: Map<number, [Float64Array, Float64Array]>;
  /** Labelled reference rows per fold: with outcome 1, with outcome 0. */
  folds: { positives: Float64Array; negatives: Float64Array }[];
}

interface Bounds {
  /** Integer chunk expression. */
  group: string;
  /** The chunks, and the groups of the score bins that make up each. */
  chunks: readonly { key: number; groups: readonly number[] }[];
  within: string;
  /** Labelled rows the calibration may learn from. */
  training: string;
}

/** Score histograms on at most 500 equal-count bins: of every chunk, and of the labelled reference rows by fold and outcome. */
export async function scoreHistograms(
  dataset: OpenDataset,
  database: Database,
  bins: ValueBins,
  { group, chunks, within, training }: Bounds,
): Promise<ScoreHistograms> {
  const binary = dataset.spec.task === 'binary';
  const { ends, scores, merged } = coarse(bins);
  const edges = `[${Array.from(ends, doubleLiteral).join(', ')}]`;
  const outcome = binary ? 'label' : '(predicted = label)::INTEGER';
  // Without regard to the predicted class, and where no row is without one, the score bins of the chunks say it already.
  const counted = !binary && (await everyScorePredicted(dataset));
  const [all, labelled] = await Promise.all([
    counted ? null : histograms(database, `(${group})::INTEGER`, binary ? 'predicted' : '0', edges, within),
    histograms(database, FOLD, outcome, edges, `(${within}) AND (${training})`),
  ]);
  const empty = (): [Float64Array, Float64Array] => [new Float64Array(ends.length), new Float64Array(ends.length)];
  const collect = (lines: Lines): Map<number, [Float64Array, Float64Array]> => {
    const collected = new Map<number, [Float64Array, Float64Array]>();
    for (let i = 0; i < lines.key.length; i++) {
      const key = lines.key[i] as number;
      const pair = collected.get(key) ?? empty();
      pair[lines.side[i] as 0 | 1][lines.bin[i] as number] = lines.n[i] as number;
      collected.set(key, pair);
    }
    return collected;
  };
  const byFold = collect(labelled);
  return {
    scores,
    chunks: all
      ? collect(all)
      : new Map(chunks.map(({ key, groups }) => [key, [mergedBins(bins, groups, merged), empty()[1]]])),
    folds: Array.from({ length: FOLDS }, (_, fold) => {
      const [negatives, positives] = byFold.get(fold) ?? empty();
      return { positives, negatives };
    }),
  };
}

const everyScorePredicted = (dataset: OpenDataset): Promise<boolean> =>
  remembered(dataset, 'every score has a prediction', async (database) => {
    const found = await database.rows('SELECT 1 AS one FROM row WHERE score IS NOT NULL AND predicted IS NULL LIMIT 1');
    return found.length === 0;
  });

function mergedBins(bins: ValueBins, groups: readonly number[], merged: Int32Array): Float64Array {
  const counts = new Float64Array((merged.at(-1) ?? -1) + 1);
  pooledBins(bins, groups).n.forEach((n, j) => {
    const bin = merged[j] as number;
    counts[bin] = (counts[bin] as number) + n;
  });
  return counts;
}

type Lines = Record<'key' | 'side' | 'bin' | 'n', Float64Array>;

async function histograms(database: Database, key: string, side: string, edges: string, where: string): Promise<Lines> {
  return (await database.columns(
    `SELECT key, side, n, bin - 1 AS bin FROM (
       SELECT key, side, unnest(map_values(h)) AS n, generate_subscripts(map_values(h), 1) AS bin FROM (
         SELECT ${key} AS key, ${side} AS side, histogram(score, ${edges}) AS h
         FROM ${EVERY_ROW_FULLY.over('row')} WHERE score IS NOT NULL AND predicted IS NOT NULL AND (${where}) GROUP BY ALL))
     WHERE n > 0 ORDER BY key, side, bin`,
  )) as Lines;
}

/** At most 500 bins of about equal rows whose ends are ends of `bins`, each with the mean score of its rows; `merged`: which holds each of `bins`. */
function coarse(bins: ValueBins): { ends: Float64Array; scores: Float64Array; merged: Int32Array } {
  const width = bins.ends.length;
  const { n, sum } = pooledBins(bins, bins.groups.keys());
  const merged = new Int32Array(width);
  const share = n.reduce((a, b) => a + b, 0) / BINS;
  const ends: number[] = [];
  const scores: number[] = [];
  let rows = 0;
  let total = 0;
  for (let j = 0; j < width; j++) {
    merged[j] = scores.length;
    rows += n[j] as number;
    total += sum[j] as number;
    if (rows < share && j < width - 1) continue;
    if (rows === 0) {
      // Beyond the last row of a part of the dataset, in bins of the whole: they belong to the bin before.
      ends[ends.length - 1] = bins.ends[j] as number;
      merged.fill(scores.length - 1, merged.indexOf(scores.length));
      continue;
    }
    ends.push(bins.ends[j] as number);
    scores.push(bins.lowest + total / rows);
    rows = 0;
    total = 0;
  }
  return { ends: Float64Array.from(ends), scores: Float64Array.from(scores), merged };
}
