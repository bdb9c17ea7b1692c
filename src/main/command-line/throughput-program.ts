import { type Command, Option } from 'commander';
import { UserFault } from '../../shared/errors.ts';
import type { ExitCode } from './outcome.ts';

export interface RunOptions {
  runner?: string;
  precision?: string;
  batch?: string;
  duration?: string;
  repeat?: string;
  label?: string;
  against?: string[];
  againstLabel?: string;
  device?: string;
  shape?: string[];
  env?: string[];
  cwd?: string;
  format?: string;
  limit?: string;
  seed?: string;
}

export interface ThroughputCompareOptions {
  with: string[];
  delta?: string;
  metric?: string;
  seed?: string;
  failOn?: string;
}

export interface HistoryOptions {
  workload?: string;
  preset?: string;
  window?: string;
  maxP?: string;
  minMagnitude?: string;
  seed?: string;
}

export interface ThroughputCommands {
  workloads(): Promise<ExitCode>;
  /** `argv` is what stands after `--`. */
  run(workload: string | undefined, argv: string[], options: RunOptions): Promise<ExitCode>;
  import(files: string[], options: { format?: string }): Promise<ExitCode>;
  compare(baseline: string[], options: ThroughputCompareOptions): Promise<ExitCode>;
  history(file: string | undefined, options: HistoryOptions): Promise<ExitCode>;
}

const gathered = (value: string, before: string[] = []): string[] => [...before, value];

/** The operands before `--`, of which there is one at most, and the command after it. */
const aroundDashes = (
  words: readonly string[],
  workload: string | undefined,
  argv: string[],
): [workload: string | undefined, argv: string[]] => {
  const dashes = words.indexOf('--');
  const command = dashes < 0 ? [] : words.slice(dashes + 1);
  const operands = workload === undefined ? [] : [workload, ...argv];
  const [name, ...more] = operands.slice(0, operands.length - command.length);
  if (more[0] !== undefined) throw new UserFault(`run takes one workload, a command stands after --: ${more[0]}`);
  return [name, command];
};

export const describeThroughput = (
  program: Command,
  commands: () => ThroughputCommands,
  end: (code: ExitCode) => void,
  words: readonly string[],
): void => {
  const throughput = program.command('throughput').description('did the machine get slower');
  throughput
    .command('workloads')
    .description('what can be run here')
    .action(async () => end(await commands().workloads()));
  throughput
    .command('run')
    .description('run a workload and keep what was measured')
    .argument('[workload]', 'id of a workload, or the path of an ONNX model')
    .argument('[argv...]', 'after --: the command of your own harness')
    .option('--runner <name>', 'webgpu, onnx or command')
    .option('--precision <name>', 'f32, f16 or int8')
    .option('--batch <n>', 'items in one iteration')
    .option('--duration <time>', 'how long to measure, such as 30s')
    .option('--repeat <n>', 'runs, each a process of its own')
    .option('--label <text>', 'what these runs are called')
    .option('--against <name=value>', 'environment of a second side, interleaved ABBA; may be repeated', gathered)
    .option('--against-label <text>', 'what the runs of the second side are called')
    .option('--device <text>', "part of an adapter's name, or an execution provider")
    .option('--shape <input=1x3x224x224>', 'shape of an input the model leaves open; may be repeated', gathered)
    .option('--env <name>', 'environment variable handed to a command; may be repeated', gathered)
    .option('--cwd <dir>', 'working directory of a command')
    .option('--format <name>', 'what a command prints: auto, protocol or a result format')
    .option('--limit <time>', 'end a command after this time, such as 10m')
    .option('--seed <n>', 'seed of every input and resampling')
    .action(async (workload: string | undefined, argv: string[], options: RunOptions) =>
      end(await commands().run(...aroundDashes(words, workload, argv), options)),
    );
  throughput
    .command('import')
    .description("keep the runs of another harness's result files")
    .argument('<files...>')
    .option('--format <name>', 'the format, where the content does not tell')
    .action(async (files: string[], options: { format?: string }) => end(await commands().import(files, options)));
  throughput
    .command('compare')
    .description('hold runs against a baseline')
    .argument('<baseline...>', 'ids or labels of runs, or result files')
    .requiredOption('--with <candidate...>', 'ids or labels of runs, or result files')
    .option('--delta <number>', 'smallest relative change that matters, fixed before looking')
    .option('--metric <name>', 'the metric the verdict is about')
    .option('--seed <n>', 'seed of every resampling')
    .addOption(new Option('--fail-on <verdict>', 'exit with 3 on this verdict').choices(['regression']))
    .action(async (baseline: string[], options: ThroughputCompareOptions) =>
      end(await commands().compare(baseline, options)),
    );
  throughput
    .command('history')
    .description('change points in a series, or in the runs of a workload')
    .argument('[file]', 'a csv with index,value or a json file')
    .option('--workload <id>', 'the runs of this workload in the workspace')
    .addOption(new Option('--preset <name>', 'how changes are found').choices(['default', 'otava']))
    .option('--window <n>', 'points looked at together')
    .option('--max-p <number>', 'largest p-value of a change')
    .option('--min-magnitude <number>', 'smallest relative change')
    .option('--seed <n>', 'seed of every permutation')
    .action(async (file: string | undefined, options: HistoryOptions) => end(await commands().history(file, options)));
};
