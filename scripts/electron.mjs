import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './places.mjs';

/** The Electron binary, or null. Looked up by file: requiring the package would start a download. */
export function electronBinary() {
  const pointer = at('node_modules/electron/path.txt');
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const usual =
    { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';
  const name = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : usual;
  const binary = join(override ?? at('node_modules/electron/dist'), name);
  return existsSync(binary) ? binary : null;
}
