import { spawn } from 'node:child_process';

/** Run a program on this terminal until it ends; answers its exit status. */
export const runAttached = (program: string, args: string[], env = process.env): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

/** Open a link in the person's browser, where there is one; that it cannot be opened is not an error. */
export const openLink = (link: string): void => {
  const programs: Record<string, [string, string[]]> = {
    darwin: ['open', [link]],
    win32: ['cmd', ['/c', 'start', '""', link]],
  };
  const [program, args] = programs[process.platform] ?? ['xdg-open', [link]];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
};
