import { Command, CommanderError, Option } from 'commander';
import { UserFault } from '../../shared/errors.ts';
import { version } from '../../shared/version.ts';
import type { CompareOptions, SeriesOptions } from './arguments.ts';
import type { ExitCode } from './outcome.ts';
import type { ReportOptions } from './report-options.ts';
import { describeThroughput, type ThroughputCommands } from './throughput-program.ts';

export interface ServeOptions {
  port?: string;
  open: boolean;
}

export type ComparedOptions = CompareOptions & { failOn?: string };
export type InvestigateOptions = ComparedOptions & { title?: string };

/** What each command does; `program` only knows how it is spelled. */
export interface Commands {
  start(options: ServeOptions): Promise<ExitCode>;
  serve(options: ServeOptions): Promise<ExitCode>;
  import(path: string): Promise<ExitCode>;
  compare(dataset: string, options: ComparedOptions): Promise<ExitCode>;
  series(dataset: string, options: SeriesOptions): Promise<ExitCode>;
  investigate(dataset: string, options: InvestigateOptions): Promise<ExitCode>;
  report(investigation: string, options: ReportOptions): Promise<ExitCode>;
  doctor(): Promise<ExitCode>;
  throughput: ThroughputCommands;
}

export interface GlobalOptions {
  workspace?: string;
  json?: boolean;
}

const usage = (error: CommanderError): Error => {
  const helped = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
  if (helped) return error;
  if (error.code === 'commander.help') return new UserFault('a command is missing, see driftbench --help');
  const sentence = error.message.replace(/^error: /, '').replace(/\.$/, '');
  return new UserFault(sentence.replace(/\. ([A-Z])/g, (_match, letter: string) => `, ${letter.toLowerCase()}`));
};

const gathered = (value: string, before: string[] = []): string[] => [...before, value];

/** Everything that fixes a comparison before anybody has looked. */
const comparing = (command: Command): Command =>
  command
    .argument('<dataset>', 'id, or path of a dataset.yaml')
    .requiredOption('--reference <from..to>', 'days before, both included')
    .requiredOption('--current <from..to>', 'days in question, both included')
    .option('--as-of <instant>', 'use no label that arrived later')
    .option('--metric <name>', 'the metric the verdict is about')
    .option('--within <column=value>', 'only rows of this segment; may be repeated', gathered)
    .option('--delta <number>', 'smallest change that matters, fixed before looking')
    .option('--min-cell <n>', 'labelled rows a segment needs in each window')
    .option('--depth <n>', 'segments of up to this many columns')
    .option('--seed <n>', 'seed of every resampling')
    .addOption(new Option('--fail-on <verdict>', 'exit with 3 on this verdict').choices(['regression']));

const describe = (
  run: (options: GlobalOptions) => Commands,
  end: (code: ExitCode) => void,
  words: readonly string[],
): Command => {
  const program = new Command('driftbench');
  program
    .description('Is it the model or the machine, since when, why, and can we prove it?')
    .version(version)
    .option('--workspace <dir>', 'folder of the log and the caches (default: your data folder)')
    .option('--json', 'one JSON document on stdout, everything else on stderr')
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
    .exitOverride();
  const commands = () => run(program.opts<GlobalOptions>());
  const port = () => new Option('--port <n>', 'port on 127.0.0.1 (default: any free one)');
  const open = () => new Option('--no-open', 'print the link and open nothing');

  program
    .command('start')
    .description('the desktop window if Electron is there, else the browser')
    .addOption(port())
    .addOption(open())
    .action(async (options: ServeOptions) => end(await commands().start(options)));
  program
    .command('serve')
    .description('the window in a browser on this machine')
    .addOption(port())
    .addOption(open())
    .action(async (options: ServeOptions) => end(await commands().serve(options)));
  program
    .command('import')
    .description('read the files a dataset.yaml names; prints the dataset id and the row ledger')
    .argument('<dataset.yaml>')
    .action(async (path: string) => end(await commands().import(path)));

  const accuracy = program.command('accuracy').description('did the model get worse');
  comparing(accuracy.command('compare').description('compare two windows of a dataset')).action(
    async (dataset: string, options: ComparedOptions) => end(await commands().compare(dataset, options)),
  );
  accuracy
    .command('series')
    .description('metrics, drift and alarms per chunk')
    .argument('<dataset>', 'id, or path of a dataset.yaml')
    .requiredOption('--reference <from..to>', 'days the limits come from, both included')
    .requiredOption('--chunk <size>', '1d, 1w, 1mo or a number of rows')
    .option('--as-of <instant>', 'use no label that arrived later')
    .option('--metric <name>', 'the metric to print')
    .option('--within <column=value>', 'only rows of this segment; may be repeated', gathered)
    .option('--seed <n>', 'seed of every resampling')
    .action(async (dataset: string, options: SeriesOptions) => end(await commands().series(dataset, options)));

  describeThroughput(program, () => commands().throughput, end, words);

  const investigate = program.command('investigate').description('open an investigation and run every automatic check');
  comparing(investigate.command('accuracy').description('from a comparison of two windows of a dataset'))
    .option('--title <text>', 'what the investigation is called')
    .action(async (dataset: string, options: InvestigateOptions) =>
      end(await commands().investigate(dataset, options)),
    );
  program
    .command('report')
    .description('write the report of an investigation')
    .argument('<investigation>', 'id')
    .requiredOption('--format <name>', 'html or json')
    .requiredOption('--out <path>', 'the file to write')
    .action(async (investigation: string, options: ReportOptions) =>
      end(await commands().report(investigation, options)),
    );

  program
    .command('doctor')
    .description('what this machine can do')
    .action(async () => end(await commands().doctor()));
  return program;
};

/** Read the arguments and run the command they name; faults of usage are thrown as one sentence. */
export const runProgram = async (argv: string[], run: (options: GlobalOptions) => Commands): Promise<ExitCode> => {
  let code: ExitCode = 0;
  const ended = (status: ExitCode) => {
    code = status;
  };
  const program = describe(run, ended, argv);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const fault = usage(error);
    if (fault instanceof CommanderError) return 0;
    throw fault;
  }
  return code;
};
