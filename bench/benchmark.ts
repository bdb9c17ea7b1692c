import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One line of the printed table. */
export interface Measurement {
  what: string;
  seconds: number;
  /** The same work at its cheapest (a raw scan and join, say): what the ratio is taken to. */
  reference?: { what: string; seconds: number };
  /** What the project promises; a line above it is marked, and fails the run. */
  limitSeconds?: number;
  /** Peak memory of a command, or what `what` says (bytes sent, say). */
  peakBytes?: number;
  limitBytes?: number;
}

/** What a `bench/*.bench.ts` exports as `benchmark`. `folder` is empty, its own, and removed afterwards. */
export interface Benchmark {
  name: string;
  run(folder: string): Promise<Measurement[]>;
}

export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const from = performance.now();
  const result = await work();
  return { seconds: (performance.now() - from) / 1000, result };
}

export interface CommandRun {
  seconds: number;
  /** High-water mark of resident memory; 0 where the system does not tell. */
  peakBytes: number;
  stdout: string;
}

/** Runs the built command line as a user would, start-up included. Throws when it exits with anything but 0. */
export async function commandLine(args: string[]): Promise<CommandRun> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../out/main/cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentPeak(child.pid));
  }, 20);
  const { seconds, result } = await timed(() => new Promise<number | null>((done) => child.on('close', done)));
  clearInterval(watch);
  if (result !== 0) throw new Error(`exit ${result} of ${args.join(' ')}: ${stderr.trim()}`);
  return { seconds, peakBytes, stdout };
}

function residentPeak(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
