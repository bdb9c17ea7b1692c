import { spawn } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../../src/main/cli.ts');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** Sent when this many milliseconds have passed. */
  interruptAfterMs?: number;
}

/** The command line as a process of its own, over one workspace. */
export const runCli = (workspace: string, args: string[], options: RunOptions = {}): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, '--workspace', workspace, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
    });
    const ended: Ended = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => {
      ended.stdout += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      ended.stderr += data.toString();
    });
    const timer = options.interruptAfterMs && setTimeout(() => child.kill('SIGINT'), options.interruptAfterMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ ...ended, code });
    });
  });
