import { join } from 'node:path';
import type { Work } from '../../../shared/model/progress.ts';
import type { ThroughputRun } from '../../../shared/model/throughput-run.ts';
import type { RunRequest } from '../../../shared/model/workload.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Environment } from '../../platform/environment.ts';
import { sha256 } from '../../platform/hash.ts';
import { acquireLock } from '../../platform/sqlite.ts';
import type { Workspace } from '../../platform/workspace.ts';
import { collectFingerprint } from '../fingerprint/collect.ts';
import type { StreamFold } from '../runner-stream.ts';
import type { Reach } from '../telemetry/source.ts';
import type { Catalogue } from '../workloads/catalogue.ts';
import { type PreparedRun, prepareBuiltIn } from './prepared-run.ts';
import { recordedRuns } from './recorded-runs.ts';
import { prepareCommand } from './run-command.ts';
import { type RunOnce, runOnce } from './run-once.ts';
import { orderOf, sideOf } from './sides.ts';
import type { RunStore } from './store.ts';

export interface RunDeps {
  workspace: Pick<Workspace, 'locks'>;
  store: RunStore;
  catalogue: Catalogue;
  clock: Clock;
  reach: Reach;
  machine: { os: string; arch: string; node: string };
  environment: Environment;
  /** Other limits and another pace of the telemetry than the usual ones. */
  limits?: RunOnce['limits'];
  pace?: RunOnce['pace'];
}

export interface RecordedSession {
  runs: ThroughputRun[];
  remarks: string[];
}

/** So many invalid runs one after the other, and the rest would be too. */
const mostInvalid = 2;
const toolLimitMs = 5000;

const prepare = async (request: RunRequest, deps: RunDeps, signal: AbortSignal): Promise<PreparedRun> => {
  if (request.runner === 'command' || request.command !== undefined) {
    const { environment, reach } = deps;
    return prepareCommand(request, { environment, runTool: reach.runTool, signal });
  }
  return prepareBuiltIn(await deps.catalogue.find(request, signal), request, signal);
};

/** The GPU that the fingerprint is of, where there is but one: a runner cannot tell the UUID of its own. */
const onlyDevice = ({ fields }: ThroughputRun['fingerprint']): string | null =>
  fields.gpu_count === 1 && typeof fields.gpu_uuid === 'string' ? fields.gpu_uuid : null;

const told = (
  { progress }: Work,
  { workload, durationMs }: PreparedRun,
  { position, of }: { position: number; of: number },
  fold: StreamFold,
  elapsedMs: number,
): void => {
  const phase = fold.phase() ?? (fold.samples.length > 0 ? 'measure' : 'start');
  const step = `${workload.id}, run ${position} of ${of}, ${phase}: ${fold.samples.length} samples`;
  if (durationMs === null) {
    progress({ step, done: position - 1, total: of, unit: 'runs' });
    return;
  }
  const seconds = durationMs / 1000;
  const done = (position - 1) * seconds + Math.min(seconds, elapsedMs / 1000);
  progress({ step, done: Math.round(done * 10) / 10, total: Math.round(of * seconds * 10) / 10, unit: 's' });
};

/**
 * Run a workload as often as asked, each time as a process of its own, and keep every run as soon as it has ended.
 * Cancelling ends the process and keeps what it had measured as an invalid run; those before it stay as they are.
 */
export const runWorkload = async (request: RunRequest, deps: RunDeps, work: Work): Promise<RecordedSession> => {
  const { clock, reach, environment, machine, store } = deps;
  work.progress({ step: 'prepare', done: 0, total: null, unit: '' });
  const prepared = await prepare(request, deps, work.signal);
  // Two measurements at once would measure each other.
  const lock = await acquireLock(join(deps.workspace.locks, 'measure.lock'), {
    clock,
    signal: work.signal,
    onWait: () => work.progress({ step: 'waiting for another run to end', done: 0, total: null, unit: '' }),
  });
  try {
    work.progress({ step: 'read the fingerprint of this machine', done: 0, total: null, unit: '' });
    const fingerprint = await collectFingerprint({
      reach,
      machine,
      environment,
      limits: { limitMs: toolLimitMs, signal: work.signal },
    });
    const order = orderOf(request);
    const session = { id: `session-${sha256(clock.newId()).slice(0, 16)}`, of: order.length, order: order.join('') };
    const runs: ThroughputRun[] = [];
    let invalid = 0;
    for (const [index, letter] of order.entries()) {
      if (work.signal.aborted || invalid >= mostInvalid) break;
      const side = sideOf(letter, request, prepared.env, environment);
      const position = { ...session, position: index + 1, side: letter };
      const ran = await runOnce({
        prepared,
        env: side.env,
        clock,
        reach,
        signal: work.signal,
        onProgress: (fold, elapsedMs) => told(work, prepared, position, fold, elapsedMs),
        ...(deps.limits === undefined ? {} : { limits: deps.limits }),
        ...(deps.pace === undefined ? {} : { pace: deps.pace }),
      });
      const found = recordedRuns({
        prepared,
        side,
        session: position,
        ...ran,
        fingerprint,
        device: onlyDevice(fingerprint),
        newRunId: () => `run-${sha256(clock.newId()).slice(0, 16)}`,
      });
      // Not to be cancelled: what was measured is kept.
      await store.record(found);
      runs.push(...found);
      invalid = found.some(({ valid }) => valid) ? 0 : invalid + 1;
    }
    const done = new Set(runs.map(({ session: own }) => own?.position)).size;
    const left = order.length - done;
    const stopped = left > 0 && !work.signal.aborted;
    return {
      runs,
      remarks: stopped
        ? [`stopped after ${mostInvalid} invalid runs in a row, ${left} of ${order.length} not run`]
        : [],
    };
  } finally {
    lock.release();
  }
};
