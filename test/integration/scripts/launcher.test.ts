import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '../../..');
const echo = `
  const [, , ...args] = process.argv;
  if (args[0] === 'exit') process.exit(Number(args[1]));
  if (args[0] === 'die') process.kill(process.pid, 'SIGTERM'), setInterval(() => {}, 1000);
  else process.stdout.write(JSON.stringify({ args, cwd: process.cwd() }));
`;

let folder = '';
let clone = '';

/** A clone in miniature: the real launcher and set-up scripts, and a command line that only tells how it was called. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "driftbench launcher's "));
  clone = join(folder, 'clone');
  for (const path of ['src', 'out/main', 'node_modules', 'scripts']) mkdirSync(join(clone, path), { recursive: true });
  cpSync(join(repository, 'scripts'), join(clone, 'scripts'), { recursive: true });
  copyFileSync(join(repository, 'driftbench'), join(clone, 'driftbench'));
  for (const file of ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.json', 'src/a.ts']) {
    writeFileSync(join(clone, file), '{"packages":{}}');
  }
  writeFileSync(join(clone, 'node_modules/.package-lock.json'), '{"packages":{}}');
  writeFileSync(join(clone, 'out/main/cli.js'), echo);
  writeFileSync(join(clone, 'out/.inputs'), `hash\n${process.execPath}\n`);
  const later = new Date(Date.now() + 10_000);
  utimesSync(join(clone, 'out/.inputs'), later, later);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, args: string[], cwd = folder) =>
  spawnSync(program, args, { cwd, encoding: 'utf8', input: '', env: { PATH: process.env.PATH } });

describe.skipIf(process.platform === 'win32')('./driftbench', () => {
  it('hands over arguments and working directory, and says nothing of its own', () => {
    const args = ['--json', 'a b', "c'd", '*', ''];
    const { stdout, stderr, status } = run(join(clone, 'driftbench'), args);
    expect({ ...JSON.parse(stdout), stderr, status }).toEqual({ args, cwd: folder, stderr: '', status: 0 });
  });

  it('works through symbolic links, relative ones too', () => {
    mkdirSync(join(folder, 'bin'));
    symlinkSync('../clone/driftbench', join(folder, 'bin/one'));
    symlinkSync(join(folder, 'bin/one'), join(folder, 'bin/two'));
    expect(JSON.parse(run('./bin/two', ['x']).stdout).args).toEqual(['x']);
  });

  it('passes exit codes and signals on', () => {
    expect(run(join(clone, 'driftbench'), ['exit', '3']).status).toBe(3);
    expect(run(join(clone, 'driftbench'), ['die']).signal).toBe('SIGTERM');
  });

  it('sets up when a source is newer, with one sentence on stderr when that fails', () => {
    const later = new Date(Date.now() + 20_000);
    utimesSync(join(clone, 'src/a.ts'), later, later);
    const { stdout, stderr, status } = run(join(clone, 'driftbench'), ['x']);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toMatch(/^driftbench: building\n[\s\S]*driftbench: the build failed, its output is above\n$/);
  });
});
