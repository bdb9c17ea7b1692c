import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { collect } from './child.mjs';
import { say } from './fault.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where `playwright install chromium` puts its own, by platform; the newest revision when there are several. */
function playwrightOwn() {
  const folder =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    { darwin: join(homedir(), 'Library/Caches/ms-playwright'), win32: join(homedir(), 'AppData/Local/ms-playwright') }[
      process.platform
    ] ??
    join(homedir(), '.cache/ms-playwright');
  if (!existsSync(folder)) return [];
  const inside = ['chrome-linux/chrome', 'chrome-linux64/chrome', 'chrome-win/chrome.exe', 'chrome-win64/chrome.exe'];
  return readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((name) => inside.map((path) => join(folder, name, path)));
}

/** A Chromium that is already here, or null. `PLAYWRIGHT_CHROMIUM` names one outright. */
export function findChromium() {
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named) return runnable(named) ? named : null;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...elsewhere, ...playwrightOwn()].find(runnable) ?? null;
}

/** `{ path }` of a Chromium, installed by apt when we are root on such a system, or `{ reason }` why there is none. */
export async function bringChromium() {
  const present = findChromium();
  if (present) return { path: present };
  if (process.env.PLAYWRIGHT_CHROMIUM)
    return { reason: `PLAYWRIGHT_CHROMIUM cannot be run: ${process.env.PLAYWRIGHT_CHROMIUM}` };
  const advice = 'install chromium, or name one in PLAYWRIGHT_CHROMIUM';
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { reason: `no Chromium found: ${advice}` };
  }
  say('no Chromium found: installing one with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const packages = ['chromium', 'chromium-sandbox', 'fonts-liberation'];
  const install = () => collect('/usr/bin/apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
  let { code } = await install();
  if (code !== 0) {
    await collect('/usr/bin/apt-get', ['update'], { env });
    ({ code } = await install());
  }
  const path = findChromium();
  return path ? { path } : { reason: `no Chromium found and apt-get could not install one (exit ${code}): ${advice}` };
}
