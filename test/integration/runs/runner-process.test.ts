import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunnerProcess, runRunner } from '../../../src/main/platform/runner-process.ts';
import { scratchFolder } from '../../fixtures/scratch.ts';

const runners = join(import.meta.dirname, '../../fixtures/runners');
const ugly = join(runners, 'ugly.mjs');

let folder: string;
let pids: string;
beforeEach(() => {
  folder = scratchFolder();
  pids = join(folder, 'pids');
  vi.stubEnv('TMPDIR', folder);
  return () => vi.unstubAllEnvs();
});

const alive = (pid: number): boolean => {
  try {
    return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const noted = (): number[] => readFileSync(pids, 'utf8').trim().split('\n').map(Number);
const workFolders = () => readdirSync(folder).filter((name) => name.startsWith('driftbench-run-'));

const run = async (args: string[], more: Partial<RunnerProcess> = {}) => {
  const lines: string[] = [];
  const result = await runRunner({
    program: process.execPath,
    args,
    env: {},
    workload: { id: 'w' },
    onLine: (text) => lines.push(text),
    ...more,
    limits: { limitMs: 60_000, graceMs: 300, drainMs: 500, ...more.limits },
  });
  expect(workFolders()).toEqual([]);
  return { ...result, lines };
};
const mode = (name: string, more: Partial<RunnerProcess> = {}) => run([ugly, name, pids], more);

describe('a runner', () => {
  it('gets its workload, the environment that was given and nothing of ours', async () => {
    vi.stubEnv('SECRET_OF_OURS', 'x');
    const program = `const file = process.env.DRIFTBENCH_WORKLOAD;
      console.log(require('fs').readFileSync(file, 'utf8'));
      console.log(Object.keys(process.env).sort().join());
      console.log(process.cwd());
      process.stdout.write('no line break \\u00e9');`;
    const { end, lines } = await run(['-e', program], { env: { COLOUR: 'red' }, cwd: folder });
    expect(end).toEqual({ how: 'exit', code: 0 });
    expect(lines).toEqual(['{"id":"w"}', 'COLOUR,DRIFTBENCH_WORKLOAD', folder, 'no line break \u00e9']);
  });

  it('that dies is told from one that stops, and from one that cannot be started', async () => {
    const died = await mode('dies half-way');
    expect(died.end).toEqual({ how: 'signal', signal: 'SIGKILL' });
    expect(died.lines).toHaveLength(5);
    expect((await mode('fails after done')).end).toEqual({ how: 'exit', code: 3 });
    expect((await run([], { program: join(folder, 'nothing-here') })).end).toMatchObject({
      how: 'absent',
      reason: expect.stringContaining('ENOENT'),
    });
    expect((await run([], { cwd: join(folder, 'no-such-folder') })).end).toMatchObject({
      how: 'absent',
      reason: expect.stringContaining('working directory not found'),
    });
    expect((await run(['-e', 'a\0b'])).end).toMatchObject({ how: 'absent' });
  });

  it('that hangs is ended at its limit', async () => {
    const { end, lines } = await mode('hangs', { limits: { limitMs: 3000 } });
    expect(end).toEqual({ how: 'time-out', limitMs: 3000 });
    expect(lines).toHaveLength(5);
    expect(noted().filter(alive)).toEqual([]);
  });

  it('that ignores SIGTERM is ended all the same, and so is what it started', async () => {
    const abort = new AbortController();
    const ended = mode('ignores SIGTERM', { signal: abort.signal });
    await vi.waitFor(() => expect(existsSync(pids) && noted()).toHaveLength(2), { timeout: 20_000 });
    expect(noted().filter(alive)).toHaveLength(2);
    abort.abort();
    expect(await ended).toMatchObject({ end: { how: 'cancelled' }, unkillable: null });
    await vi.waitFor(() => expect(noted().filter(alive)).toEqual([]));
  });

  it('that leaves a child behind has ended when it has ended', async () => {
    const { end, lines } = await mode('leaves a grandchild');
    expect(end).toEqual({ how: 'exit', code: 0 });
    expect(lines.at(-1)).toBe('{"type":"done"}');
    await vi.waitFor(() => expect(noted().filter(alive)).toEqual([]));
  });

  it.each([
    ['floods with lines', { lines: 5000 }, /more lines on stdout than 5000/],
    ['floods with lines', { bytes: 200_000 }, /more bytes on stdout than 200000/],
    ['floods with one line', { lineBytes: 100_000 }, /a line on stdout longer than 100000 bytes/],
  ])('that %s is ended at %j', async (name, limits, reason) => {
    const { end, lines } = await mode(name, { limits: { limitMs: 60_000, ...limits } });
    expect(end).toMatchObject({ how: 'flood', reason: expect.stringMatching(reason) });
    expect(lines.length).toBeLessThanOrEqual(10_000);
  });

  it('keeps the end of a long log', async () => {
    const { log, end } = await mode('much on stderr', { limits: { limitMs: 60_000, logBytes: 4096 } });
    expect(end).toEqual({ how: 'exit', code: 0 });
    expect(log.length).toBeLessThan(4200);
    expect(log).toMatch(/^\(\d+ bytes before are not kept\)\n/);
    expect(log.trimEnd()).toMatch(/line 29999 of a log that never ends$/);
  });

  it('is not started when it is cancelled before', async () => {
    const { end } = await mode('hangs', { signal: AbortSignal.abort() });
    expect(end).toEqual({ how: 'cancelled' });
    expect(existsSync(pids)).toBe(false);
  });
});

describe('a runner whose owner', () => {
  it('is killed ends as well, with its children and its file', async () => {
    const owner = spawn(process.execPath, [join(import.meta.dirname, 'owner-loop.ts'), ugly, 'ignores SIGTERM', pids], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder },
    });
    await vi.waitFor(() => expect(existsSync(pids) && noted()).toHaveLength(2), { timeout: 20_000 });
    expect(noted().filter(alive)).toHaveLength(2);
    expect(workFolders()).toHaveLength(1);
    owner.kill('SIGKILL');
    await vi.waitFor(() => expect(noted().filter(alive)).toEqual([]), { timeout: 20_000 });
    await vi.waitFor(() => expect(workFolders()).toEqual([]), { timeout: 20_000 });
  });
});
