import { z } from 'zod';
import { Estimate } from './estimate.ts';

const ReliabilitySide = z.object({
  /** Labelled rows; weighted where a window is compared like for like. */
  n: z.number(),
  meanScore: z.number().nullable(),
  /** Share that turned out positive (binary) or right (multiclass), Wilson interval. */
  observed: Estimate,
});

/** Promised against observed, on the same bins of the score in both windows. */
export const Reliability = z.object({
  of: z.enum(['score of the positive class', 'confidence of the predicted class']).nullable(),
  /** Bins without rows in both windows are left out. */
  bins: z
    .array(z.object({ from: z.number(), to: z.number(), reference: ReliabilitySide, current: ReliabilitySide }))
    .nullable(),
  method: z.string(),
  reason: z.string().nullable(),
});
export type Reliability = z.infer<typeof Reliability>;

/** Where the predictions of both windows lie, labelled or not. Bins are `from <= value < to`; the last one is closed. */
export const ScoreDistribution = z.object({
  of: z.enum(['score', 'predicted value']).nullable(),
  /** For predicted values the outermost bins reach to the extremes. */
  bins: z.array(z.object({ from: z.number(), to: z.number(), reference: z.number(), current: z.number() })).nullable(),
  n: z.object({ reference: z.number(), current: z.number() }),
  method: z.string(),
  reason: z.string().nullable(),
});
export type ScoreDistribution = z.infer<typeof ScoreDistribution>;

const LabelledPart = z.object({ predictions: z.number(), labelled: z.number(), share: z.number().nullable() });

/** Whether labels are missing evenly: labelled share by score, on bins of about equal counts. */
export const LabelsByScore = z.object({
  of: z.enum(['score', 'predicted value']).nullable(),
  bins: z
    .array(z.object({ from: z.number(), to: z.number(), reference: LabelledPart, current: LabelledPart }))
    .nullable(),
  method: z.string(),
  reason: z.string().nullable(),
});
export type LabelsByScore = z.infer<typeof LabelsByScore>;
