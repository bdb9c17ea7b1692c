import { UserFault } from '../../shared/errors.ts';
import type { WindowRange } from '../../shared/model/window.ts';

const MS_PER_DAY = 86_400_000;

/** Days since 1970-01-01 of a calendar day `YYYY-MM-DD`; throws UserFault on a day that does not exist. */
export function dayNumber(day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) {
    throw new UserFault(`not a calendar day (expected YYYY-MM-DD): ${day}`);
  }
  return ms / MS_PER_DAY;
}

/** Inverse of `dayNumber`, for days of the years 0 to 9999. */
export const dayText = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

/** Inclusive day numbers. */
export interface DayRange {
  from: number;
  to: number;
}

export const contains = ({ from, to }: DayRange, day: number): boolean => day >= from && day <= to;

export function dayRange(range: WindowRange, name: string): DayRange {
  const from = dayNumber(range.from);
  const to = dayNumber(range.to);
  if (to < from) throw new UserFault(`${name} window ends before it starts: ${range.from}..${range.to}`);
  return { from, to };
}

/** An instant as microseconds since 1970; a bare day means its last microsecond, UTC. */
export function instantUs(text: string): number {
  const bare = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
  // Dates hold milliseconds; digits beyond them count as well.
  const [, whole, beyond = ''] = /^(.*\.\d{3})(\d+)/.exec(text) ?? [];
  const readable = whole === undefined ? text : `${whole}${text.slice(whole.length + beyond.length)}`;
  const ms = Date.parse(bare ? `${text}T00:00:00Z` : zoned ? readable : `${readable}Z`);
  if (Number.isNaN(ms)) throw new UserFault(`not a moment in time (expected YYYY-MM-DD or ISO 8601): ${text}`);
  return bare ? (ms + MS_PER_DAY) * 1000 - 1 : ms * 1000 + Number(beyond.slice(0, 3).padEnd(3, '0'));
}

/** Inverse of `instantUs`: microseconds are written where there are any, or the last label would fall behind the printed moment. */
export function instantText(us: number): string {
  const ms = Math.floor(us / 1000);
  const beyond = us - ms * 1000;
  const text = new Date(ms).toISOString();
  return beyond === 0 ? text : `${text.slice(0, -1)}${String(beyond).padStart(3, '0')}Z`;
}

/** Microseconds; fillers for a missing time lie before or after. */
const usualTimes = { from: Date.UTC(1980, 0) * 1000, before: Date.UTC(2100, 0) * 1000 };
export const isFarTime = (us: number): boolean => us < usualTimes.from || us >= usualTimes.before;
export const farTimeSql = (us: string): string => `(${us} < ${usualTimes.from} OR ${us} >= ${usualTimes.before})`;

/** Whole hours between two instants in microseconds, in SQL, rounded down. */
export const hoursBetween = (fromUs: string, toUs: string): string => `((${toUs} - ${fromUs}) // 3600000000)`;
