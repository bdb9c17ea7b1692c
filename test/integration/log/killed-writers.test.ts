import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../../src/main/investigations/log.ts';
import { systemClock } from '../../../src/main/platform/clock.ts';
import { acquireLock, openSqlite } from '../../../src/main/platform/sqlite.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftbench-kill-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Writer {
  child: ChildProcess;
  name: string;
  /** Sequence number and own number of every entry it said was committed. */
  told: [seq: number, n: number][];
  ended: Promise<void>;
}

const startWriter = (path: string, name: string): Writer => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'append-loop.ts'), path, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const writer: Writer = {
    child,
    name,
    told: [],
    ended: new Promise((resolve) => child.once('close', () => resolve())),
  };
  let rest = '';
  child.stdout?.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) writer.told.push(line.split(' ').map(Number) as [number, number]);
  });
  return writer;
};

const reaches = async (writer: Writer, entries: number): Promise<void> => {
  while (writer.told.length < entries && writer.child.exitCode === null) await systemClock.sleep(5);
};

test('kill -9 of writers at any moment loses no committed entry and breaks no chain', async () => {
  const path = join(folder, 'workbench.db');
  const told = new Map<number, string>();
  for (let round = 0; round < 4; round += 1) {
    const writers = [startWriter(path, `a${round}`), startWriter(path, `b${round}`)];
    await Promise.all(writers.map((writer) => reaches(writer, 15 + 10 * round)));
    for (const { child } of writers) child.kill('SIGKILL');
    await Promise.all(writers.map(({ ended }) => ended));
    for (const { name, told: entries } of writers) {
      expect(entries.length).toBeGreaterThan(10);
      for (const [seq, n] of entries) {
        expect(told.has(seq)).toBe(false);
        told.set(seq, `${name} ${n}`);
      }
    }
  }
  const database = openSqlite(path);
  const log = openLog(database, systemClock);
  const check = log.verify();
  expect(check).toMatchObject({ brokenAt: null, reason: null });
  const found = new Map(
    log.entries({ limit: check.entries }).map(({ seq, subject, body }) => [seq, `${subject} ${body.n}`]),
  );
  for (const [seq, entry] of told) expect(found.get(seq)).toBe(entry);
  expect(log.append({ kind: 'after', subject: 'x', body: {} }).seq).toBe(check.entries + 1);
  database.close();
});

test('processes that make one workspace at the same moment all get in', async () => {
  const script = join(import.meta.dirname, 'open-at.ts');
  for (let round = 0; round < 4; round += 1) {
    const path = join(folder, `new-${round}.db`);
    const at = String(Date.now() + 900);
    const told = await Promise.all(
      Array.from({ length: 5 }, async (_, n) => {
        const child = spawn(process.execPath, [script, path, `p${n}`, at], { stdio: ['ignore', 'pipe', 'inherit'] });
        let out = '';
        child.stdout.on('data', (data: Buffer) => {
          out += data.toString();
        });
        await new Promise<void>((resolve) => child.once('close', () => resolve()));
        return Number(out);
      }),
    );
    expect(told.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  }
}, 60_000);

test('a lock is held by one, waited for by the next, and falls free', async () => {
  const path = join(folder, 'import.lock');
  const first = await acquireLock(path, { clock: systemClock });
  const order: string[] = [];
  const second = acquireLock(path, { clock: systemClock, onWait: () => order.push('waits') }).then((lock) => {
    order.push('has it');
    return lock;
  });
  await systemClock.sleep(250);
  expect(order).toEqual(['waits']);
  first.release();
  (await second).release();
  expect(order).toEqual(['waits', 'has it']);
});

test('waiting for a lock can be given up', async () => {
  const path = join(folder, 'import.lock');
  const held = await acquireLock(path, { clock: systemClock });
  const abort = new AbortController();
  const waiting = acquireLock(path, { clock: systemClock, signal: abort.signal, onWait: () => abort.abort() });
  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  held.release();
});

test('the lock of a process that was killed falls free', async () => {
  const path = join(folder, 'import.lock');
  const script = `
    import { acquireLock } from ${JSON.stringify(join(import.meta.dirname, '../../../src/main/platform/sqlite.ts'))};
    import { systemClock } from ${JSON.stringify(join(import.meta.dirname, '../../../src/main/platform/clock.ts'))};
    await acquireLock(${JSON.stringify(path)}, { clock: systemClock });
    process.stdout.write('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  let waited = false;
  const waiting = acquireLock(path, { clock: systemClock, onWait: () => (waited = true) });
  await systemClock.sleep(150);
  child.kill('SIGKILL');
  (await waiting).release();
  expect(waited).toBe(true);
});
