import { z } from 'zod';
import { Segment } from './comparison.ts';

export const SegmentDaysRequest = z.object({
  dataset: z.string().min(1),
  segments: z.array(Segment).max(2000),
  asOf: z.string().optional(),
  within: Segment.optional(),
});
export type SegmentDaysRequest = z.infer<typeof SegmentDaysRequest>;

/** Labelled and right rows of segments by day: for display; decisions pool the days of a window. */
export const SegmentDays = z.object({
  /** Every day of the dataset, in order. */
  days: z.array(z.string()),
  /** In the order asked for; null where nothing can be right or wrong. */
  cells: z.array(z.object({ labelled: z.array(z.number()), right: z.array(z.number()) })).nullable(),
  reason: z.string().nullable(),
});
export type SegmentDays = z.infer<typeof SegmentDays>;
