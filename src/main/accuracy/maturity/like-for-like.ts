import type { Database } from '../../platform/duckdb.ts';
import type { DayRange } from '../days.ts';
import { WEIGHT_STEP } from '../exact-sum.ts';
import { MAX_WEIGHT } from '../metrics/read-statistics.ts';
import { inRange, type Scope } from '../scope.ts';
import { EVERY_ROW_FULLY, type WeightedRows } from '../weighted-rows.ts';
import { ageHours, latencyHours } from './label-arrival.ts';

/** Share of a window's predictions at least this many hours old, by hour, from the oldest hour that matters. */
export function survivors(hours: ArrayLike<number>, counts: ArrayLike<number>): (age: number) => number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  // Suffix sums over ascending hours; the share at `age` is that of the first hour not below it.
  const suffix = new Float64Array(hours.length + 1);
  for (let i = hours.length - 1; i >= 0; i--) suffix[i] = (suffix[i + 1] as number) + (counts[i] as number);
  return (age) => {
    let low = 0;
    let high = hours.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((hours[middle] as number) < age) low = middle + 1;
      else high = middle;
    }
    return total > 0 ? (suffix[low] as number) / total : 0;
  };
}

/**
 * Weight of each reference label so that its latencies are censored as the current window's are: a label that took h hours counts
 * by the share of current predictions already h hours old (over the same share of the reference window).
 * Under an unchanged arrival law the weighted reference is what the current window would show if nothing had happened,
 * however strongly the outcome decides how soon a label comes. Biased when the law itself changed: see `arrivalPace`.
 */
export async function likeForLikeRows(database: Database, scope: Scope): Promise<WeightedRows> {
  const ages = async (range: DayRange): Promise<(age: number) => number> => {
    const { h, n } = await database.columns(
      `SELECT ${ageHours(scope.asOfUs)} AS h, count(*) AS n FROM row
       WHERE ${inRange(range)} AND ${scope.within} GROUP BY 1 ORDER BY 1`,
    );
    return survivors(h as Float64Array, n as Float64Array);
  };
  const [current, reference, longest] = await Promise.all([
    ages(scope.current),
    ages(scope.reference),
    database.rows<{ h: number | null }>(
      `SELECT max(${latencyHours}) AS h FROM row WHERE ${inRange(scope.reference)} AND label_us <= ${scope.asOfUs}`,
    ),
  ]);
  const weights: number[] = [];
  for (let hour = 0; hour <= (longest[0]?.h ?? 0); hour++) {
    const weight = current(hour) / Math.max(reference(hour), Number.MIN_VALUE);
    if (weight <= 0) break;
    weights.push(Math.round(Math.min(MAX_WEIGHT, weight) / WEIGHT_STEP) * WEIGHT_STEP);
  }
  if (weights.every((weight) => weight === 1)) return EVERY_ROW_FULLY;
  const table = `memory.main.label_weight_${++tables}`;
  await database.run(
    `CREATE TABLE ${table} AS SELECT unnest(range(${weights.length})) AS h, unnest([${weights.join(', ')}]::DOUBLE[]) AS w`,
  );
  // Latencies past the list were never old enough in the current window: they do not count.
  const source = `(SELECT row.*, row.rowid AS id,
      CASE WHEN ${inRange(scope.current)} THEN 1.0 ELSE coalesce(weights.w, 0.0) END AS like_weight
    FROM row LEFT JOIN ${table} AS weights ON weights.h = ${latencyHours})`;
  return { source, weight: 'like_weight', release: () => database.run(`DROP TABLE IF EXISTS ${table}`) };
}

/** Makes the names of weight tables different; their order has no meaning. */
let tables = 0;

/** Labelled rows of the current window over what the reference's arrival law expects; 1 is the same pace. */
export function arrivalPace(current: { predictions: number; labelled: number }, expectedShare: number): number | null {
  const expected = current.predictions * expectedShare;
  return expected > 0 ? current.labelled / expected : null;
}
