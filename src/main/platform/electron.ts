import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The Electron program, or null. Looked up in the files of its package: requiring the package would try to download it.
 */
export const electronBinary = (env = process.env, from = import.meta.url): string | null => {
  let folder: string;
  try {
    folder = dirname(createRequire(from).resolve('electron/package.json'));
  } catch {
    return null;
  }
  const name = join(folder, 'path.txt');
  const file = existsSync(name) ? readFileSync(name, 'utf8').trim() : null;
  const fallback = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    process.platform as string
  ];
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
  const binary = join(dist, file ?? fallback ?? 'electron');
  return existsSync(binary) ? binary : null;
};

/** Whether a window can be shown at all. */
export const hasDisplay = (env = process.env, platform = process.platform): boolean =>
  platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
