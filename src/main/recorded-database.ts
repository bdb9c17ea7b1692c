import type { Statement } from '../shared/model/investigation.ts';
import type { Database } from './platform/duckdb.ts';

export interface Recording {
  /** The same database; what is asked through it is noted under the part. */
  of(part: string): Database;
  /** Every different statement, by part and text: the order in which they ran depends on the machine. */
  statements(): Statement[];
}

/** Tables of one analysis are numbered through the life of a process; the number has no meaning. */
const numbered = /\b(memory\.main\.[a-z_]+?)_\d+\b/g;

const readable = (sql: string): string => sql.replace(numbered, '$1_N').trim();

/** Notes the SQL that goes to a database, so that evidence can show how it was obtained. */
export const recording = (database: Database): Recording => {
  const parts = new Map<string, Set<string>>();
  const wrap = (inner: Database, note: (sql: string) => void): Database => ({
    rows: (sql, parameters) => {
      note(sql);
      return inner.rows(sql, parameters);
    },
    columns: (sql, parameters) => {
      note(sql);
      return inner.columns(sql, parameters);
    },
    run: (sql, parameters) => {
      note(sql);
      return inner.run(sql, parameters);
    },
    // The copy has the rows and their numbers: what is asked of it can be asked of the whole as it is written.
    restricted: async (rows) => {
      const { database: some, release } = await inner.restricted(rows);
      return { database: wrap(some, note), release };
    },
    withSignal: (signal) => wrap(inner.withSignal(signal), note),
    close: () => inner.close(),
  });
  return {
    of: (part) => {
      const seen = parts.get(part) ?? new Set<string>();
      parts.set(part, seen);
      return wrap(database, (sql) => seen.add(readable(sql)));
    },
    statements: () => [...parts].flatMap(([part, seen]) => [...seen].sort().map((sql) => ({ part, sql }))),
  };
};
