import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserFault } from '../../shared/errors.ts';

/** The folders of a workspace; everything under `cache` can be made again. */
export interface Workspace {
  root: string;
  database: string;
  locks: string;
  cache: string;
  artifacts: string;
  datasets: string;
  samples: string;
  uploads: string;
  /** One folder a benchmark run. */
  runs: string;
  reports: string;
  /** Checklists of the user's own. */
  checklists: string;
}

const dataFolder = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string => {
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  return env.XDG_DATA_HOME || join(homedir(), '.local', 'share');
};

/** DRIFTBENCH_WORKSPACE, else a folder of the user's own data. */
export const defaultWorkspace = (env = process.env, platform = process.platform): string =>
  env.DRIFTBENCH_WORKSPACE || join(dataFolder(env, platform), 'driftbench');

/** Create what is missing; one sentence when the place cannot be written. */
export const openWorkspace = (path: string): Workspace => {
  const root = resolve(path);
  const workspace: Workspace = {
    root,
    database: join(root, 'workbench.db'),
    locks: join(root, 'locks'),
    cache: join(root, 'cache'),
    artifacts: join(root, 'artifacts'),
    datasets: join(root, 'datasets'),
    samples: join(root, 'samples'),
    uploads: join(root, 'uploads'),
    runs: join(root, 'runs'),
    reports: join(root, 'reports'),
    checklists: join(root, 'checklists'),
  };
  const { root: _root, database: _database, ...folders } = workspace;
  try {
    for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
    accessSync(root, constants.W_OK);
  } catch {
    throw new UserFault(`workspace cannot be written, choose another with --workspace: ${root}`);
  }
  return workspace;
};
