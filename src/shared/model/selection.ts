import { z } from 'zod';
import { Segment } from './comparison.ts';
import { Estimate } from './estimate.ts';
import { CompareRequest } from './request.ts';
import { WindowRange } from './window.ts';

/** Some rows of a window, picked by a person. */
export const RowSelection = z.object({
  segment: Segment.optional(),
  days: WindowRange.optional(),
  /** Only the predictions that turned out wrong. */
  errorsOnly: z.boolean().default(false),
});
export type RowSelection = z.infer<typeof RowSelection>;

export const SelectionRequest = z.object({ request: CompareRequest, selection: RowSelection });
export type SelectionRequest = z.infer<typeof SelectionRequest>;

const Part = z.object({ n: z.number(), share: z.number() });

/** A value that is more or less frequent inside the selection than in the rest. */
export const SelectionFinding = z.object({
  kind: z.enum(['segment', 'version', 'feature', 'prediction', 'label']),
  column: z.string(),
  /** Null is the missing value; numbers are named by their bin. */
  value: z.string().nullable(),
  inside: Part,
  rest: Part,
  /** Share inside over share in the rest; null where the rest never has it. */
  lift: z.number().nullable(),
  difference: Estimate,
  pAdjusted: z.number(),
});
export type SelectionFinding = z.infer<typeof SelectionFinding>;

/** What is different inside a selection: a description, never a cause. */
export const SelectionExplanation = z.object({
  schema: z.literal('driftbench/selection-explanation@1'),
  dataset: z.object({ id: z.string(), name: z.string(), sha256: z.string() }),
  selection: RowSelection,
  /** The days both sides come from. */
  window: WindowRange,
  /** What the selection is held against. */
  rest: z.enum(['the other rows of the window', 'the right predictions among the same rows']),
  n: z.object({ inside: z.number(), rest: z.number() }),
  findings: z.array(SelectionFinding),
  /** Values compared, values with too few rows to compare, columns left out with the reason. */
  tested: z.number(),
  notEnoughData: z.number(),
  leftOut: z.array(z.string()),
  method: z.string(),
  sql: z.array(z.string()),
});
export type SelectionExplanation = z.infer<typeof SelectionExplanation>;
