import type { Database } from '../platform/duckdb.ts';
import type { OpenDataset } from './open-dataset.ts';

type Answers = Map<string, Promise<unknown>>;

interface Kept {
  /** Answers about all rows. */
  whole: Answers;
  /** About a part: each pick brings some, which must not push out what every analysis of all rows asks. */
  part: Answers;
}

const kept = new WeakMap<Database, Kept>();
/** Answers of either sort kept of one open dataset; beyond them the one that was not asked for the longest is read again. */
const MOST_KEPT = 32;

const answersTo = (database: Database, where: string): Answers => {
  const answers = kept.get(database) ?? { whole: new Map(), part: new Map() };
  kept.set(database, answers);
  return where === 'TRUE' ? answers.whole : answers.part;
};

const nameOf = (what: string, where: string): string => `${what} where ${where}`;

/**
 * What was read of an open dataset before, or reads it: a cache never changes while it is open. The reading is shared by all who wait
 * for it, so no single one of them can cancel it: for small answers only.
 * @param what tells answers apart; @param where predicate of the rows it is about.
 */
export function remembered<T>(
  { database }: Pick<OpenDataset, 'database'>,
  what: string,
  read: (database: Database) => Promise<T>,
  where = 'TRUE',
): Promise<T> {
  const answers = answersTo(database, where);
  const name = nameOf(what, where);
  const known = answers.get(name);
  const answer = (known as Promise<T> | undefined) ?? read(database);
  answers.delete(name);
  answers.set(name, answer);
  if (known) return answer;
  answer.catch(() => answers.delete(name));
  const [oldest] = answers.keys();
  if (answers.size > MOST_KEPT && oldest !== undefined) answers.delete(oldest);
  return answer;
}

/** The same where it was read before, else null. */
export const recalled = <T>(
  { database }: Pick<OpenDataset, 'database'>,
  what: string,
  where = 'TRUE',
): Promise<T> | null => (answersTo(database, where).get(nameOf(what, where)) as Promise<T> | undefined) ?? null;
