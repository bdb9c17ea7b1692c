import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kindOf } from './files.ts';
import { boundedLog, lineSplitter } from './line-splitter.ts';
import { monotonicNs } from './system-files.ts';

/** How a runner ended; everything but `exit` with 0 says why its run is not a whole one. */
export type RunnerEnd =
  | { how: 'exit'; code: number }
  | { how: 'signal'; signal: string }
  | { how: 'absent'; reason: string }
  | { how: 'time-out'; limitMs: number }
  | { how: 'flood'; reason: string }
  | { how: 'cancelled' };

export interface RunnerLimits {
  /** Time of the whole process. */
  limitMs: number;
  lineBytes: number;
  lines: number;
  bytes: number;
  /** The end of stderr that is kept. */
  logBytes: number;
  /** From SIGTERM to SIGKILL. */
  graceMs: number;
  /** From the end of the process to the end of its output, which a process it left behind may hold open. */
  drainMs: number;
}

export interface RunnerProcess {
  program: string;
  args: readonly string[];
  /** All of it: nothing is added but DRIFTBENCH_WORKLOAD. */
  env: Readonly<Record<string, string>>;
  cwd?: string;
  /** Written to the file that DRIFTBENCH_WORKLOAD names. */
  workload: unknown;
  limits: Partial<RunnerLimits> & Pick<RunnerLimits, 'limitMs'>;
  signal?: AbortSignal;
  onLine(text: string, arrivedNs: number): void;
}

export interface RunnerResult {
  end: RunnerEnd;
  /** The end of stderr. */
  log: string;
  startedNs: number;
  endedNs: number;
  /** The process that even SIGKILL did not end (it sleeps inside a driver); null in every usual case. */
  unkillable: number | null;
}

const usualLimits = {
  lineBytes: 2 ** 20,
  lines: 4_000_000,
  bytes: 2 ** 29,
  logBytes: 2 ** 16,
  graceMs: 2000,
  drainMs: 1000,
};

const windows = process.platform === 'win32';

/**
 * Ends the group of the runner when whoever started it has gone without saying `done`, however it died: the pipe it
 * reads from closes with its owner. Windows ends the children of a process by itself.
 */
const guard = `read -r group || exit 0
read -r word
if [ "$word" != done ]; then kill -s KILL -- "-$group"; rm -rf -- "$1"; fi`;

const startGuard = (folder: string): ChildProcess | null => {
  if (windows) return null;
  const child = spawn('/bin/sh', ['-c', guard, 'driftbench-guard', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  child.once('error', () => undefined);
  child.stdin?.once('error', () => undefined);
  return child;
};

const endGuard = (child: ChildProcess | null): Promise<void> =>
  new Promise((resolve) => {
    if (!child || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) resolve();
    else {
      child.once('exit', () => resolve());
      child.stdin?.end('done\n');
    }
  });

/** The whole group: what a script started must not outlive it. A group that is empty is no fault. */
const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    if (windows) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    else process.kill(-pid, signal);
  } catch {
    // Nobody is left in it.
  }
};

/**
 * Run a program that prints lines, in a process group of its own, to its end or to a limit. Never rejects; when it
 * answers, nothing of the group is left, and neither is the file with the workload.
 */
export const runRunner = async (options: RunnerProcess): Promise<RunnerResult> => {
  const startedNs = monotonicNs();
  const absent = (reason: string): RunnerResult => ({
    end: { how: 'absent', reason },
    log: '',
    startedNs,
    endedNs: monotonicNs(),
    unkillable: null,
  });
  if (options.signal?.aborted) return { ...absent(''), end: { how: 'cancelled' } };
  if (options.cwd !== undefined && (await kindOf(options.cwd)) !== 'folder') {
    return absent(`working directory not found: ${options.cwd}`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'driftbench-run-'));
  const file = join(folder, 'workload.json');
  const watcher = startGuard(folder);
  try {
    await writeFile(file, JSON.stringify(options.workload));
    const env = { ...options.env, DRIFTBENCH_WORKLOAD: file };
    let child: ChildProcess;
    try {
      child = spawn(options.program, [...options.args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: !windows,
        windowsHide: true,
        cwd: options.cwd,
        env,
      });
    } catch (error) {
      return absent(error instanceof Error ? error.message : String(error));
    }
    if (child.pid !== undefined) watcher?.stdin?.write(`${child.pid}\n`);
    return await followed(child, options, startedNs);
  } finally {
    await endGuard(watcher);
    await rm(folder, { recursive: true, force: true });
  }
};

const followed = (child: ChildProcess, options: RunnerProcess, startedNs: number): Promise<RunnerResult> =>
  new Promise((resolve) => {
    const limits: RunnerLimits = { ...usualLimits, ...options.limits };
    const log = boundedLog(limits.logBytes);
    let end: RunnerEnd | null = null;
    let over = false;
    const timers: NodeJS.Timeout[] = [];
    const after = (ms: number, call: () => void): void => {
      timers.push(setTimeout(call, ms));
    };
    const running = () => child.exitCode === null && child.signalCode === null;
    const finish = (found: RunnerEnd): void => {
      if (over) return;
      over = true;
      for (const timer of timers) clearTimeout(timer);
      options.signal?.removeEventListener('abort', cancel);
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      lines.end();
      child.stdout?.destroy();
      child.stderr?.destroy();
      const unkillable = child.pid !== undefined && running() ? child.pid : null;
      if (unkillable !== null) child.unref();
      resolve({ end: end ?? found, log: log.text(), startedNs, endedNs: monotonicNs(), unkillable });
    };
    const stop = (why: RunnerEnd): void => {
      if (end !== null || over) return;
      end = why;
      if (child.pid === undefined) return;
      signalGroup(child.pid, 'SIGTERM');
      after(limits.graceMs, () => {
        if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
        after(limits.drainMs, () => finish(why));
      });
    };
    const cancel = () => stop({ how: 'cancelled' });
    const lines = lineSplitter(limits, options.onLine, (reason) => {
      child.stdout?.destroy();
      stop({ how: 'flood', reason });
    });
    child.stdout?.on('data', (part: Buffer) => lines.push(part, monotonicNs()));
    child.stderr?.on('data', (part: Buffer) => log.push(part));
    child.once('error', (error) => {
      if (child.pid === undefined) finish({ how: 'absent', reason: error.message });
    });
    const ended = (code: number | null, signal: string | null): RunnerEnd =>
      code === null ? { how: 'signal', signal: signal ?? 'unknown' } : { how: 'exit', code };
    child.once('exit', (code, signal) => after(limits.drainMs, () => finish(ended(code, signal))));
    child.once('close', (code, signal) => finish(ended(code, signal)));
    after(limits.limitMs, () => stop({ how: 'time-out', limitMs: limits.limitMs }));
    if (options.signal?.aborted) cancel();
    else options.signal?.addEventListener('abort', cancel, { once: true });
  });
