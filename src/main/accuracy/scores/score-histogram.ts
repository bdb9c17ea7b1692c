import type { Database } from '../../platform/duckdb.ts';
import { doubleLiteral } from '../../platform/sql.ts';
import { contains } from '../days.ts';
import { keptByDay } from '../kept-by-day.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import { inEither, inRange, labelled, type Scope } from '../scope.ts';

/** Predictions and labelled ones per fine bin of the score (of the predicted value for a regression). */
export interface ScoreHistogram {
  of: 'score' | 'predicted value';
  /** One more than bins; for predicted values the outermost are the extremes. */
  edges: Float64Array;
  predictions: [reference: Float64Array, current: Float64Array];
  labelled: [reference: Float64Array, current: Float64Array];
}

/** Fine equal-width bins; charts and tables merge neighbours. */
const FINE_BINS = 200;
/** Predicted values beyond these quantiles share the outermost bins, or one extreme would empty all others. */
const TAIL = 0.005;
/** Bits of the key above the bin. */
const CURRENT = 256;
const LABELLED = 512;

/**
 * Every prediction of both windows, labelled or not, in one pass over the narrow columns; null without scores.
 * Counts are integers: the same on any number of threads.
 */
export async function scoreHistogram(
  dataset: OpenDataset,
  database: Database,
  scope: Scope,
): Promise<ScoreHistogram | null> {
  const regression = dataset.spec.task === 'regression';
  if (!regression && !dataset.hasScores) return null;
  const value = regression ? 'predicted' : 'score';
  const where = `${inEither(scope)} AND ${value} IS NOT NULL`;
  const edges = regression ? await valueEdges(database, where) : unitEdges();
  const histogram: ScoreHistogram = {
    of: regression ? 'predicted value' : 'score',
    edges,
    predictions: [new Float64Array(FINE_BINS), new Float64Array(FINE_BINS)],
    labelled: [new Float64Array(FINE_BINS), new Float64Array(FINE_BINS)],
  };
  const count = (window: 0 | 1, bits: number, rows: number): void => {
    const bin = Math.min(bits % CURRENT, FINE_BINS - 1);
    histogram.predictions[window][bin] = (histogram.predictions[window][bin] as number) + rows;
    if (bits & LABELLED) histogram.labelled[window][bin] = (histogram.labelled[window][bin] as number) + rows;
  };
  // One small integer as key: such a count is twice as fast as one over three columns.
  const bits = [
    `${binSql(value, edges, regression)}::USMALLINT`,
    `CASE WHEN ${labelled(dataset, scope.asOfUs)} THEN ${LABELLED} ELSE 0 END::USMALLINT`,
  ].join(' + ');
  if (!regression && scope.within === 'TRUE' && keptByDay(dataset, [scope.reference, scope.current])) {
    const { day, k, n } = (await remembered(dataset, `scores by day, labels at ${scope.asOfUs}`, (every) =>
      every.columns(
        `SELECT day, ${bits} AS k, count(*) AS n FROM row WHERE score IS NOT NULL GROUP BY day, k ORDER BY day, k`,
      ),
    )) as Record<'day' | 'k' | 'n', Float64Array>;
    for (let i = 0; i < day.length; i++) {
      const window = contains(scope.current, day[i] as number)
        ? 1
        : contains(scope.reference, day[i] as number)
          ? 0
          : null;
      if (window !== null) count(window, k[i] as number, n[i] as number);
    }
    return histogram;
  }
  const { k, n } = (await database.columns(
    `SELECT ${bits} + CASE WHEN ${inRange(scope.current)} THEN ${CURRENT} ELSE 0 END::USMALLINT AS k, count(*) AS n
     FROM row WHERE ${where} GROUP BY k ORDER BY k`,
  )) as Record<'k' | 'n', Float64Array>;
  for (let i = 0; i < k.length; i++) count((k[i] as number) & CURRENT ? 1 : 0, k[i] as number, n[i] as number);
  return histogram;
}

const unitEdges = (): Float64Array => Float64Array.from({ length: FINE_BINS + 1 }, (_, i) => i / FINE_BINS);

async function valueEdges(database: Database, where: string): Promise<Float64Array> {
  const [range] = await database.rows<Record<'low' | 'a' | 'b' | 'high', number | null>>(
    `SELECT min(predicted)::DOUBLE AS low, quantile_disc(predicted, ${TAIL})::DOUBLE AS a,
       quantile_disc(predicted, ${1 - TAIL})::DOUBLE AS b, max(predicted)::DOUBLE AS high FROM row WHERE ${where}`,
  );
  const { low, a, b, high } = range ?? {};
  const from = a ?? 0;
  const to = b !== undefined && b !== null && b > from ? b : from + 1;
  const edges = Float64Array.from({ length: FINE_BINS + 1 }, (_, i) => from + ((to - from) * i) / FINE_BINS);
  edges[0] = Math.min(from, low ?? from);
  edges[FINE_BINS] = Math.max(to, high ?? to);
  return edges;
}

function binSql(value: string, edges: Float64Array, regression: boolean): string {
  const last = FINE_BINS - 1;
  if (!regression) return `floor(score * ${FINE_BINS})`;
  // The inner edges tell origin and width; the outermost are the extremes.
  const width = ((edges[last] as number) - (edges[1] as number)) / (FINE_BINS - 2);
  const position = `floor((${value} - ${doubleLiteral(edges[1] as number)}) / ${doubleLiteral(width)}) + 1`;
  return `least(greatest(${position}, 0), ${last})`;
}
