import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { say } from './fault.mjs';

const oldestMs = 30 * 60_000;

/** Runs `work` while no other process holds the lock file; a lock whose owner died is taken over. */
export async function withLock(path, work) {
  await acquire(path);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

async function acquire(path) {
  mkdirSync(dirname(path), { recursive: true });
  // Written aside and linked into place, so that a lock never exists without its owner's number in it.
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let waited = 0; ; waited += 1) {
      try {
        linkSync(mine, path);
        return;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      if (abandoned(path)) takeAway(path, `${mine}.old`);
      else {
        if (waited === 0) say('another set-up is running here, waiting for it');
        await new Promise((done) => setTimeout(done, 200));
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function abandoned(path) {
  try {
    const owner = Number(readFileSync(path, 'utf8'));
    if (Date.now() - statSync(path).mtimeMs > oldestMs) return true;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Two waiters may both find the owner dead: the one that comes second must not remove the first one's new lock. */
function takeAway(path, aside) {
  try {
    renameSync(path, aside);
    if (!abandoned(aside)) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
