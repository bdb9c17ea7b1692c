import type { Database } from '../platform/duckdb.ts';
import type { OpenDataset } from './open-dataset.ts';

const kept = new WeakMap<Database, Map<string, Promise<unknown>>>();
/** Answers kept of one open dataset; beyond them the one that was not asked for the longest is read again. */
const MOST_KEPT = 32;

/**
 * What was read of an open dataset under this key before, or reads it: a cache never changes while it is open. The reading is shared
 * by all who wait for it, so no single one of them can cancel it: for small answers only.
 */
export function remembered<T>(
  { database }: Pick<OpenDataset, 'database'>,
  key: string,
  read: (database: Database) => Promise<T>,
): Promise<T> {
  const answers = kept.get(database) ?? new Map<string, Promise<unknown>>();
  kept.set(database, answers);
  const known = answers.get(key);
  const answer = (known as Promise<T> | undefined) ?? read(database);
  answers.delete(key);
  answers.set(key, answer);
  if (known) return answer;
  answer.catch(() => answers.delete(key));
  const [oldest] = answers.keys();
  if (answers.size > MOST_KEPT && oldest !== undefined) answers.delete(oldest);
  return answer;
}

/** The same where it was read before, else null. */
export const recalled = <T>({ database }: Pick<OpenDataset, 'database'>, key: string): Promise<T> | null =>
  (kept.get(database)?.get(key) as Promise<T> | undefined) ?? null;
