import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where checklists and other files lie that are read as they are: the nearest `resources` above the program. */
export const resourcesFolder = (from = import.meta.url): string => {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(join(candidate, 'checklists')) || folder === dirname(folder)) return candidate;
  }
};
