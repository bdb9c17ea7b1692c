import type { PredictionDrift } from '../../../shared/model/drift.ts';
import type { Database } from '../../platform/duckdb.ts';
import { totalVariation } from '../../statistics/distance.ts';
import { classDriftLimits } from '../../statistics/prediction-drift.ts';
import { contains, type DayRange } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { REPLICATES, unknownDrift, withLimit } from './drift-limit.ts';

export const CLASS_METHOD = 'total-variation-of-predicted-classes@1';

/** Predictions per class, by day. */
export async function classesByDay(
  dataset: OpenDataset,
  database: Database,
  where: string,
): Promise<Map<number, Float64Array>> {
  const { day, code, n } = (await database.columns(
    `SELECT day, predicted AS code, count(*) AS n FROM row WHERE predicted IS NOT NULL AND ${where} GROUP BY ALL ORDER BY ALL`,
  )) as Record<'day' | 'code' | 'n', Float64Array>;
  const byDay = new Map<number, Float64Array>();
  for (let i = 0; i < day.length; i++) {
    const key = day[i] as number;
    let counts = byDay.get(key);
    if (!counts) {
      counts = new Float64Array(dataset.classes.length);
      byDay.set(key, counts);
    }
    counts[code[i] as number] = n[i] as number;
  }
  return byDay;
}

export const classWindow = (byDay: Map<number, Float64Array>, range: DayRange): Float64Array[] =>
  [...byDay].filter(([day]) => contains(range, day)).map(([, counts]) => counts);

/** Distances of windows, given by day, from one reference. */
export function classDistances(
  old: Float64Array[],
  seed: number,
): (now: Float64Array[], quantile?: number) => PredictionDrift {
  const before = pooled(old);
  const limits = classDriftLimits({ reference: old, replicates: REPLICATES, seed });
  return (now, quantile) => {
    const after = pooled(now);
    const n = after.reduce((sum, count) => sum + count, 0);
    const { value, reason } = totalVariation(before, after);
    if (value === null) return unknownDrift(reason, CLASS_METHOD, n);
    const limit = limits({ days: now.length, rows: n, quantile });
    return withLimit({ distance: value, deviation: null, n, method: CLASS_METHOD, bound: 0 }, limit);
  };
}

function pooled(days: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(days[0]?.length ?? 0);
  for (const day of days) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (day[i] as number);
  return sum;
}
