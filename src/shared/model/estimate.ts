import { z } from 'zod';

/** A number with its uncertainty: unknown is `null` beside a reason, never 0 and never NaN. */
export const Estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Confidence level of `low`..`high`, e.g. 0.95. */
  level: z.number(),
  /** Rows (or chunks) the value rests on. */
  n: z.number(),
  /** Method id and version, e.g. `wilson@1`. */
  method: z.string(),
  /** By how much rows of one day stand or fall together: the interval is that of n / designEffect rows. */
  designEffect: z.number().optional(),
  reason: z.string().optional(),
});
export type Estimate = z.infer<typeof Estimate>;

export const unknownEstimate = (reason: string, method: string, n = 0, level = 0.95): Estimate => ({
  value: null,
  low: null,
  high: null,
  level,
  n,
  method,
  reason,
});
