import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built window lies: beside the built program, or below the root of a clone run from its sources. */
export const rendererFolder = (from = import.meta.url): string => {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    for (const candidate of [join(folder, 'renderer'), join(folder, 'out', 'renderer')]) {
      if (existsSync(join(candidate, 'index.html')) && existsSync(join(candidate, 'assets'))) return candidate;
    }
    if (folder === dirname(folder)) return join(folder, 'renderer');
  }
};

/** The built program that `electron` is started with. */
export const desktopEntry = (from = import.meta.url): string =>
  join(dirname(rendererFolder(from)), 'main', 'desktop.js');
