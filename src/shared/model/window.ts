import { z } from 'zod';

/** A calendar day in the dataset's time zone, `YYYY-MM-DD`. */
export const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day such as 2026-03-01');

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
