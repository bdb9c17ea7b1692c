import { type ChildProcess, spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../../src/main/cli.ts');

export interface RunningServer {
  child: ChildProcess;
  link: string;
  origin: string;
  port: number;
  key: string;
  stdout(): string;
  stderr(): string;
  /** Send a signal and wait for the end. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** `driftbench serve` as a process of its own, ready when it has printed its link. */
export const startServer = async (workspace: string, ...args: string[]): Promise<RunningServer> => {
  const child = spawn(process.execPath, [cli, '--workspace', workspace, 'serve', '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stderr.on('data', (data: Buffer) => {
    err += data.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (out.includes('\n')) resolve();
    });
    child.once('close', () => reject(new Error(`server ended before it printed a link: ${err}`)));
  });
  const link = out.trim();
  const { origin, port } = new URL(link);
  return {
    child,
    link,
    origin,
    port: Number(port),
    key: link.split('#key=')[1] ?? '',
    stdout: () => out,
    stderr: () => err,
    stop: (signal = 'SIGINT') => {
      child.kill(signal);
      return ended;
    },
  };
};

/** Exchange the key of a link for a token. */
export const tokenOf = async (server: RunningServer, key = server.key): Promise<string | null> => {
  const response = await fetch(`${server.origin}/session`, {
    method: 'POST',
    headers: { origin: server.origin, 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  });
  return response.ok ? ((await response.json()) as { token: string }).token : null;
};

/** Send bytes as they are and answer what comes back until the server closes, or 2 s have passed. */
export const sendRaw = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write(text));
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
