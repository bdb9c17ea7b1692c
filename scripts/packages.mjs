import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, environment } from './child.mjs';
import { SetupFault } from './fault.mjs';

export const json = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Whether `folder` holds exactly what the lock names. npm writes `node_modules/.package-lock.json` as the last act
 * of an installation, so an interrupted one never looks complete; comparing with it also recognises a manual `npm ci`.
 * Optional packages may be missing: they are the other platforms' binaries and what those bring along.
 */
export function installed(lock, folder) {
  const record = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = lock?.packages ?? {};
  const present = json(record).packages;
  for (const path of Object.keys(present)) if (!wanted[path]) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = present[path];
    if (found ? found.integrity !== entry.integrity : !entry.optional) return false;
  }
  return true;
}

/** Without a network the answer should not take npm's usual minute. */
const quickRetries = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/** `npm ci` without the packages' own scripts: every native package here ships its binary. */
export async function npmCi(args, node, failure) {
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : null;
  const all = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...quickRetries, ...args];
  const env = environment(node);
  const windows = process.platform === 'win32';
  const { code, output } = npm
    ? await collect(node, [npm, ...all], { env })
    : await collect(windows ? 'npm.cmd' : 'npm', all, { env, shell: windows });
  if (code === 127) throw new SetupFault(`${failure}: npm is not on PATH`);
  if (code !== 0) throw new SetupFault(`${failure}, npm said: ${reason(output)}`);
}

function reason(output) {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line && !line.startsWith('A complete log') && !/^(code|syscall|errno) /.test(line));
  return lines[0]?.replace(/\.$/, '') || 'nothing';
}
