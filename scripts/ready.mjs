import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { collect, environment } from './child.mjs';
import { SetupFault, say } from './fault.mjs';
import { withLock } from './lock.mjs';
import { bringNode, presentNode } from './node.mjs';
import { installed, json, npmCi } from './packages.mjs';
import { at } from './places.mjs';

/** Everything the build reads; the launchers look at the same list by time, this one decides by content. */
const sources = ['src', 'electron.vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];
const stamp = at('out/.inputs');

function* files(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* files(join(path, name));
}

function readInputs() {
  const readAt = new Date();
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of files(at(source)))
      hash.update(file.slice(at().length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return { hash: hash.digest('hex'), readAt };
}

const packagesReady = () => installed(json(at('package-lock.json')), at());
const built = ({ hash }) => existsSync(stamp) && readFileSync(stamp, 'utf8').split('\n')[0] === hash;

/**
 * The hash of what was built and, for the POSIX launcher, the Node to run it with. Dated to when the inputs were read,
 * so that a file edited during the build is newer than the stamp.
 */
function writeStamp(inputs, node) {
  mkdirSync(at('out'), { recursive: true });
  const aside = `${stamp}.${process.pid}`;
  writeFileSync(aside, `${inputs.hash}\n${node}\n`);
  utimesSync(aside, inputs.readAt, inputs.readAt);
  renameSync(aside, stamp);
}

async function build(node) {
  const { code, output } = await collect(
    node,
    [at('node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    {
      env: environment(node),
    },
  );
  if (code !== 0) {
    process.stderr.write(output);
    throw new SetupFault('the build failed, its output is above');
  }
}

/**
 * Node, packages and (unless `build` is false) a build that are up to date; does nothing when they are.
 * Two processes at once are safe: one works, the other waits and finds it done. Gives the path of the Node to use.
 */
export async function ready({ build: wantsBuild = true } = {}) {
  const inputs = wantsBuild ? readInputs() : null;
  const node = presentNode();
  if (node && packagesReady() && (!inputs || built(inputs))) {
    if (inputs) writeStamp(inputs, node);
    return node;
  }
  return withLock(at('.tools/setup.lock'), async () => {
    const node = await bringNode();
    if (!packagesReady()) {
      say('installing packages');
      await npmCi([], node, 'cannot install the packages');
    }
    const inputs = wantsBuild ? readInputs() : null;
    if (inputs && !built(inputs)) {
      say('building');
      await build(node);
      writeStamp(inputs, node);
    }
    return node;
  });
}
