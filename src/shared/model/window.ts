import { z } from 'zod';

/** Whether the text is a day the calendar has, written `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (lengths[month - 1] ?? 0);
};

/** A calendar day in the dataset's time zone, `YYYY-MM-DD`. */
const Day = z.string().refine(isDay, 'expected a day of the calendar such as 2026-03-01');

/** Inclusive days. */
export const WindowRange = z.object({ from: Day, to: Day });
export type WindowRange = z.infer<typeof WindowRange>;

export const WindowSummary = WindowRange.extend({
  /** Distinct valid predictions in the window. */
  predictions: z.number(),
  /** Predictions with a label that had arrived at `asOf`. */
  labelled: z.number(),
  /** Expected labelled share at this age over the final labelled share, 0..1; null when label times are unknown. */
  maturity: z.number().nullable(),
  provisional: z.boolean(),
  reason: z.string().optional(),
});
export type WindowSummary = z.infer<typeof WindowSummary>;
