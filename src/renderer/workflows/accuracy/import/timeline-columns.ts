import type { Timeline } from '../../../../shared/model/dataset.ts';

/** One drawn column: a day, or several days when there are more days than room. */
export interface TimelineColumn {
  from: string;
  to: string;
  predictions: number;
  labelled: number;
  /** True when labels of these days are still arriving. */
  young: boolean;
}

const dayMs = 86_400_000;

export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / dayMs);

export const dayText = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

/** Share of the final labels below which a day is still provisional. */
const matureShare = 0.95;

/** Days without rows count as well: a gap in the export must be seen as a gap. */
export const timelineColumns = (timeline: Timeline, most: number): TimelineColumn[] => {
  const first = timeline.days[0];
  const last = timeline.days.at(-1);
  if (!first || !last) return [];
  const begin = dayNumber(first.day);
  const length = dayNumber(last.day) - begin + 1;
  const span = Math.max(1, Math.ceil(length / Math.max(1, most)));
  const columns: TimelineColumn[] = [];
  for (let at = 0; at < length; at += span) {
    columns.push({
      from: dayText(begin + at),
      to: dayText(begin + Math.min(length, at + span) - 1),
      predictions: 0,
      labelled: 0,
      young: false,
    });
  }
  for (const { day, predictions, labelled, maturity } of timeline.days) {
    const column = columns[Math.floor((dayNumber(day) - begin) / span)];
    if (!column) continue;
    column.predictions += predictions;
    column.labelled += labelled;
    column.young ||= maturity !== null && maturity < matureShare;
  }
  return columns;
};

const monthStarts = (from: string, to: string): string[] => {
  const starts: string[] = [];
  let year = Number(from.slice(0, 4));
  let month = Number(from.slice(5, 7));
  for (;;) {
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
    const start = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`;
    if (year > 9999 || start > to) return starts;
    starts.push(start);
  }
};

/** Days for the axis: whole days or weeks over a short span, else first days of months, quarters or years. */
export const timelineTicks = (from: string, to: string, most: number): string[] => {
  const begin = dayNumber(from);
  const length = dayNumber(to) - begin;
  for (const step of [1, 2, 7, 14]) {
    const steps = Math.floor(length / step);
    if (steps <= most) return Array.from({ length: steps }, (_, index) => dayText(begin + (index + 1) * step));
  }
  const months = monthStarts(from, to);
  for (const step of [1, 3, 6, 12, 24, 60, 120, 600, 1200]) {
    const kept = months.filter(
      (start) => (Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1) % step === 0,
    );
    if (kept.length <= most) return kept;
  }
  return [];
};
