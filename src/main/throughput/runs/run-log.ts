import { z } from 'zod';
import { WorkbenchError } from '../../../shared/errors.ts';
import type { LogEntry } from '../../../shared/model/log-entry.ts';
import type { RunSummary } from '../../../shared/model/throughput-comparison.ts';
import { LoggedSummary } from './summary.ts';

/** What a catalogue of runs needs of the log of a workspace. */
export interface RunLog {
  appendAll(drafts: readonly { kind: string; subject: string; body: Record<string, unknown> }[]): LogEntry[];
  /** Latest first. */
  entries(filter: { subject?: string; kind?: string; limit?: number }): LogEntry[];
  latest(subject: string, kind: string): LogEntry | null;
}

/** SHA-256 of each file of a run's folder; a table without rows has no file. */
export const RunFiles = z.record(z.string(), z.string());
export type RunFiles = z.infer<typeof RunFiles>;

export const recordedKind = 'run-recorded';
const baselineKind = 'run-baseline';
const everyEntry = 1_000_000;

const RecordedBody = z.object({ summary: LoggedSummary, files: RunFiles });
const BaselineBody = z.object({ workloadHash: z.string(), baseline: z.boolean() });

/** The files that a run was recorded with, or null for an id that the log does not know. */
export const recordedFiles = (log: RunLog, id: string): RunFiles | null => {
  const entry = log.latest(id, recordedKind);
  return entry && RecordedBody.parse(entry.body).files;
};

/** The baseline of each workload hash: the run that was made one last, unless that was taken back. */
const baselines = (log: RunLog): Map<string, string> => {
  const found = new Map<string, string>();
  for (const { subject, body } of log.entries({ kind: baselineKind, limit: everyEntry }).reverse()) {
    const { workloadHash, baseline } = BaselineBody.parse(body);
    if (baseline) found.set(workloadHash, subject);
    else if (found.get(workloadHash) === subject) found.delete(workloadHash);
  }
  return found;
};

/** Every recorded run, latest first. A run that was recorded again, because its files had been damaged, is one run. */
export const summaries = (log: RunLog): RunSummary[] => {
  const pinned = baselines(log);
  const found = new Map<string, RunSummary>();
  for (const { subject, at, body } of log.entries({ kind: recordedKind, limit: everyEntry })) {
    if (found.has(subject)) continue;
    const { summary } = RecordedBody.parse(body);
    found.set(subject, { ...summary, recordedAt: at, baseline: pinned.get(summary.workload.hash) === subject });
  }
  return [...found.values()];
};

/** Make a run the baseline of its workload hash, or take that back; saying it twice is no event. */
export const pinBaseline = (log: RunLog, id: string, baseline: boolean): RunSummary => {
  const run = summaries(log).find((summary) => summary.id === id);
  if (!run) throw new WorkbenchError('NOT_FOUND', `unknown run: ${id}`);
  if (run.baseline === baseline) return run;
  log.appendAll([{ kind: baselineKind, subject: id, body: { workloadHash: run.workload.hash, baseline } }]);
  return { ...run, baseline };
};
