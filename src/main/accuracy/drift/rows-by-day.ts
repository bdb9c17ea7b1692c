import type { Database } from '../../platform/duckdb.ts';
import type { DayRange } from '../days.ts';

/** Values per day of one column, days ascending. */
export interface RowsByDay {
  days: Float64Array;
  rows: Float64Array;
}

export async function rowsByDay(database: Database, from: string): Promise<RowsByDay> {
  const { day, n } = await database.columns(`SELECT day, count(*) AS n FROM ${from} GROUP BY day ORDER BY day`);
  return { days: day as Float64Array, rows: n as Float64Array };
}

/** Rows and days with rows inside a range. */
export function within(byDay: RowsByDay, range: DayRange): { rows: number; days: number } {
  let rows = 0;
  let days = 0;
  for (let i = 0; i < byDay.days.length; i++) {
    const day = byDay.days[i] as number;
    if (day < range.from || day > range.to) continue;
    rows += byDay.rows[i] as number;
    days += 1;
  }
  return { rows, days };
}
