import { UserFault } from '../../shared/errors.ts';
import { RunRequest } from '../../shared/model/workload.ts';
import { accepted, numbers } from './arguments.ts';
import type { RunOptions } from './throughput-program.ts';

const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** `500ms`, `30s`, `1.5m`, `2h`: a number without a unit could mean either, and is refused. */
const parseDuration = (option: string, text: string): number => {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)$/.exec(text.trim()) ?? [];
  const ms = Number(number) * (unitMs[unit] ?? Number.NaN);
  if (!(ms > 0)) throw new UserFault(`${option} takes a time with its unit, such as 500ms, 30s or 2m: ${text}`);
  return ms;
};

const pair = (option: string, example: string, text: string): [name: string, value: string] => {
  const at = text.indexOf('=');
  if (at < 1) throw new UserFault(`${option} takes a name and a value, such as ${example}: ${text}`);
  return [text.slice(0, at), text.slice(at + 1)];
};

const pairs = (option: string, example: string, texts: readonly string[]): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const text of texts) {
    const [name, value] = pair(option, example, text);
    if (name in found) throw new UserFault(`${option} names a thing twice: ${name}`);
    found[name] = value;
  }
  return found;
};

const shapesOf = (texts: readonly string[]): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(pairs('--shape', 'input=1x3x224x224', texts)).map(([name, value]) => {
      const sizes = value.split(/[x,]/).map(Number);
      if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
        throw new UserFault(`--shape takes sizes above 0, such as input=1x3x224x224: ${name}=${value}`);
      }
      return [name, sizes];
    }),
  );

const commandOf = (argv: string[], { env = [], cwd, format, limit }: RunOptions) => ({
  argv,
  env,
  ...(cwd === undefined ? {} : { cwd }),
  ...(format === undefined ? {} : { format }),
  ...(limit === undefined ? {} : { limitMs: parseDuration('--limit', limit) }),
});

/** Options that only a command has. */
const ofCommands = ['env', 'cwd', 'format', 'limit'] as const;

export const runRequest = (workload: string | undefined, argv: string[], options: RunOptions): RunRequest => {
  const { runner, precision, batch, duration, repeat, label, against, againstLabel, device, shape, seed } = options;
  const isCommand = runner === 'command' || (runner === undefined && argv.length > 0);
  if (isCommand && argv.length === 0) {
    throw new UserFault('the command runner needs a command after --, such as: -- python3 bench.py');
  }
  if (!isCommand && argv.length > 0) throw new UserFault(`a command is run by the command runner only: ${runner}`);
  const stray = isCommand ? undefined : ofCommands.find((name) => options[name] !== undefined);
  if (stray !== undefined) throw new UserFault(`only a command after -- has this option: --${stray}`);
  if (!isCommand && workload === undefined) {
    throw new UserFault('nothing to run, name a workload of `throughput workloads` or give a command after --');
  }
  if (againstLabel !== undefined && against === undefined) {
    throw new UserFault(`--against-label needs a second side, give --against: ${againstLabel}`);
  }
  const given = { workload, precision, label, againstLabel, device };
  return accepted(RunRequest, {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(isCommand ? { runner: 'command', command: commandOf(argv, options) } : runner === undefined ? {} : { runner }),
    ...(duration === undefined ? {} : { durationMs: parseDuration('--duration', duration) }),
    ...(against === undefined ? {} : { against: pairs('--against', 'OMP_NUM_THREADS=4', against) }),
    ...(shape === undefined ? {} : { shapes: shapesOf(shape) }),
    ...numbers({ batch, repeat, seed }),
  });
};
