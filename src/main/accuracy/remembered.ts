import type { Database } from '../platform/duckdb.ts';
import type { OpenDataset } from './open-dataset.ts';

const kept = new WeakMap<Database, Map<string, Promise<unknown>>>();
/** Answers kept of one open dataset; beyond them the oldest is read again. */
const MOST_KEPT = 24;

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
  if (known) return known as Promise<T>;
  const answer = read(database);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  const [oldest] = answers.keys();
  if (answers.size > MOST_KEPT && oldest !== undefined) answers.delete(oldest);
  return answer;
}

/** The same where it was read before, else null. */
export const recalled = <T>({ database }: Pick<OpenDataset, 'database'>, key: string): Promise<T> | null =>
  (kept.get(database)?.get(key) as Promise<T> | undefined) ?? null;
