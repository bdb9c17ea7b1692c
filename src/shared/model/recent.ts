import { z } from 'zod';
import { CompareRequest } from './request.ts';
import { Verdict } from './verdict.ts';

export const RecentDataset = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  importedAt: z.string(),
  rows: z.number(),
  source: z.string(),
});
export type RecentDataset = z.infer<typeof RecentDataset>;

export const RecentAnalysis = z.object({
  at: z.string(),
  dataset: z.object({ id: z.string(), name: z.string() }),
  /** The request as it was fixed before looking: running it again gives the same bytes. */
  request: CompareRequest,
  verdict: Verdict,
  summary: z.string(),
  artifact: z.string(),
});
export type RecentAnalysis = z.infer<typeof RecentAnalysis>;

export const RecentWork = z.object({ datasets: z.array(RecentDataset), analyses: z.array(RecentAnalysis) });
export type RecentWork = z.infer<typeof RecentWork>;
