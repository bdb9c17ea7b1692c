import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process. */
export const systemEnvironment = (): Environment => process.env;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};

/** The file that a command's first word means, as a shell would find it; null when there is none. */
export const programPath = (word: string, environment: Environment, cwd = '.'): string | null => {
  const endings = process.platform === 'win32' ? ['', ...(environment.PATHEXT ?? '.EXE').split(';')] : [''];
  const folders = /[\\/]/.test(word) ? [resolve(cwd)] : (environment.PATH ?? '').split(delimiter).filter(Boolean);
  for (const folder of folders) {
    for (const ending of endings) {
      const path = isAbsolute(word) ? `${word}${ending}` : join(folder, `${word}${ending}`);
      if (isProgram(path)) return path;
    }
  }
  return null;
};
