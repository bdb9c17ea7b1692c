import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, platform, release, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Diagnosis, WorkbenchState } from '../../shared/model/workbench.ts';
import { electronBinary, hasDisplay } from './electron.ts';
import type { Workspace } from './workspace.ts';

type Capability = Diagnosis['capabilities'][number];

export const machine = (): WorkbenchState['platform'] => ({
  os: `${platform()} ${release()}`,
  arch: arch(),
  node: process.versions.node,
});

const found = (name: string, version: string | null, text: string): Capability => ({
  name,
  state: 'available',
  version,
  text,
});

const absent = (name: string, text: string, state: 'unavailable' | 'failed' = 'unavailable'): Capability => ({
  name,
  state,
  version: null,
  text,
});

const reason = (error: unknown): string => String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';

const node = (): Capability => found('node', process.versions.node, process.execPath);

const duckdb = async (): Promise<Capability> => {
  try {
    const driver = await import('@duckdb/node-api');
    return found('duckdb', driver.version(), 'reads Parquet in this process, no extension is downloaded');
  } catch (error) {
    return absent('duckdb', `driver does not load: ${reason(error)}`, 'failed');
  }
};

const sqlite = async (): Promise<Capability> => {
  try {
    const { default: Sqlite } = await import('better-sqlite3');
    const database = new Sqlite(':memory:');
    const version = database.prepare<[], { v: string }>('SELECT sqlite_version() AS v').get()?.v ?? null;
    database.close();
    return found('sqlite', version, 'keeps the log of the workspace');
  } catch (error) {
    return absent('sqlite', `driver does not load: ${reason(error)}`, 'failed');
  }
};

const electron = (): Capability => {
  const binary = electronBinary();
  if (!binary) return absent('electron', 'not installed here: driftbench start opens the browser instead');
  if (!hasDisplay()) return absent('electron', 'installed, but there is no display: use driftbench serve');
  return found('electron', null, binary);
};

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const chromium = (): Capability => {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const path = folders.flatMap((folder) => browserNames.map((name) => join(folder, name))).find(isProgram);
  return path
    ? found('chromium', null, path)
    : absent('chromium', 'not found on PATH: reports are written as HTML only');
};

const storage = async (workspace: Workspace): Promise<Capability> => {
  try {
    const { bavail, bsize } = await statfs(workspace.root);
    const free = `${(Number(bavail * bsize) / 1e9).toFixed(1)} GB free`;
    return found('workspace', null, `${workspace.root}, ${free}`);
  } catch (error) {
    return absent('workspace', reason(error), existsSync(workspace.root) ? 'failed' : 'unavailable');
  }
};

const hardware = (): Capability =>
  found('hardware', null, `${availableParallelism()} processors, ${(totalmem() / 1e9).toFixed(1)} GB memory`);

/** What this machine can do; looks, and changes nothing. */
export const diagnose = async (workspace: Workspace): Promise<Diagnosis> => ({
  capabilities: [node(), await duckdb(), await sqlite(), electron(), chromium(), hardware(), await storage(workspace)],
});
