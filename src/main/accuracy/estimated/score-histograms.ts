import type { Database } from '../../platform/duckdb.ts';
import { pooledBins, type ValueBins } from '../drift/binned-values.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { binnedScores } from './binned-scores.ts';
import { type FoldCounts, foldCounts } from './fold-counts.ts';

const BINS = 500;

export interface ScoreHistograms {
  /** One score per bin that stands for all its rows. */
  scores: Float64Array;
  /** Per chunk and predicted class (0 and 1; multiclass: all under 0): rows per bin. */
  chunks: Map<number, [Float64Array, Float64Array]>;
  /** Labelled reference rows per fold. */
  folds: FoldCounts[];
}

interface Bounds {
  /** Integer chunk expression. */
  group: string;
  /** The chunks, and the groups of the score bins that make up each. */
  chunks: readonly { key: number; groups: readonly number[] }[];
  within: string;
  training: TrainingRows;
  /** What does not hang on the reference is counted once for an open dataset. */
  kept: boolean;
}

/** Rows the calibration may learn from. */
export interface TrainingRows {
  /** Predicate of rows with a label. */
  labelled: string;
  days: readonly number[];
}

/** Score histograms on at most 500 equal-count bins: of every chunk, and of the labelled reference rows by fold and outcome. */
export async function scoreHistograms(
  dataset: OpenDataset,
  database: Database,
  bins: ValueBins,
  { group, chunks, within, training, kept }: Bounds,
): Promise<ScoreHistograms> {
  const binary = dataset.spec.task === 'binary';
  const { ends, scores, merged } = coarse(bins);
  // Without regard to the predicted class, and where no row is without one, the score bins of the chunks say it already.
  const counted = !binary && (await everyScorePredicted(dataset));
  const [all, folds] = await Promise.all([
    counted ? null : chunkCounts(dataset, database, ends, { group, side: binary ? 'predicted' : '0', within, kept }),
    foldCounts(dataset, database, ends, {
      outcome: binary ? 'label' : '(predicted = label)::INTEGER',
      rows: `(${within}) AND ${training.labelled}`,
      days: training.days,
      kept,
    }),
  ]);
  const none = new Float64Array(ends.length);
  return {
    scores,
    chunks: all ?? new Map(chunks.map(({ key, groups }) => [key, [mergedBins(bins, groups, merged), none]])),
    folds,
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

interface ChunkRows {
  group: string;
  /** 0 or 1 of a row. */
  side: string;
  within: string;
  kept: boolean;
}

async function chunkCounts(
  dataset: OpenDataset,
  database: Database,
  ends: Float64Array,
  { group, side, within, kept }: ChunkRows,
): Promise<ScoreHistograms['chunks']> {
  const sql = binnedScores(ends, { chunk: `(${group})::INTEGER`, side }, within);
  const read = (from: Database) => from.columns(sql);
  const {
    chunk,
    side: sides,
    bin,
    n,
  } = (await (kept ? remembered(dataset, sql, read) : read(database))) as Record<
    'chunk' | 'side' | 'bin' | 'n',
    Float64Array
  >;
  const chunks: ScoreHistograms['chunks'] = new Map();
  chunk.forEach((key, i) => {
    const pair = chunks.get(key) ?? [new Float64Array(ends.length), new Float64Array(ends.length)];
    chunks.set(key, pair);
    pair[sides[i] as 0 | 1][bin[i] as number] = n[i] as number;
  });
  return chunks;
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
