import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WorkbenchError } from '../../shared/errors.ts';
import { sha256 as digest } from './hash.ts';

/** Results too big for a log entry, by the SHA-256 of their bytes. */
export interface ArtifactStore {
  /** On the disk before it answers, so that a log entry never names what is not there. */
  put(text: string): string;
  /** Throws when it is missing or its bytes no longer match its name. */
  get(sha256: string): string;
}

export const artifactStore = (folder: string, newId: () => string): ArtifactStore => ({
  put: (text) => {
    const name = digest(text);
    const target = join(folder, name);
    if (existsSync(target)) return name;
    const partial = join(folder, `.${name}.${newId()}`);
    const file = openSync(partial, 'wx');
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, target);
    return name;
  },
  get: (sha256) => {
    const path = join(folder, sha256);
    if (!/^[0-9a-f]{64}$/.test(sha256) || !existsSync(path)) {
      throw new WorkbenchError('NOT_FOUND', `unknown artifact: ${sha256}`);
    }
    const text = readFileSync(path, 'utf8');
    if (digest(text) !== sha256) throw new WorkbenchError('BAD_INPUT', `artifact was changed: ${sha256}`);
    return text;
  },
});
