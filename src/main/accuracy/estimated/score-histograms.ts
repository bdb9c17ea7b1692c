import type { Database } from '../../platform/duckdb.ts';
import { doubleLiteral } from '../../platform/sql.ts';
import type { ValueBins } from '../drift/binned-values.ts';
import type { OpenDataset } from '../open-dataset.ts';
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
  within: string;
  /** Labelled rows the calibration may learn from. */
  training: string;
}

/** Score histograms on at most 500 equal-count bins: of every chunk, and of the labelled reference rows by fold and outcome. */
export async function scoreHistograms(
  dataset: OpenDataset,
  database: Database,
  bins: ValueBins,
  { group, within, training }: Bounds,
): Promise<ScoreHistograms> {
  const binary = dataset.spec.task === 'binary';
  const { ends, scores } = coarse(bins);
  const edges = `[${Array.from(ends, doubleLiteral).join(', ')}]`;
  const outcome = binary ? 'label' : '(predicted = label)::INTEGER';
  const [all, labelled] = await Promise.all([
    histograms(database, `(${group})::INTEGER`, binary ? 'predicted' : '0', edges, within),
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
    chunks: collect(all),
    folds: Array.from({ length: FOLDS }, (_, fold) => {
      const [negatives, positives] = byFold.get(fold) ?? empty();
      return { positives, negatives };
    }),
  };
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

/** At most 500 bins of about equal rows whose ends are ends of `bins`, each with the mean score of its rows. */
function coarse(bins: ValueBins): { ends: Float64Array; scores: Float64Array } {
  const width = bins.ends.length;
  const n = new Float64Array(width);
  const sum = new Float64Array(width);
  for (const group of bins.groups.values()) {
    for (let j = 0; j < width; j++) {
      n[j] = (n[j] as number) + (group.n[j] as number);
      sum[j] = (sum[j] as number) + (group.sum[j] as number);
    }
  }
  const share = n.reduce((a, b) => a + b, 0) / BINS;
  const ends: number[] = [];
  const scores: number[] = [];
  let rows = 0;
  let total = 0;
  for (let j = 0; j < width; j++) {
    rows += n[j] as number;
    total += sum[j] as number;
    if (rows < share && j < width - 1) continue;
    if (rows === 0) {
      // Beyond the last row of a part of the dataset, in bins of the whole: they belong to the bin before.
      ends[ends.length - 1] = bins.ends[j] as number;
      continue;
    }
    ends.push(bins.ends[j] as number);
    scores.push(bins.lowest + total / rows);
    rows = 0;
    total = 0;
  }
  return { ends: Float64Array.from(ends), scores: Float64Array.from(scores) };
}
