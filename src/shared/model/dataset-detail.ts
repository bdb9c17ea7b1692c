import { z } from 'zod';
import { DatasetFile, DatasetSummary } from './dataset.ts';

/** Everything the window needs to know about an imported dataset before it asks for numbers. */
export const DatasetDetail = z.object({
  summary: DatasetSummary,
  spec: DatasetFile,
  classes: z.array(z.string()),
  segments: z.array(z.string()),
  versions: z.array(z.string()),
  features: z.array(z.object({ name: z.string(), kind: z.enum(['numeric', 'categorical']) })),
  firstDay: z.string(),
  lastDay: z.string(),
  /** The latest moment the dataset knows of, of predictions and labels: the default `asOf`. */
  lastInstant: z.string(),
  hasLabelTimes: z.boolean(),
  hasScores: z.boolean(),
  sizes: z.object({ predictions: z.number(), labelled: z.number(), cacheBytes: z.number().nullable() }),
});
export type DatasetDetail = z.infer<typeof DatasetDetail>;
