import { basename, resolve } from 'node:path';
import { UserFault } from '../../../shared/errors.ts';
import type { RunRequest, WorkloadDefinition } from '../../../shared/model/workload.ts';
import { type Environment, programPath } from '../../platform/environment.ts';
import { fileAt, kindOf, readEnds } from '../../platform/files.ts';
import { sha256File } from '../../platform/hash.ts';
import type { RunTool } from '../../platform/tool-process.ts';
import { formats } from '../adapters/registry.ts';
import type { PreparedRun } from './prepared-run.ts';

interface CommandDeps {
  environment: Environment;
  runTool: RunTool;
  signal: AbortSignal;
}

/** Arguments that are programs themselves: a changed script is another workload. */
const source = /\.(?:py|sh|bash|mjs|cjs|js|ts|rb|pl|lua|jl|r|php)$/i;
/** Programs that answer `--version` at once and do nothing else. */
const interpreters = /^(?:python|pypy|node|deno|bun|bash|sh|ruby|perl|julia|Rscript|java|php|lua)[\d.]*(?:\.exe)?$/;
const versionLimitMs = 2000;

/** A script that is asked for its version may well run its benchmark instead, so only programs are asked. */
const mayAsk = async (path: string): Promise<boolean> => {
  if (interpreters.test(basename(path))) return true;
  const { size } = await fileAt(path);
  const { head } = await readEnds(path, size, 2);
  return head.toString('latin1') !== '#!';
};

/** The first line that the program prints for `--version`, where it does so quickly; null where it does not. */
const versionOf = async (path: string, { runTool, signal }: CommandDeps): Promise<string | null> => {
  if (!(await mayAsk(path))) return null;
  const result = await runTool(path, ['--version'], { limitMs: versionLimitMs, signal });
  if (result.ended !== 'exit' || result.code !== 0) return null;
  const line = `${result.stdout}\n${result.stderr}`.split('\n').find((text) => text.trim() !== '');
  return line?.trim().slice(0, 200) ?? null;
};

const programFiles = async (args: readonly string[], cwd: string, signal: AbortSignal) => {
  const found: Record<string, string> = {};
  for (const argument of args) {
    const path = resolve(cwd, argument);
    if (source.test(argument) && (await kindOf(path)) === 'file') found[argument] = await sha256File(path, signal);
  }
  return found;
};

const nameOf = (program: string, args: readonly string[]): string =>
  basename(args.find((argument) => source.test(argument)) ?? program);

const checked = (request: RunRequest): NonNullable<RunRequest['command']> => {
  const { command, against = {} } = request;
  if (!command) throw new UserFault('the command runner needs a command, give it after --');
  if (command.format !== 'auto' && !formats.includes(command.format)) {
    throw new UserFault(`unknown format, choose auto or one of ${formats.join(', ')}: ${command.format}`);
  }
  for (const name of [...command.env, ...Object.keys(against)]) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new UserFault(`not the name of a variable: ${name}`);
  }
  const both = command.env.find((name) => name in against);
  if (both !== undefined) {
    throw new UserFault(`a variable of the second side cannot be part of the workload, leave out --env: ${both}`);
  }
  return command;
};

/**
 * The user's own harness. Its workload is what it is started with: argv, the variables that are named with their
 * values, the SHA-256 of the program and of scripts among the arguments, what it answers to `--version`, and what was
 * asked of it. The working directory is a place on this machine and no part of it.
 */
export const prepareCommand = async (request: RunRequest, deps: CommandDeps): Promise<PreparedRun> => {
  const command = checked(request);
  const { environment, signal } = deps;
  const [word = '', ...args] = command.argv;
  const cwd = resolve(command.cwd ?? '.');
  if ((await kindOf(cwd)) !== 'folder') throw new UserFault(`working directory not found: ${command.cwd}`);
  const program = programPath(word, environment, cwd);
  if (program === null) throw new UserFault(`program not found on PATH or not executable: ${word}`);
  const asked = {
    ...(request.precision === undefined ? {} : { precision: request.precision }),
    ...(request.batch === undefined ? {} : { batch: request.batch }),
  };
  const files = await programFiles(args, cwd, signal);
  const definition: WorkloadDefinition = {
    runner: 'command',
    argv: [basename(word), ...args],
    env: Object.fromEntries(command.env.map((name) => [name, environment[name] ?? null])),
    program: { sha256: await sha256File(program, signal), version: await versionOf(program, deps) },
    ...(Object.keys(files).length > 0 ? { files } : {}),
    ...(Object.keys(asked).length > 0 ? { asked } : {}),
  };
  return {
    kind: 'command',
    named: request.workload !== undefined,
    workload: { id: request.workload ?? nameOf(program, args), definition },
    program,
    args,
    cwd,
    env: command.env,
    limitMs: command.limitMs,
    format: command.format,
    item: 'item',
    perIteration: null,
    durationMs: null,
    ...(request.device === undefined ? {} : { device: request.device }),
    asked,
    stated: { precision: null, batch: null },
    expected: { required: false, digest: null },
    notes: [],
  };
};
