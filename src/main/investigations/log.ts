import { canonicalJson } from '../../shared/canonical-json.ts';
import { WorkbenchError } from '../../shared/errors.ts';
import type { LogEntry } from '../../shared/model/log-entry.ts';
import type { Clock } from '../platform/clock.ts';
import { sha256 } from '../platform/hash.ts';
import type { SqliteDatabase } from '../platform/sqlite.ts';

/** The hash before the first entry. */
export const genesis = '0'.repeat(64);

/** Version of the tables below; a newer one was written by a newer program. */
const tablesVersion = 1;

export interface LogDraft {
  kind: string;
  subject: string;
  body: Record<string, unknown>;
  /** Version of the body's shape for this kind. */
  schema?: number;
}

export interface ChainCheck {
  entries: number;
  /** First entry that does not follow from the one before it, or null. */
  brokenAt: number | null;
  reason: string | null;
  head: string;
}

export interface Log {
  append(draft: LogDraft): LogEntry;
  /** All of them side by side, or none. */
  appendAll(drafts: readonly LogDraft[]): LogEntry[];
  /** Take an entry back by a further entry; nothing is ever removed. */
  revert(seq: number): LogEntry;
  /** Latest first. */
  entries(filter?: { subject?: string; kind?: string; limit?: number }): LogEntry[];
  latest(subject: string, kind: string): LogEntry | null;
  verify(): ChainCheck;
}

interface Row {
  seq: number;
  at: string;
  kind: string;
  schema: number;
  subject: string;
  body: string;
  prev_hash: string;
  hash: string;
}

const tables = `
CREATE TABLE IF NOT EXISTS log (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, schema INTEGER NOT NULL, subject TEXT NOT NULL,
  body TEXT NOT NULL, prev_hash TEXT NOT NULL UNIQUE, hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX IF NOT EXISTS log_subject ON log (subject, kind, seq);
CREATE INDEX IF NOT EXISTS log_kind ON log (kind, seq);
CREATE TRIGGER IF NOT EXISTS log_keeps_entries BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS log_keeps_values BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS log_grows_at_its_end BEFORE INSERT ON log
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
    OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM log ORDER BY seq DESC LIMIT 1), '${genesis}')
  BEGIN SELECT RAISE(ABORT, 'log grows at its end only'); END;
`;

/** `hash` = SHA-256(prevHash + canonical JSON of the entry without its two hashes). */
export const entryHash = (prevHash: string, entry: Omit<LogEntry, 'prevHash' | 'hash'>): string => {
  const { seq, at, kind, schema, subject, body } = entry;
  return sha256(prevHash + canonicalJson({ seq, at, kind, schema, subject, body }));
};

const toEntry = (row: Row): LogEntry => ({
  seq: row.seq,
  at: row.at,
  kind: row.kind,
  schema: row.schema,
  subject: row.subject,
  body: JSON.parse(row.body) as Record<string, unknown>,
  prevHash: row.prev_hash,
  hash: row.hash,
});

const prepareTables = (database: SqliteDatabase): void => {
  const found = database.pragma('user_version', { simple: true }) as number;
  if (found > tablesVersion) {
    throw new WorkbenchError('BAD_INPUT', `workspace was written by a newer driftbench: log version ${found}`);
  }
  if (found === tablesVersion) return;
  database
    .transaction(() => {
      database.exec(tables);
      database.pragma(`user_version = ${tablesVersion}`);
    })
    .immediate();
};

/** The append-only, hash-chained log of a workspace. Several processes may append to one file. */
export const openLog = (database: SqliteDatabase, clock: Pick<Clock, 'now'>): Log => {
  prepareTables(database);
  const last = database.prepare<[], Pick<Row, 'seq' | 'hash'>>('SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1');
  const insert = database.prepare(
    'INSERT INTO log (seq, at, kind, schema, subject, body, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const select = database.prepare<[{ subject: string | null; kind: string | null; limit: number }], Row>(
    `SELECT * FROM log WHERE ($subject IS NULL OR subject = $subject) AND ($kind IS NULL OR kind = $kind)
     ORDER BY seq DESC LIMIT $limit`,
  );
  const bySeq = database.prepare<[number], Row>('SELECT * FROM log WHERE seq = ?');

  // The head is read under the write lock: two processes can never chain onto the same entry.
  const write = database.transaction((draft: LogDraft): LogEntry => {
    const head = last.get();
    const prevHash = head?.hash ?? genesis;
    const body = canonicalJson(draft.body);
    const entry = {
      seq: (head?.seq ?? 0) + 1,
      at: clock.now(),
      kind: draft.kind,
      schema: draft.schema ?? 1,
      subject: draft.subject,
      body: JSON.parse(body) as Record<string, unknown>,
    };
    const hash = entryHash(prevHash, entry);
    insert.run(entry.seq, entry.at, entry.kind, entry.schema, entry.subject, body, prevHash, hash);
    return { ...entry, prevHash, hash };
  });
  const append = (draft: LogDraft) => write.immediate(draft);
  const writeAll = database.transaction((drafts: readonly LogDraft[]) => drafts.map((draft) => write(draft)));

  return {
    append,
    appendAll: (drafts) => writeAll.immediate(drafts),
    revert: (seq) => {
      const row = bySeq.get(seq);
      if (!row) throw new WorkbenchError('NOT_FOUND', `unknown log entry: ${seq}`);
      return append({ kind: 'reverted', subject: row.subject, body: { seq, hash: row.hash } });
    },
    entries: ({ subject, kind, limit } = {}) =>
      select.all({ subject: subject ?? null, kind: kind ?? null, limit: limit ?? 100 }).map(toEntry),
    latest: (subject, kind) => {
      const row = select.get({ subject, kind, limit: 1 });
      return row ? toEntry(row) : null;
    },
    verify: () => verifyChain(database.prepare<[], Row>('SELECT * FROM log ORDER BY seq').iterate()),
  };
};

const verifyChain = (rows: Iterable<Row>): ChainCheck => {
  let head = genesis;
  let entries = 0;
  const broken = (reason: string): ChainCheck => ({ entries, brokenAt: entries, reason, head });
  for (const row of rows) {
    entries += 1;
    if (row.seq !== entries) return broken(`entry missing before ${row.seq}`);
    if (row.prev_hash !== head) return broken(`previous hash differs: ${row.seq}`);
    let hash: string;
    try {
      hash = entryHash(head, toEntry(row));
    } catch {
      return broken(`entry is not readable: ${row.seq}`);
    }
    if (hash !== row.hash) return broken(`content does not match its hash: ${row.seq}`);
    head = row.hash;
  }
  return { entries, brokenAt: null, reason: null, head };
};
