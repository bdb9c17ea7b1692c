import { type DayRange, dayNumber } from './days.ts';
import type { OpenDataset } from './open-dataset.ts';

/** Days of a dataset up to which counts of all its rows are kept by day: other windows then cost no scan. */
const MOST_DAYS_KEPT = 400;
/** Share of those days that the windows must hold, or reading all for them costs more than it saves. */
const WORTH_KEEPING = 1 / 3;

/** Whether counts of all rows by day are worth keeping for an analysis of these windows. */
export function keptByDay(dataset: OpenDataset, windows: readonly DayRange[]): boolean {
  const days = daysOf(dataset);
  return days <= MOST_DAYS_KEPT && windows.reduce((sum, window) => sum + daysIn(window), 0) >= days * WORTH_KEEPING;
}

/** Days from the first to the last of a dataset. */
export const daysOf = ({ firstDay, lastDay }: OpenDataset): number =>
  daysIn({ from: dayNumber(firstDay), to: dayNumber(lastDay) });

const daysIn = ({ from, to }: DayRange): number => to - from + 1;
