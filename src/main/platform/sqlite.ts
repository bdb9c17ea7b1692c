import Sqlite from 'better-sqlite3';
import { Cancelled, WorkbenchError } from '../../shared/errors.ts';
import type { Clock } from './clock.ts';

export type SqliteDatabase = Sqlite.Database;

const PATIENCE_MS = 15_000;
const PAUSE_MS = 20;

const isBusy = (error: unknown): boolean => error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** Of two processes that make a new database at once SQLite turns one away without waiting, whatever its time limit says. */
const useWal = (database: SqliteDatabase): void => {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || waited >= PATIENCE_MS) throw error;
    }
    Atomics.wait(clock, 0, 0, PAUSE_MS);
  }
};

/**
 * Open a database several processes may share: WAL lets readers and one writer overlap, writers wait for each other,
 * and a commit is on the disk before it is answered.
 */
export const openSqlite = (path: string): SqliteDatabase => {
  const database = new Sqlite(path, { timeout: PATIENCE_MS });
  useWal(database);
  database.pragma('synchronous = FULL');
  return database;
};

export interface Lock {
  release(): void;
}

/**
 * Hold a lock between processes: an exclusive transaction on a file of its own, which the operating system ends with
 * the process that held it, however it died. `onWait` is called once when somebody else holds it.
 */
export const acquireLock = async (
  path: string,
  { clock, signal, onWait }: { clock: Clock; signal?: AbortSignal; onWait?: () => void },
): Promise<Lock> => {
  const database = new Sqlite(path, { timeout: 0 });
  try {
    for (let waited = false; ; waited = true) {
      if (signal?.aborted) throw new Cancelled();
      try {
        database.exec('BEGIN EXCLUSIVE');
        return { release: () => database.close() };
      } catch (error) {
        if (!isBusy(error)) {
          throw new WorkbenchError('UNAVAILABLE', `lock cannot be taken: ${path}`);
        }
      }
      if (!waited) onWait?.();
      await clock.sleep(100, signal);
    }
  } catch (error) {
    database.close();
    throw error;
  }
};
