import type { Database } from '../../platform/duckdb.ts';
import { totalVariation, wasserstein } from '../../statistics/distance.ts';
import type { OpenDataset } from '../open-dataset.ts';
import type { Partition } from './partitions.ts';

const BINS = 1000;

/**
 * Distance between the predictions of both windows once the reference is reweighted to the current shares of a partition's groups:
 * what of the prediction drift the partition does not account for. Binned on 1000 equal bins of the joint range.
 */
export async function residualDrift(
  dataset: OpenDataset,
  database: Database,
  scope: { where: string; side: string },
  partition: Partition,
): Promise<number | null> {
  const score = dataset.spec.task === 'regression' ? 'predicted' : dataset.hasScores ? 'score' : null;
  const range = score
    ? (
        await database.rows<{ low: number | null; high: number | null }>(
          `SELECT min(${score})::DOUBLE AS low, max(${score})::DOUBLE AS high FROM row WHERE ${scope.where}`,
        )
      )[0]
    : undefined;
  const width = ((range?.high ?? 0) - (range?.low ?? 0)) / BINS;
  if (score && !(width > 0)) return null;
  const bin = score ? `least(floor((${score} - (${range?.low})) / ${width}), ${BINS - 1})::INTEGER` : 'predicted';
  const {
    bin: bins,
    reference,
    current,
  } = (await database.columns(
    `WITH counted AS (
       SELECT ${partition.group} AS g, ${scope.side} AS side, ${bin} AS bin, count(*) AS n FROM row
       WHERE ${scope.where} AND ${score ?? 'predicted'} IS NOT NULL GROUP BY ALL),
     groups AS (SELECT g, sum(n) FILTER (side = 0) AS n0, sum(n) FILTER (side = 1) AS n1 FROM counted GROUP BY g)
     SELECT bin, coalesce(sum(n * n1 / n0) FILTER (side = 0), 0)::DOUBLE AS reference,
       coalesce(sum(n) FILTER (side = 1), 0)::DOUBLE AS current
     FROM counted JOIN groups USING (g) WHERE n0 > 0 AND n1 > 0 GROUP BY bin ORDER BY bin`,
  )) as Record<'bin' | 'reference' | 'current', Float64Array>;
  if (bins.length === 0) return null;
  const distance = score
    ? wasserstein(
        bins.map((b) => (range?.low ?? 0) + (b + 0.5) * width),
        current,
        reference,
      )
    : totalVariation(current, reference);
  return distance.value;
}
