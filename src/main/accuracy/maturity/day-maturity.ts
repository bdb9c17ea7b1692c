import type { WindowSummary } from '../../../shared/model/window.ts';
import type { Database } from '../../platform/duckdb.ts';
import { type DayRange, dayText } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { labelled } from '../scope.ts';
import { ageHours, type LabelArrival } from './label-arrival.ts';

/** A day is scored as it stands once this share of its labels is in; younger days are provisional. */
export const MATURE_SHARE = 0.95;

export interface DayMaturity {
  day: number;
  predictions: number;
  labelled: number;
  /** Expected labelled share at this age over the final one; null when label times are unknown. */
  maturity: number | null;
}

/** One line per day with predictions, in order. */
export async function dayMaturity(
  dataset: OpenDataset,
  database: Database,
  asOfUs: number,
  arrival: LabelArrival,
  where = 'TRUE',
): Promise<DayMaturity[]> {
  const { day, n, l, age } = (await database.columns(
    `SELECT day, count(*) AS n, count(*) FILTER (${labelled(dataset, asOfUs)}) AS l,
       sum(${ageHours(asOfUs)}) / count(*) AS age
     FROM row WHERE ${where} GROUP BY day ORDER BY day`,
  )) as Record<'day' | 'n' | 'l' | 'age', Float64Array>;
  return Array.from(day, (one, i) => ({
    day: one,
    predictions: n[i] as number,
    labelled: l[i] as number,
    maturity: arrival.share ? ((age[i] as number) < 0 ? 0 : arrival.share(age[i] as number)) : null,
  }));
}

export function windowSummary(range: DayRange, days: readonly DayMaturity[], reason?: string): WindowSummary {
  const inside = days.filter(({ day }) => day >= range.from && day <= range.to);
  const predictions = inside.reduce((sum, day) => sum + day.predictions, 0);
  const timed = inside.length > 0 && inside.every((day) => day.maturity !== null);
  const weighted = inside.reduce((sum, day) => sum + (day.maturity ?? 0) * day.predictions, 0);
  return {
    from: dayText(range.from),
    to: dayText(range.to),
    predictions,
    labelled: inside.reduce((sum, day) => sum + day.labelled, 0),
    maturity: timed ? weighted / predictions : null,
    provisional: timed && inside.some((day) => (day.maturity as number) < MATURE_SHARE),
    ...(reason ? { reason } : {}),
  };
}
