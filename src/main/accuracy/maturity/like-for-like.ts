import type { Database } from '../../platform/duckdb.ts';
import { contains, type DayRange } from '../days.ts';
import { WEIGHT_STEP } from '../exact-sum.ts';
import { MAX_WEIGHT } from '../metrics/read-statistics.ts';
import { inRange, type Scope } from '../scope.ts';
import { EVERY_ROW_FULLY, type WeightedRows } from '../weighted-rows.ts';
import type { AgeCounts } from './label-arrival.ts';

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
 * however strongly the outcome decides how soon a label comes. Biased when the law itself changed: see `paceReason`.
 * @param longestHours the longest latency of any label that had arrived.
 */
export async function likeForLikeRows(
  database: Database,
  scope: Scope,
  ages: AgeCounts,
  longestHours: number,
): Promise<WeightedRows> {
  const current = survivorsOf(ages, scope.current);
  const reference = survivorsOf(ages, scope.reference);
  const weights: number[] = [];
  // Latencies past the last weight were never old enough in the current window: they count 0.
  for (let hour = 0; hour <= longestHours; hour++) {
    const weight = current(hour) / Math.max(reference(hour), Number.MIN_VALUE);
    weights.push(Math.round(Math.min(MAX_WEIGHT, weight) / WEIGHT_STEP) * WEIGHT_STEP);
  }
  if (weights.every((weight) => weight === 1)) return EVERY_ROW_FULLY;
  const table = `memory.main.label_weight_${++tables}`;
  await database.run(
    `CREATE TABLE ${table} AS SELECT h::INTEGER AS h, list_extract(w, h + 1)::DOUBLE * ${WEIGHT_STEP} AS w
     FROM range(${weights.length}) hours(h), (SELECT string_split('${weights.map((weight) => weight / WEIGHT_STEP).join(',')}', ',') AS w)`,
  );
  // Every hour a label of the windows can have is in the table, so that an inner join, which is an array look-up, loses no labelled row.
  const over = (
    rows: string,
  ): string => `(SELECT seen.*, seen.rowid AS id, CASE WHEN ${inRange(scope.current)} THEN 1.0::DOUBLE ELSE weights.w END AS like_weight
    FROM ${rows} AS seen JOIN ${table} AS weights ON weights.h = seen.lag)`;
  return { over, weight: 'like_weight', release: () => database.run(`DROP TABLE IF EXISTS ${table}`) };
}

/** Makes the names of weight tables different; their order has no meaning. */
let tables = 0;

/** Ages are in order of the hour; days of the same hour follow each other. */
function survivorsOf(ages: AgeCounts, range: DayRange): (age: number) => number {
  const inside = Array.from(ages.day, (_, i) => i).filter((i) => contains(range, ages.day[i] as number));
  return survivors(
    inside.map((i) => ages.h[i] as number),
    inside.map((i) => ages.n[i] as number),
  );
}
