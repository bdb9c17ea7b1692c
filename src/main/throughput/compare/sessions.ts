import type { NoiseFloor } from '../../../shared/model/throughput-comparison.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import { noiseFloor, sessionDeviations } from '../../statistics/run-planning.ts';
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
        run.workload.hash === like.workload.hash &&
        groupKey(run) === groupKey(like) &&
        run.fingerprint.hash === like.fingerprint.hash &&
        run.executor.name === like.executor.name &&
        run.executor.kind === like.executor.kind &&
        Number.isFinite(startOf(run)),
    )
    .sort((a, b) => startOf(a) - startOf(b));

/** Sessions of one workload on one executor, as long as nothing about it changed; oldest first. */
export const earlierSessions = (earlier: readonly ThroughputRun[], like: ThroughputRun): ThroughputRun[][] => {
  const sessions: ThroughputRun[][] = [];
  for (const run of ofSameExecutor(earlier, like)) {
    const last = sessions.at(-1)?.at(-1);
    const near = last && last.label === run.label && startOf(run) - startOf(last) <= pauseMs;
    if (near && last.session?.id === run.session?.id) sessions.at(-1)?.push(run);
    else sessions.push([run]);
  }
  return sessions;
};

const logsOf = (runs: readonly ThroughputRun[], metric: MetricName): number[] =>
  runs.flatMap((run) => {
    const value = runValue(run, metric);
    return value === null ? [] : [Math.log(value)];
  });

type Sessions = readonly (readonly ThroughputRun[])[];

/** ln of each session's typical number over that of the session before: an executor compared with itself. */
const logRatios = (sessions: Sessions, metric: MetricName): number[] => {
  const levels = sessions.flatMap((runs) => {
    const logs = logsOf(runs, metric);
    return logs.length === 0 ? [] : [mean(logs)];
  });
  return levels.slice(1).map((level, i) => level - (levels[i] as number));
};

/** Noise floor from the sessions before this comparison; null with the reason below eight comparisons of one with the next. */
export const noiseFloorOf = (sessions: Sessions, metric: MetricName): NoiseFloor => {
  const ratios = logRatios(sessions, metric);
  const floor = noiseFloor(ratios);
  return {
    value: floor.value,
    sessions: ratios.length,
    ...(floor.reason === undefined ? {} : { reason: floor.reason }),
  };
};

/** How far runs of this executor lie from the middle of their session by themselves, in the log. */
export const earlierDeviations = (sessions: Sessions, metric: MetricName): number[] =>
  sessions.flatMap((runs) => sessionDeviations(logsOf(runs, metric)));
