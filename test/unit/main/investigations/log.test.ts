import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { entryHash, genesis, type Log, openLog } from '../../../../src/main/investigations/log.ts';
import { sha256 } from '../../../../src/main/platform/hash.ts';
import { openSqlite, type SqliteDatabase } from '../../../../src/main/platform/sqlite.ts';

let folder: string;
let database: SqliteDatabase;
let log: Log;
const path = () => join(folder, 'workbench.db');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-log-'));
  database = openSqlite(path());
  let seconds = 0;
  log = openLog(database, { now: () => `2026-03-01T00:00:${String(seconds++).padStart(2, '0')}.000Z` });
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const note = (body: Record<string, unknown> = {}) => log.append({ kind: 'note', subject: 'expenses', body });

describe('the chain', () => {
  test('starts from nothing and holds each entry to the one before', () => {
    const [first, second] = [note({ b: 1, a: 'é' }), note()];
    expect(first.prevHash).toBe(genesis);
    expect(second.prevHash).toBe(first.hash);
    expect(log.verify()).toEqual({ entries: 2, brokenAt: null, reason: null, head: second.hash });
  });

  test('is the published formula, so that anybody can check it', () => {
    const { hash } = note({ b: 1, a: 'é' });
    const json =
      '{"at":"2026-03-01T00:00:00.000Z","body":{"a":"é","b":1},"kind":"note","schema":1,"seq":1,"subject":"expenses"}';
    expect(hash).toBe(sha256(genesis + json));
  });

  test('takes several entries together or none of them', () => {
    const drafts = [1, 2, 3].map((n) => ({ kind: 'note', subject: 'expenses', body: { n } }));
    const written = log.appendAll(drafts);
    expect(written.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const broken = { kind: 'note', subject: 'expenses', body: { n: Number.NaN } };
    expect(() => log.appendAll([...drafts, broken])).toThrow('not a JSON number: NaN');
    expect(log.verify()).toMatchObject({ entries: 3, brokenAt: null });
  });

  test('is the same after the file was closed and opened', () => {
    const written = [note({ n: 1 }), note({ n: 2 })];
    database.close();
    database = openSqlite(path());
    log = openLog(database, { now: () => '2026-03-02T00:00:00.000Z' });
    expect(log.entries().reverse()).toEqual(written);
    expect(log.verify().brokenAt).toBeNull();
  });

  test('keeps any body it accepts', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const sent = JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
        const entry = log.append({ kind: 'note', subject: 's', body: sent });
        expect(log.entries({ limit: 1 })[0]).toEqual(entry);
        expect(entry.body).toEqual(sent);
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(log.verify().brokenAt).toBeNull();
  });

  test('refuses a number JSON cannot carry, and stays as it was', () => {
    note();
    expect(() => note({ value: Number.NaN })).toThrow('not a JSON number: NaN');
    expect(log.verify()).toMatchObject({ entries: 1, brokenAt: null });
  });
});

describe('the tables refuse', () => {
  test.each([
    ['a change', "UPDATE log SET body = '{}' WHERE seq = 1"],
    ['a removal', 'DELETE FROM log WHERE seq = 1'],
    ['an entry in between', "INSERT INTO log VALUES (7, 'x', 'x', 1, 'x', '{}', 'x', 'y')"],
    ['an entry on another head', `INSERT INTO log VALUES (3, 'x', 'x', 1, 'x', '{}', '${genesis}', 'y')`],
    ['a replacement', "REPLACE INTO log VALUES (1, 'x', 'x', 1, 'x', '{}', 'x', 'y')"],
  ])('%s', (_name, sql) => {
    note();
    note();
    expect(() => database.exec(sql)).toThrow(/append-only|grows at its end only/);
    expect(log.verify()).toMatchObject({ entries: 2, brokenAt: null });
  });
});

describe('verification finds', () => {
  const tamper = (sql: string) => {
    for (let n = 0; n < 4; n += 1) note({ n });
    database.exec('DROP TRIGGER log_keeps_values; DROP TRIGGER log_keeps_entries');
    database.exec(sql);
  };

  test.each([
    ['a changed body', `UPDATE log SET body = '{"n":9}' WHERE seq = 2`, 2],
    ['a body that is no JSON', `UPDATE log SET body = '{' WHERE seq = 3`, 3],
    ['a changed time', "UPDATE log SET at = '2020-01-01' WHERE seq = 1", 1],
    ['a missing entry', 'DELETE FROM log WHERE seq = 2', 2],
    ['a changed hash', "UPDATE log SET hash = 'x' WHERE seq = 4", 4],
  ])('%s', (_name, sql, brokenAt) => {
    tamper(sql);
    expect(log.verify().brokenAt).toBe(brokenAt);
  });

  test('a changed entry even when its own hash was computed again', () => {
    tamper('SELECT 1');
    const [entry] = log.entries({ limit: 3 }).slice(-1);
    const forged = { ...entry!, body: { n: 99 } };
    database
      .prepare('UPDATE log SET body = ?, hash = ? WHERE seq = ?')
      .run(JSON.stringify(forged.body), entryHash(forged.prevHash, forged), forged.seq);
    expect(log.verify()).toMatchObject({
      brokenAt: forged.seq + 1,
      reason: `previous hash differs: ${forged.seq + 1}`,
    });
  });
});

test('taking back is an entry of its own', () => {
  const entry = note({ n: 1 });
  const reverted = log.revert(entry.seq);
  expect(reverted).toMatchObject({ kind: 'reverted', subject: 'expenses', body: { seq: 1, hash: entry.hash } });
  expect(log.entries()).toHaveLength(2);
  expect(() => log.revert(99)).toThrow('unknown log entry: 99');
});

test('entries are found by what they are about, latest first', () => {
  note({ n: 1 });
  log.append({ kind: 'other', subject: 'expenses', body: {} });
  log.append({ kind: 'note', subject: 'loans', body: { n: 2 } });
  expect(log.entries({ subject: 'expenses' }).map(({ kind }) => kind)).toEqual(['other', 'note']);
  expect(log.entries({ kind: 'note', limit: 1 })).toMatchObject([{ subject: 'loans' }]);
  expect(log.latest('expenses', 'note')?.body).toEqual({ n: 1 });
  expect(log.latest('expenses', 'none')).toBeNull();
});

test('a log of a newer program is refused, not guessed at', () => {
  database.pragma('user_version = 99');
  expect(() => openLog(database, { now: () => '' })).toThrow(
    'workspace was written by a newer driftbench: log version 99',
  );
});
