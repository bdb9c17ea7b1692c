import type { WindowSummary } from '../../../shared/model/window.ts';
import { contains, type DayRange, dayText } from '../days.ts';
import type { OpenDataset } from '../open-dataset.ts';
import { remembered } from '../remembered.ts';
import {
  type AgeCounts,
  ageCounts,
  type LabelArrival,
  labelArrival,
  latencyCounts,
  usualRows,
} from './label-arrival.ts';

/** A day is scored as it stands once this share of its labels is in; younger days are provisional. */
export const MATURE_SHARE = 0.95;

export interface DayMaturity {
  day: number;
  predictions: number;
  labelled: number;
  /** Expected labelled share at this age over the final one; null when label times are unknown. */
  maturity: number | null;
}

export interface LabelMaturity {
  ages: AgeCounts;
  arrival: LabelArrival;
  days: DayMaturity[];
}

/** When labels arrive and how far each day has come, at as-of: two scans (three with fillers for a missing time), once for an open dataset. */
export const labelMaturity = (dataset: OpenDataset, asOfUs: number, where = 'TRUE'): Promise<LabelMaturity> =>
  remembered(
    dataset,
    `maturity at ${asOfUs}`,
    async (database) => {
      const usual = usualRows(dataset);
      const telling = usual ? `(${where}) AND ${usual}` : where;
      const [ages, tellingAges, latencies] = await Promise.all([
        ageCounts(dataset, database, asOfUs, where),
        usual ? ageCounts(dataset, database, asOfUs, telling) : null,
        latencyCounts(dataset, database, asOfUs, telling),
      ]);
      const arrival = labelArrival(latencies, tellingAges ?? ages);
      return { ages, arrival, days: dayMaturity(ages, arrival) };
    },
    where,
  );

/** One line per day with predictions, in order; a day is as old as its predictions are on average. */
function dayMaturity(ages: AgeCounts, arrival: LabelArrival): DayMaturity[] {
  const days = new Map<number, { n: number; l: number; hours: number }>();
  ages.day.forEach((day, i) => {
    const one = days.get(day) ?? { n: 0, l: 0, hours: 0 };
    one.n += ages.n[i] as number;
    one.l += ages.l[i] as number;
    one.hours += (ages.n[i] as number) * (ages.h[i] as number);
    days.set(day, one);
  });
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, { n, l, hours }]) => ({
      day,
      predictions: n,
      labelled: l,
      maturity: arrival.share ? (hours < 0 ? 0 : arrival.share(hours / n)) : null,
    }));
}

export function windowSummary(range: DayRange, days: readonly DayMaturity[], reason?: string): WindowSummary {
  const inside = days.filter(({ day }) => contains(range, day));
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

const SLOWER = 0.8;

/**
 * A warning when the current window has clearly more or fewer labels than the reference's arrival law expects: then that law has
 * changed, and reference labels weighted by it are no longer like for like.
 * @param expectedShare share of the reference's predictions with a label, each label at its weight.
 */
export function paceReason(current: WindowSummary, expectedShare: number): string | undefined {
  const pace = current.labelled / (current.predictions * expectedShare);
  if (!(pace < SLOWER || pace > 1 / SLOWER)) return undefined;
  return `labels arrive at ${pace.toFixed(2)} times the pace of the reference: the like-for-like comparison may be off`;
}

/** Whether the remark on a window is that warning. */
export const isPaceReason = (reason: string | undefined): boolean => reason?.startsWith('labels arrive at ') ?? false;
