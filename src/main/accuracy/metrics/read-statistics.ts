import type { Database } from '../../platform/duckdb.ts';
import { LOG_LOSS_EPSILON } from '../../statistics/calibration.ts';
import { exactSum, exactWideSum } from '../exact-sum.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { FULL_WEIGHT, type WeightedRows } from '../weighted-rows.ts';
import { ERROR, emptyStatistics, type GroupStatistics, SCORE, SCORE_BINS } from './statistics.ts';

/** Rows to summarise: a SQL predicate over `row`, an integer group expression, a weight expression. */
export interface Selection extends Pick<WeightedRows, 'weight'> {
  /** SQL that can stand after FROM. */
  source: string;
  /** Must already hold that the label counts (see `labelled`). */
  where: string;
  /** Integer SQL expression; one GroupStatistics per value. */
  group: string;
  /** False: without what only metrics of the scores need. */
  scores?: boolean;
}

export const MAX_WEIGHT = 64;

/**
 * One pass each for margins, scores, ranking and errors; DuckDB returns one line per (group, day) and nothing finer.
 * Cost: O(rows) scans plus one O(distinct scores log) sort for binary tasks.
 */
export async function readStatistics(
  dataset: OpenDataset,
  database: Database,
  selection: Selection,
): Promise<Map<number, GroupStatistics>> {
  const groups = new Map<number, GroupStatistics>();
  const classes = dataset.classes.length;
  const of = (group: number): GroupStatistics => {
    let statistics = groups.get(group);
    if (!statistics) {
      statistics = emptyStatistics(classes);
      groups.set(group, statistics);
    }
    return statistics;
  };
  const task = dataset.spec.task;
  const scored = dataset.hasScores && selection.scores !== false;
  await Promise.all([
    task === 'regression'
      ? readDays(database, selection, of).then(() => readErrors(database, selection, of))
      : readMargins(database, selection, classes, of),
    scored && task === 'binary' ? readScores(database, selection, of) : undefined,
    scored && task === 'multiclass' ? readConfidence(database, selection, of) : undefined,
    scored && task === 'binary' ? readRanking(database, selection, of) : undefined,
  ]);
  for (const statistics of groups.values()) alignDays(statistics);
  return groups;
}

type Lookup = (group: number) => GroupStatistics;
const source = (selection: Selection): string =>
  `SELECT *, (${selection.group})::INTEGER AS "__group", (${selection.weight})::DOUBLE AS "__weight" FROM ${selection.source} WHERE ${selection.where}`;

/** One line per (group, day): everything the other readers align to. */
async function readDays(database: Database, selection: Selection, of: Lookup): Promise<void> {
  const { g, day, n, w, ww } = (await database.columns(
    `SELECT "__group" AS g, day, count(*) AS n, sum("__weight") AS w, sum("__weight" * "__weight") AS ww
     FROM (${source(selection)}) GROUP BY ALL ORDER BY g, day`,
  )) as Columns<'g' | 'day' | 'n' | 'w' | 'ww'>;
  for (let i = 0; i < g.length; i++) {
    addDay(of(g[i] as number), day[i] as number, n[i] as number, w[i] as number, ww[i] as number);
  }
}

function addDay(statistics: GroupStatistics, day: number, n: number, w: number, ww: number): void {
  statistics.rows += n;
  statistics.weight += w;
  statistics.weightSquared += ww;
  statistics.days.push(day);
}

type Columns<Names extends string> = Record<Names, Float64Array>;

/** The vector of a day, made on first use; `days` is sparse until `alignDays`. */
function dayVector(store: Map<number, Float64Array>, day: number, length: number): Float64Array {
  let vector = store.get(day);
  if (!vector) {
    vector = new Float64Array(length);
    store.set(day, vector);
  }
  return vector;
}

const byDay = new WeakMap<
  GroupStatistics,
  Partial<Record<'margins' | 'scores' | 'errors', Map<number, Float64Array>>>
>();

function dayStore(statistics: GroupStatistics, kind: 'margins' | 'scores' | 'errors'): Map<number, Float64Array> {
  let stores = byDay.get(statistics);
  if (!stores) {
    stores = {};
    byDay.set(statistics, stores);
  }
  stores[kind] ??= new Map();
  return stores[kind];
}

function alignDays(statistics: GroupStatistics): void {
  const stores = byDay.get(statistics) ?? {};
  const lengths = { margins: 3 * statistics.classes, scores: SCORE.length, errors: ERROR.length };
  for (const kind of ['margins', 'scores', 'errors'] as const) {
    const store = stores[kind];
    if (store) statistics[kind] = statistics.days.map((day) => store.get(day) ?? new Float64Array(lengths[kind]));
  }
  byDay.delete(statistics);
}

/** Days, and hits, actual and predicted of each class per day, in one scan. */
async function readMargins(database: Database, selection: Selection, classes: number, of: Lookup): Promise<void> {
  const { g, day, actual, predicted, n, w, ww, k, kind } = (await database.columns(
    `WITH cells AS MATERIALIZED (
       SELECT "__group" AS g, day, label, predicted, count(*) AS n, sum("__weight") AS w, sum("__weight" * "__weight") AS ww
       FROM (${source(selection)}) GROUP BY ALL)
     SELECT g, day, label AS actual, predicted, sum(n) AS n, sum(w) AS w, sum(ww) AS ww,
       sum(CASE WHEN predicted = label THEN w ELSE 0 END) AS k, grouping(label) * 2 + grouping(predicted) AS kind
     FROM cells GROUP BY GROUPING SETS ((g, day), (g, day, label), (g, day, predicted))
     ORDER BY g, day, kind DESC, actual, predicted`,
  )) as Columns<'g' | 'day' | 'actual' | 'predicted' | 'n' | 'w' | 'ww' | 'k' | 'kind'>;
  for (let i = 0; i < g.length; i++) {
    const statistics = of(g[i] as number);
    if (kind[i] === WHOLE_DAY) {
      addDay(statistics, day[i] as number, n[i] as number, w[i] as number, ww[i] as number);
      statistics.right.push({ k: k[i] as number, n: w[i] as number });
      continue;
    }
    const vector = dayVector(dayStore(statistics, 'margins'), day[i] as number, 3 * classes);
    if (kind[i] === BY_PREDICTED) vector[2 * classes + (predicted[i] as number)] = w[i] as number;
    else {
      vector[actual[i] as number] = k[i] as number;
      vector[classes + (actual[i] as number)] = w[i] as number;
    }
  }
}

/** Which columns a grouping set left out: label counts 2, predicted 1. */
const WHOLE_DAY = 3;
const BY_PREDICTED = 2;

const bin = `least(floor(score * ${SCORE_BINS}), ${SCORE_BINS - 1})`;
const scaleOf = (selection: Selection): number => (selection.weight === FULL_WEIGHT ? 1 : MAX_WEIGHT);

/** What one (day, score bin) adds to a day's score vector. */
interface ScoreCell {
  n: number;
  scores: number;
  outcomes: number;
  squared: number;
  squaredSquares?: number;
  logLoss?: number;
  logLossSquares?: number;
}

function addScores(statistics: GroupStatistics, day: number, bin: number, cell: ScoreCell): void {
  const vector = dayVector(dayStore(statistics, 'scores'), day, SCORE.length);
  const at = SCORE.bins + 3 * bin;
  const add = (index: number, value: number): void => {
    vector[index] = (vector[index] as number) + value;
  };
  add(SCORE.n, cell.n);
  add(SCORE.squared, cell.squared);
  add(SCORE.squaredSquares, cell.squaredSquares ?? 0);
  add(SCORE.logLoss, cell.logLoss ?? 0);
  add(SCORE.logLossSquares, cell.logLossSquares ?? 0);
  add(at, cell.n);
  add(at + 1, cell.scores);
  add(at + 2, cell.outcomes);
}

/** Scores of the positive class, with both losses. */
async function readScores(database: Database, selection: Selection, of: Lookup): Promise<void> {
  const scale = scaleOf(selection);
  const clipped = `least(greatest(score, ${LOG_LOSS_EPSILON}), 1 - ${LOG_LOSS_EPSILON})`;
  const lines = (await database.columns(
    `SELECT g, day, ${bin} AS bin, sum(w) AS n,
       ${exactSum('w * score', scale)} AS s, sum(w * y) AS y, ${exactSum('w * e * e', scale)} AS squared,
       ${exactSum('w * e * e * e * e', scale)} AS "squaredSquares",
       ${exactSum('w * l', 64 * scale)} AS loss, ${exactSum('w * l * l', 4096 * scale)} AS "lossSquares"
     FROM (SELECT g, day, w, score, y, score - y AS e, -ln(CASE WHEN y = 1 THEN ${clipped} ELSE 1 - ${clipped} END) AS l
       FROM (SELECT "__group" AS g, day, "__weight" AS w, score, label AS y FROM (${source(selection)}) WHERE score IS NOT NULL))
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  )) as Columns<'g' | 'day' | 'bin' | 'n' | 's' | 'y' | 'squared' | 'squaredSquares' | 'loss' | 'lossSquares'>;
  for (let i = 0; i < lines.g.length; i++) {
    addScores(of(lines.g[i] as number), lines.day[i] as number, lines.bin[i] as number, {
      n: lines.n[i] as number,
      scores: lines.s[i] as number,
      outcomes: lines.y[i] as number,
      squared: lines.squared[i] as number,
      squaredSquares: lines.squaredSquares[i] as number,
      logLoss: lines.loss[i] as number,
      logLossSquares: lines.lossSquares[i] as number,
    });
  }
}

/** Scores of the predicted class: with the outcome among the keys, two sums say it all. */
async function readConfidence(database: Database, selection: Selection, of: Lookup): Promise<void> {
  const scale = scaleOf(selection);
  const { g, day, y, n, s, q, ...lines } = (await database.columns(
    `SELECT "__group" AS g, day, ${bin} AS bin, predicted = label AS y, sum("__weight") AS n,
       ${exactSum('"__weight" * score', scale)} AS s, ${exactSum('"__weight" * score * score', scale)} AS q
     FROM (${source(selection)}) WHERE score IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  )) as Columns<'g' | 'day' | 'bin' | 'y' | 'n' | 's' | 'q'>;
  for (let i = 0; i < g.length; i++) {
    const rows = n[i] as number;
    const scores = s[i] as number;
    const outcomes = y[i] === 1 ? rows : 0;
    const squared = (q[i] as number) + (y[i] === 1 ? rows - 2 * scores : 0);
    addScores(of(g[i] as number), day[i] as number, lines.bin[i] as number, { n: rows, scores, outcomes, squared });
  }
}

/** Placement sums of ROC AUC (ties half) and the step sum of average precision, all groups in one ordered pass. */
async function readRanking(database: Database, selection: Selection, of: Lookup): Promise<void> {
  const rows = await database.rows<Record<'g' | 'p' | 'q' | 'v10' | 'v10s' | 'v01s' | 'ap', number>>(
    `WITH counted AS (
       SELECT "__group" AS g, score, sum(CASE WHEN label = 1 THEN "__weight" ELSE 0 END) AS p,
         sum(CASE WHEN label = 1 THEN 0 ELSE "__weight" END) AS q
       FROM (${source(selection)}) WHERE score IS NOT NULL GROUP BY 1, 2),
     running AS (
       SELECT g, p, q, sum(p) OVER below AS cp, sum(q) OVER below AS cq, sum(p) OVER everything AS tp, sum(q) OVER everything AS tq
       FROM counted
       WINDOW below AS (PARTITION BY g ORDER BY score ROWS UNBOUNDED PRECEDING), everything AS (PARTITION BY g))
     SELECT g, sum(p) AS p, sum(q) AS q,
       ${exactWideSum('CASE WHEN p > 0 AND tq > 0 THEN p * ((cq - q / 2) / tq) ELSE 0 END')} AS v10,
       ${exactWideSum('CASE WHEN p > 0 AND tq > 0 THEN p * ((cq - q / 2) / tq) ^ 2 ELSE 0 END')} AS v10s,
       ${exactWideSum('CASE WHEN q > 0 AND tp > 0 THEN q * ((tp - cp + p / 2) / tp) ^ 2 ELSE 0 END')} AS v01s,
       ${exactWideSum('CASE WHEN p > 0 THEN p * ((tp - cp + p) / (tp - cp + p + tq - cq + q)) ELSE 0 END')} AS ap
     FROM running GROUP BY g ORDER BY g`,
  );
  for (const row of rows) {
    of(row.g).ranking = {
      sums: {
        positives: row.p,
        negatives: row.q,
        sumV10: row.v10,
        sumV10Squared: row.v10s,
        sumV01Squared: row.v01s,
      },
      averagePrecision: row.p > 0 ? row.ap / row.p : null,
    };
  }
}

async function readErrors(database: Database, selection: Selection, of: Lookup): Promise<void> {
  const [range] = await database.rows<{ low: number | null; high: number | null; error: number | null }>(
    `SELECT min(label) AS low, max(label) AS high, max(abs(predicted - label)) AS error FROM (${source(selection)})`,
  );
  // The middle of the range as centre keeps r2 from cancelling when labels sit far from 0.
  const centre = ((range?.low ?? 0) + (range?.high ?? 0)) / 2;
  const scale = scaleOf(selection);
  const error = powerAbove(range?.error ?? 0);
  const label = powerAbove(((range?.high ?? 0) - (range?.low ?? 0)) / 2);
  const { g, day, n, abs, squared, sum, labels, labelsSquared } = (await database.columns(
    `SELECT "__group" AS g, day, sum(w) AS n, ${exactSum('w * abs(e)', scale * error)} AS abs,
       ${exactSum('w * e * e', scale * error ** 2)} AS squared, ${exactSum('w * e', scale * error)} AS sum,
       ${exactSum('w * y', scale * label)} AS labels, ${exactSum('w * y * y', scale * label ** 2)} AS "labelsSquared"
     FROM (SELECT "__group", day, "__weight" AS w, predicted - label AS e, label - (${centre}) AS y FROM (${source(selection)}))
     GROUP BY ALL ORDER BY g, day`,
  )) as Columns<'g' | 'day' | 'n' | 'abs' | 'squared' | 'sum' | 'labels' | 'labelsSquared'>;
  for (let i = 0; i < g.length; i++) {
    const vector = dayVector(dayStore(of(g[i] as number), 'errors'), day[i] as number, ERROR.length);
    vector[ERROR.n] = n[i] as number;
    vector[ERROR.abs] = abs[i] as number;
    vector[ERROR.squared] = squared[i] as number;
    vector[ERROR.error] = sum[i] as number;
    vector[ERROR.label] = labels[i] as number;
    vector[ERROR.labelSquared] = labelsSquared[i] as number;
  }
}

const powerAbove = (value: number): number => (value > 0 ? 2 ** (Math.floor(Math.log2(value)) + 1) : 1);
