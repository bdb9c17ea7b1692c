import { z } from 'zod';

export const Progress = z.object({
  step: z.string(),
  /** Units done and in all; `total` null while it is unknown. */
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
});
export type Progress = z.infer<typeof Progress>;

/** What long work is given: where to report and when to stop. */
export interface Work {
  signal: AbortSignal;
  progress(progress: Progress): void;
}
