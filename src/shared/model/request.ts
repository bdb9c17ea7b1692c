import { z } from 'zod';
import { Segment } from './comparison.ts';
import { WindowRange } from './window.ts';

export const CompareRequest = z.object({
  dataset: z.string().min(1),
  reference: WindowRange,
  current: WindowRange,
  /** Labels that arrived later do not exist; default: the last moment the dataset knows of. */
  asOf: z.string().optional(),
  metric: z.string().optional(),
  /** Absolute, in units of the metric; absent: 0.01 for metrics on 0..1, 1 % of the reference value for the others. */
  delta: z.number().positive().optional(),
  minCell: z.number().int().min(2).default(100),
  depth: z.number().int().min(1).max(3).default(2),
  seed: z.number().int().min(0).default(1),
  /** Restrict the whole comparison to one segment. */
  within: Segment.optional(),
});
export type CompareRequest = z.infer<typeof CompareRequest>;

export const SliceRequest = CompareRequest.extend({
  /** False: without the drift of each feature, which inside a large segment is a third of the work; absent: with it. */
  featureDrift: z.boolean().optional(),
  /** False: without the search of segments, hence without what rests on it: the kind of change, since when, the verdict of segments. */
  segments: z.boolean().optional(),
  /** False: without the kind of change and since when, which of a week of days is a fifth of the work; absent: with them. */
  explanation: z.boolean().optional(),
});
export type SliceRequest = z.infer<typeof SliceRequest>;

export const SeriesRequest = z.object({
  dataset: z.string().min(1),
  reference: WindowRange,
  /** `1d`, `1w`, `1mo`, or a number of rows. */
  chunk: z.string().regex(/^(1d|1w|1mo|[1-9]\d*)$/, 'expected 1d, 1w, 1mo or a number of rows'),
  metric: z.string().optional(),
  asOf: z.string().optional(),
  seed: z.number().int().min(0).default(1),
  within: Segment.optional(),
  /** False: without the drift of each feature in each chunk, which is most of the work; absent: with it. */
  featureDrift: z.boolean().optional(),
  /** False: of the metrics only the one asked for; absent: every one of the task. */
  allMetrics: z.boolean().optional(),
});
export type SeriesRequest = z.infer<typeof SeriesRequest>;
