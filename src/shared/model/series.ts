import { z } from 'zod';
import { Alarm } from './comparison.ts';
import { FeatureDrift, PredictionDrift } from './drift.ts';
import { Estimate } from './estimate.ts';

export const Chunk = z.object({
  from: z.string(),
  to: z.string(),
  n: z.number(),
  labelled: z.number(),
  maturity: z.number().nullable(),
  provisional: z.boolean(),
  period: z.enum(['reference', 'analysis']),
  realised: z.record(z.string(), Estimate),
  /** Confidence-based, never measured: always drawn and named as estimated. */
  estimated: z.record(z.string(), Estimate),
  predictionDrift: PredictionDrift,
  featureDrift: z.record(z.string(), FeatureDrift),
  alarms: z.array(Alarm),
});
export type Chunk = z.infer<typeof Chunk>;

export const AccuracySeries = z.object({
  schema: z.literal('driftbench/accuracy-series@1'),
  dataset: z.object({ id: z.string(), name: z.string(), sha256: z.string() }),
  asOf: z.string(),
  seed: z.number(),
  chunk: z.string(),
  chunks: z.array(Chunk),
  limits: z.record(
    z.string(),
    z.object({ low: z.number().nullable(), high: z.number().nullable(), method: z.string() }),
  ),
  /** What a reader must know of how the series was made, one sentence each. */
  notes: z.array(z.string()).optional(),
});
export type AccuracySeries = z.infer<typeof AccuracySeries>;
