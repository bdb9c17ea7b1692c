import { z } from 'zod';

export const PredictionDrift = z.object({
  /** Wasserstein-1 on scores (predicted values for regression); total variation for classes without scores. */
  distance: z.number().nullable(),
  /** Distance over the reference standard deviation. */
  normalised: z.number().nullable(),
  /** 99th percentile of the bootstrapped baseline at the current window's own n. */
  threshold: z.number().nullable(),
  exceeds: z.boolean().nullable(),
  n: z.number(),
  method: z.string(),
  /** Reference days resampled as blocks. */
  blocks: z.number(),
  /** Largest error a binned distance can have; 0 when exact. */
  bound: z.number().nullable(),
  reason: z.string().optional(),
});
export type PredictionDrift = z.infer<typeof PredictionDrift>;

export const FeatureDrift = z.object({
  feature: z.string(),
  kind: z.enum(['numeric', 'categorical']),
  wasserstein: z.number().nullable(),
  normalised: z.number().nullable(),
  js: z.number().nullable(),
  psi: z.number().nullable(),
  ks: z.number().nullable(),
  nullShareChange: z.number().nullable(),
  newCategories: z.array(z.string()).nullable(),
  method: z.string(),
  reason: z.string().optional(),
});
export type FeatureDrift = z.infer<typeof FeatureDrift>;
