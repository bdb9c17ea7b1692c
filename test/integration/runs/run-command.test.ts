import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { scratchFolder } from '../../fixtures/scratch.ts';
import { runHarness, ugly, wellBehaved } from './run-harness.ts';

let folder: string;
let tools: string;
beforeEach(() => {
  folder = scratchFolder();
  tools = join(folder, 'tools');
  mkdirSync(tools);
  vi.stubEnv('PATH', tools);
  return () => vi.unstubAllEnvs();
});

const node = process.execPath;
const captures = join(import.meta.dirname, '../../fixtures/captures');
const script = (name: string, text: string): string => {
  const path = join(tools, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
};

describe('the workload of a command', () => {
  it('is its arguments, named variables, program, scripts and version', async () => {
    vi.stubEnv('MODE', 'fast');
    const { run, command } = runHarness(folder);
    cpSync(wellBehaved, join(folder, 'bench.mjs'));
    const argv = [node, 'bench.mjs', '5', '1'];
    const once = async (more: Parameters<typeof command>[1] = {}) =>
      (await run(command(argv, { cwd: folder, ...more }))).runs[0]!.workload;
    const first = await once({ env: ['MODE', 'ABSENT'] });
    expect(first).toMatchObject({
      id: 'bench.mjs',
      definition: {
        runner: 'command',
        argv: ['node', 'bench.mjs', '5', '1'],
        env: { MODE: 'fast', ABSENT: null },
        program: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), version: process.version },
        files: { 'bench.mjs': expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    });
    expect((await once({ env: ['MODE', 'ABSENT'] })).hash).toBe(first.hash);
    vi.stubEnv('MODE', 'slow');
    expect((await once({ env: ['MODE', 'ABSENT'] })).hash).not.toBe(first.hash);
    vi.stubEnv('MODE', 'fast');
    writeFileSync(join(folder, 'bench.mjs'), '// another script\nprocess.exit(0)');
    expect((await once({ env: ['MODE', 'ABSENT'] })).hash).not.toBe(first.hash);
  });

  it('never starts a script to ask for its version', async () => {
    const { run, command } = runHarness(folder);
    script(
      'bench',
      `#!${node}\nrequire('fs').appendFileSync('${join(folder, 'calls')}', process.argv.slice(2).join() + ';');`,
    );
    const { runs } = await run(command(['bench', 'go']));
    expect(runs[0]!.workload).toMatchObject({ id: 'bench', definition: { program: { version: null } } });
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toBe('go;');
  });

  it('is refused in one sentence where it cannot be started', async () => {
    const { run, command, store } = runHarness(folder);
    writeFileSync(join(tools, 'data.txt'), 'x');
    const refused: [Parameters<typeof run>[0], string][] = [
      [command(['no-such-program']), 'program not found on PATH or not executable: no-such-program'],
      [command(['data.txt']), 'program not found on PATH or not executable: data.txt'],
      [command([node], { cwd: '/no/such/folder' }), 'working directory not found: /no/such/folder'],
      [command([node], { env: ['A=B'] }), 'not the name of a variable: A=B'],
      [{ runner: 'command' }, 'the command runner needs a command, give it after --'],
      [
        { ...command([node], { env: ['A'] }), against: { A: '1' } },
        'a variable of the second side cannot be part of the workload, leave out --env: A',
      ],
    ];
    for (const [request, message] of refused)
      await expect(run(request)).rejects.toMatchObject({ code: 'BAD_INPUT', message });
    await expect(run(command([node], { format: 'xml' }))).rejects.toThrow(
      /^unknown format, choose auto or one of .*: xml$/,
    );
    expect(store.list()).toEqual([]);
  });
});

describe('what a command prints', () => {
  const printing = (path: string) => [node, '-e', `process.stdout.write(require('fs').readFileSync('${path}'))`];

  it.each([
    ['llama-bench/rtx4080-qwen2-7b.json', 'llama-bench', 2],
    ['google-benchmark/test1_run1.json', 'google-benchmark', 2],
    ['go/five.txt', 'go', 5],
  ])('is read as %s', async (name, format, count) => {
    const { run, command, store } = runHarness(folder);
    const { runs } = await run({ ...command(printing(join(captures, name))), label: 'theirs' });
    expect(runs.length).toBeGreaterThanOrEqual(count);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
    for (const one of runs) {
      expect(one).toMatchObject({ label: 'theirs', source: { format }, session: { position: 1 } });
      expect(one.startedAt).not.toBeNull();
      expect(one.workload.definition).toMatchObject({ runner: 'command', result: expect.any(Object) });
      expect(one.fingerprint.fields).toHaveProperty('env.OMP_NUM_THREADS');
    }
    const again = (await run({ ...command(printing(join(captures, name))) })).runs;
    expect(again.map(({ workload }) => workload.hash)).toEqual(runs.map(({ workload }) => workload.hash));
    expect(store.list()).toHaveLength(2 * runs.length);
    expect(await store.get(runs[0]!.id)).toEqual(runs[0]);
  });

  it('and what it declares is held against what was asked', async () => {
    const { run, command } = runHarness(folder);
    const argv = [node, ugly, 'other batch'];
    const { runs } = await run({ ...command(argv), batch: 8, precision: 'f16' });
    expect(runs[0]).toMatchObject({
      valid: false,
      invalidReasons: ['methodology mismatch: 8 batch declared, 4 executed'],
      batch: 4,
      precision: 'f16',
      workload: { id: 'own', definition: { asked: { batch: 8, precision: 'f16' }, harness: { batch: 4 } } },
    });
    expect((await run({ ...command(argv), batch: 4 })).runs[0]).toMatchObject({ valid: true });
    const silent = (await run({ ...command([node, wellBehaved, '5', '1']), batch: 4 })).runs[0]!;
    expect(silent.valid).toBe(true);
    expect(silent.notes).toContain('asked for, and not shown by the result: batch 4');
  });

  it('of a failing command is kept and invalid', async () => {
    const { run, command } = runHarness(folder);
    const path = join(captures, 'google-benchmark/test1_run1.json');
    const argv = [node, '-e', `process.stdout.write(require('fs').readFileSync('${path}')); process.exitCode = 4`];
    const { runs } = await run(command(argv));
    expect(runs[0]).toMatchObject({ valid: false, invalidReasons: ['the runner ended with code 4'] });
    expect(runs[0]!.metrics.throughput.value ?? runs[0]!.metrics.latencyP50Ms.value).not.toBeNull();
  });
});
