import { z } from 'zod';

const HistoryPreset = z.enum(['default', 'otava']);

export const HistoryRequest = z.object({
  /** A csv `index,value` or a json file; or the runs of one workload in the workspace. */
  source: z.union([z.object({ file: z.string().min(1) }), z.object({ workload: z.string().min(1) })]),
  preset: HistoryPreset.default('default'),
  window: z.number().int().min(6).default(50),
  maxP: z.number().positive().max(1).default(0.001),
  minMagnitude: z.number().min(0).default(0),
  seed: z.number().int().min(0).default(1),
});
export type HistoryRequest = z.infer<typeof HistoryRequest>;

const HistoryPoint = z.object({
  index: z.number(),
  at: z.string().nullable(),
  value: z.number(),
  run: z.string().optional(),
});

export const HistorySeries = z.object({
  name: z.string(),
  unit: z.string(),
  n: z.number(),
  changePoints: z.array(
    z.object({
      index: z.number(),
      at: z.string().nullable(),
      before: z.number(),
      after: z.number(),
      /** After over before; null where that is 0. */
      ratio: z.number().nullable(),
      pValue: z.number(),
      /** Until three further runs have confirmed it. */
      provisional: z.boolean(),
    }),
  ),
  points: z.array(HistoryPoint),
  /** Indices kept in the plot and set aside from detection. */
  outliers: z.array(z.number()),
  /** Where the fingerprint changes between two runs, and which fields. */
  boundaries: z.array(z.object({ index: z.number(), fields: z.array(z.string()) })),
});
export type HistorySeries = z.infer<typeof HistorySeries>;

export const History = z.object({
  schema: z.literal('driftbench/history@1'),
  settings: HistoryRequest.omit({ source: true }),
  series: z.array(HistorySeries),
  notes: z.array(z.string()),
});
export type History = z.infer<typeof History>;
