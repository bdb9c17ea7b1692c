import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Progress } from '../../shared/model/progress.ts';

export interface Terminal {
  out(text: string): void;
  /** Messages and progress never mix with the answer. */
  err(text: string): void;
  progress(progress: Progress): void;
  clearProgress(): void;
}

/** Progress is one line that is written over, and only where a person watches. */
export const terminal = (stdout = process.stdout, stderr = process.stderr): Terminal => {
  let dirty = false;
  const clearProgress = () => {
    if (dirty) stderr.write('\r\u001b[2K');
    dirty = false;
  };
  return {
    out: (text) => {
      clearProgress();
      stdout.write(text);
    },
    err: (text) => {
      clearProgress();
      stderr.write(text);
    },
    progress: ({ step, done, total, unit }) => {
      if (!stderr.isTTY) return;
      const amount = total === null ? (done > 0 ? `${done} ${unit}` : '') : `${done} of ${total} ${unit}`;
      const line = `${step} ${amount}`.slice(0, Math.max(20, (stderr.columns ?? 80) - 1));
      stderr.write(`\r\u001b[2K${line}`);
      dirty = true;
    },
    clearProgress,
  };
};

/** The dataset file an argument names, or null when the argument can only be an id. */
export const datasetFileOf = (argument: string): string | null => {
  const path = resolve(argument);
  if (existsSync(path) && statSync(path).isDirectory()) {
    const inside = join(path, 'dataset.yaml');
    return existsSync(inside) ? inside : null;
  }
  return existsSync(path) || /[\\/]|\.ya?ml$/i.test(argument) ? path : null;
};
