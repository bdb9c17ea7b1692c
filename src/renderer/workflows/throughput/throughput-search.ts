import { z } from 'zod';
import type { RunSummary, ThroughputCompareRequest } from '../../../shared/model/throughput-comparison.ts';

/** Ids of runs in an address, or `file.` and the beginning of a file's SHA-256 for all runs that were read from it. */
const Runs = z.string().regex(/^(?:run-[\w-]+|file\.[0-9a-f]{12})(?:,(?:run-[\w-]+|file\.[0-9a-f]{12}))*$/);

export const RunsSearch = z.object({
  baseline: Runs.optional(),
  candidate: Runs.optional(),
  /** The way in that is open: measuring, or reading result files. */
  add: z.enum(['run', 'import']).optional(),
});
export type RunsSearch = z.infer<typeof RunsSearch>;

/** A comparison as an address: everything that was fixed before looking. */
export const ComparisonSearch = z.object({
  baseline: Runs,
  candidate: Runs,
  delta: z.number().positive().max(0.9).optional(),
  metric: z.string().optional(),
  seed: z.number().int().min(0).optional(),
  /** The part of a comparison of several workloads that is looked at: its place, from 0. */
  part: z.number().int().min(0).optional(),
});
export type ComparisonSearch = z.infer<typeof ComparisonSearch>;

export const RunHistorySearch = z.object({
  workload: z.coerce.string().optional(),
  preset: z.enum(['default', 'otava']).optional(),
  metric: z.string().optional(),
});
export type RunHistorySearch = z.infer<typeof RunHistorySearch>;

const fileToken = (sha256: string): string => `file.${sha256.slice(0, 12)}`;

/** The runs that an address names, in the order of the list; unknown ids stay, so that they can be told. */
export const runsOf = (text: string | undefined, list: readonly RunSummary[]): string[] => {
  if (!text) return [];
  const ids = text
    .split(',')
    .flatMap((token) =>
      token.startsWith('file.')
        ? list.flatMap(({ id, source }) => (source && fileToken(source.sha256) === token ? [id] : []))
        : [token],
    );
  return [...new Set(ids)];
};

/** Shortest form: a file whose runs are all meant is named once. */
export const textOfRuns = (ids: readonly string[], list: readonly RunSummary[]): string | undefined => {
  const wanted = new Set(ids);
  const files = Map.groupBy(
    list.filter(({ source }) => source !== undefined),
    ({ source }) => fileToken(source!.sha256),
  );
  const covered = new Set<string>();
  const tokens: string[] = [];
  for (const [token, runs] of files) {
    if (runs.length < 4 || !runs.every(({ id }) => wanted.has(id))) continue;
    tokens.push(token);
    for (const { id } of runs) covered.add(id);
  }
  const text = [...tokens, ...ids.filter((id) => !covered.has(id))].join(',');
  return text === '' ? undefined : text;
};

export const requestOf = (
  { baseline, candidate, delta = 0.03, metric = 'throughput', seed = 1 }: ComparisonSearch,
  list: readonly RunSummary[],
): ThroughputCompareRequest => ({
  baseline: runsOf(baseline, list),
  candidate: runsOf(candidate, list),
  delta,
  metric,
  seed,
});
