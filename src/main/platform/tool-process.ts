import { type ChildProcess, spawn } from 'node:child_process';

export interface ToolResult {
  /** `absent`: there is no such program, or it may not be started; `enough`: it was ended because it had said enough. */
  ended: 'exit' | 'enough' | 'time-out' | 'stopped' | 'flood' | 'absent';
  code: number | null;
  stdout: string;
  stderr: string;
  /** The process that even SIGKILL did not end (it sleeps inside a driver); null in every usual case. */
  unkillable: number | null;
}

export interface ToolLimits {
  limitMs: number;
  signal?: AbortSignal;
  /** For tools that never end by themselves: true when what they printed so far will do. */
  enough?: (stdout: string) => boolean;
}

export type RunTool = (program: string, args: readonly string[], limits: ToolLimits) => Promise<ToolResult>;

const mostCharacters = 8_000_000;
const graceMs = 1000;

const kill = (child: ChildProcess): void => {
  try {
    // The whole group: rocm-smi is a script, and what hangs is its child.
    if (process.platform !== 'win32' && child.pid) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
};

/** Run a program that only prints, to its end or to its limit; never rejects, and leaves no process behind. */
export const runTool: RunTool = (program, args, { limitMs, signal, enough }) =>
  new Promise((resolve) => {
    const absent = (text: string): void =>
      resolve({ ended: 'absent', code: null, stdout: '', stderr: text, unkillable: null });
    let child: ChildProcess;
    try {
      child = spawn(program, [...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
        windowsHide: true,
        // Decimal points and English messages whatever the machine's language is.
        env: { ...process.env, LC_ALL: 'C' },
      });
    } catch (error) {
      absent(String(error));
      return;
    }
    let stdout = '';
    let stderr = '';
    let ended: ToolResult['ended'] = 'exit';
    let grace: NodeJS.Timeout | undefined;
    const finish = (code: number | null, unkillable: number | null): void => {
      clearTimeout(limit);
      clearTimeout(grace);
      signal?.removeEventListener('abort', cancelled);
      child.stdout?.destroy();
      child.stderr?.destroy();
      if (unkillable !== null) child.unref();
      resolve({ ended, code, stdout, stderr, unkillable });
    };
    const end = (why: ToolResult['ended']): void => {
      if (ended !== 'exit') return;
      ended = why;
      kill(child);
      const left = () => (child.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null);
      grace = setTimeout(() => finish(null, left()), graceMs);
    };
    const cancelled = () => end('stopped');
    const limit = setTimeout(() => end('time-out'), limitMs);
    child.once('error', (error) => {
      ended = 'absent';
      stderr = error.message;
      finish(null, null);
    });
    child.once('close', (code) => finish(code, null));
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      stdout += part;
      if (stdout.length > mostCharacters) end('flood');
      else if (enough?.(stdout)) end('enough');
    });
    child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      if (stderr.length < mostCharacters) stderr += part;
    });
    if (signal?.aborted) cancelled();
    else signal?.addEventListener('abort', cancelled, { once: true });
  });
