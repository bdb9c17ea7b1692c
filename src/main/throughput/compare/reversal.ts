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

/** Whether all of these runs began after all of those; an instant that is not known proves nothing. */
const after = (
  now: readonly string[],
  before: readonly string[],
  startedAt: (id: string) => string | null | undefined,
): boolean => {
  const instants = (ids: readonly string[]) => ids.map((id) => Date.parse(startedAt(id) ?? ''));
  return Math.min(...instants(now)) > Math.max(...instants(before));
};

/**
 * The latest earlier comparison with a shared baseline, where it found a regression and this one finds the speed of the baseline again in
 * runs measured after it. Who undid something in between has its cause confirmed; that something was undone, no run can tell.
 * @param earlier latest first.
 */
export const reversalOf = (
  earlier: readonly LogEntry[],
  now: { baseline: readonly string[]; candidate: readonly string[]; verdict: ThroughputVerdict },
  startedAt: (id: string) => string | null | undefined,
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
  if (!before) return undefined;
  const { verdict, candidate } = before.body as unknown as NamedComparison;
  if (verdict !== 'regression' || !after(now.candidate, candidate, startedAt)) return undefined;
  const text = `the regression found at ${before.at} (log entry ${before.seq}) is gone in runs measured after it: a suspect that was undone in between is confirmed by reversal`;
  return { entry: before.seq, at: before.at, text };
};
