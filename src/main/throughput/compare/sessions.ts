import type { NoiseFloor } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { noiseFloor } from '../../statistics/run-planning.ts';
import { mean } from '../../statistics/sample.ts';
import { type MetricName, runValue } from './metric-name.ts';
import { groupKey } from './run-group.ts';

/** A longer pause between the starts of two runs begins another session, and so do another label and another call. */
const pauseMs = 30 * 60_000;

const startOf = (run: ThroughputRun): number => Date.parse(run.startedAt ?? '');

/** Earlier runs of the same workload on the same unchanged executor, oldest first. */
const ofSameExecutor = (earlier: readonly ThroughputRun[], like: ThroughputRun): ThroughputRun[] =>
  earlier
    .filter(
      (run) =>
        run.valid &&
        // The second side ran under a changed environment.
        run.session?.side !== 'B' &&
        groupKey(run) === groupKey(like) &&
        run.fingerprint.hash === like.fingerprint.hash &&
        run.executor.name === like.executor.name &&
        run.executor.kind === like.executor.kind &&
        Number.isFinite(startOf(run)),
    )
    .sort((a, b) => startOf(a) - startOf(b));

const sessionsOf = (runs: readonly ThroughputRun[]): ThroughputRun[][] => {
  const sessions: ThroughputRun[][] = [];
  for (const run of runs) {
    const last = sessions.at(-1)?.at(-1);
    const near = last && last.label === run.label && startOf(run) - startOf(last) <= pauseMs;
    if (near && last.session?.id === run.session?.id) sessions.at(-1)?.push(run);
    else sessions.push([run]);
  }
  return sessions;
};

const typical = (runs: readonly ThroughputRun[], metric: MetricName): number | null => {
  const logs = runs.flatMap((run) => {
    const value = runValue(run, metric);
    return value === null ? [] : [Math.log(value)];
  });
  return logs.length === 0 ? null : mean(logs);
};

/** ln of each session's typical number over that of the session before: an executor compared with itself. */
export const sessionLogRatios = (
  earlier: readonly ThroughputRun[],
  like: ThroughputRun,
  metric: MetricName,
): number[] => {
  const levels = sessionsOf(ofSameExecutor(earlier, like)).flatMap((runs) => typical(runs, metric) ?? []);
  return levels.slice(1).map((level, i) => level - (levels[i] as number));
};

/** Noise floor from the sessions before this comparison; null with the reason below eight of them. */
export const noiseFloorOf = (
  earlier: readonly ThroughputRun[],
  like: ThroughputRun,
  metric: MetricName,
): NoiseFloor => {
  const ratios = sessionLogRatios(earlier, like, metric);
  const floor = noiseFloor(ratios);
  return {
    value: floor.value,
    sessions: ratios.length,
    ...(floor.reason === undefined ? {} : { reason: floor.reason }),
  };
};

/** How far runs lie from the mean of their session in the log, each scaled as if that mean were known: what runs of this executor do by themselves. */
export const sessionDeviations = (
  earlier: readonly ThroughputRun[],
  like: ThroughputRun,
  metric: MetricName,
): number[] => sessionsOf(ofSameExecutor(earlier, like)).flatMap((runs) => deviationsOf(runs, metric));

/** The same of the runs of one side. */
export const deviationsOf = (runs: readonly ThroughputRun[], metric: MetricName): number[] => {
  const logs = runs.flatMap((run) => {
    const value = runValue(run, metric);
    return value === null ? [] : [Math.log(value)];
  });
  const n = logs.length;
  if (n < 2) return [];
  const centre = mean(logs);
  return logs.map((log) => (log - centre) * Math.sqrt(n / (n - 1)));
};
