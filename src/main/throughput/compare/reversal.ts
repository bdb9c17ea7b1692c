import type { LogEntry } from '../../../shared/model/log-entry.ts';
import type { ThroughputComparison, ThroughputVerdict } from '../../../shared/model/throughput-comparison.ts';

/** What the log keeps of a comparison of runs. */
export interface LoggedComparison {
  settings: number;
  /** Ids; absent where there were too many to name. */
  baseline?: string[];
  candidate?: string[];
  verdict: ThroughputVerdict;
  summary: string;
  artifact: string;
}

type NamedComparison = LoggedComparison & { baseline: string[]; candidate: string[] };

const isNamed = (body: Record<string, unknown>): body is Record<string, unknown> & NamedComparison =>
  Array.isArray(body.baseline) && Array.isArray(body.candidate) && typeof body.verdict === 'string';

/**
 * The latest earlier comparison with a shared baseline, where it found a regression and this one finds the speed of the baseline again:
 * whatever was undone between them is confirmed as the cause by reversal.
 * @param earlier latest first.
 */
export const reversalOf = (
  earlier: readonly LogEntry[],
  now: { baseline: readonly string[]; candidate: readonly string[]; verdict: ThroughputVerdict },
): ThroughputComparison['reversal'] => {
  if (now.verdict !== 'no change' && now.verdict !== 'improvement') return undefined;
  const own = new Set(now.baseline);
  const before = earlier.find(
    ({ body }) =>
      isNamed(body) &&
      body.baseline.some((id) => own.has(id)) &&
      // The same question asked again is no event between.
      body.candidate.join() !== now.candidate.join() &&
      (body.verdict === 'regression' || body.verdict === 'no change' || body.verdict === 'improvement'),
  );
  if (!before || (before.body as unknown as LoggedComparison).verdict !== 'regression') return undefined;
  const text = `the regression found at ${before.at} (log entry ${before.seq}) is gone: what was undone since is confirmed by reversal`;
  return { entry: before.seq, at: before.at, text };
};
