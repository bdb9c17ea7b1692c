import { UserFault } from '../../shared/errors.ts';
import { datasetFileOf, type Terminal } from '../platform/terminal.ts';
import type { ExitCode } from './outcome.ts';
import type { Commands } from './program.ts';
import type { CommandSession } from './session.ts';
import { throughputCommandsOf } from './throughput-commands.ts';

export interface CommandHost {
  terminal: Terminal;
  session(command: (session: CommandSession) => Promise<ExitCode>): Promise<ExitCode>;
  serve(port: number, open: boolean): Promise<ExitCode>;
  /** Start the desktop window and wait for its end, or null where there is none. */
  desktop(): Promise<ExitCode> | null;
}

const parsePort = (text: string | undefined): number => {
  const port = Number(text ?? 0);
  if (!/^\d{1,5}$/.test(text ?? '0') || port > 65_535)
    throw new UserFault(`--port takes a number up to 65535: ${text}`);
  return port;
};

export const commandsOf = ({ terminal, session, serve, desktop }: CommandHost): Commands => ({
  start: async (options) => {
    const port = parsePort(options.port);
    const window = options.open ? desktop() : null;
    if (window) return window;
    if (options.open) terminal.err('no desktop window on this machine, serving the same in a browser\n');
    return serve(port, options.open);
  },
  serve: async (options) => serve(parsePort(options.port), options.open),
  import: async (argument) => {
    const path = datasetFileOf(argument);
    if (path === null) throw new UserFault(`not a dataset file, give the path of a dataset.yaml: ${argument}`);
    return session(async ({ client, follow, answer }) => {
      const summary = await follow(client.datasets.import({ path }));
      const { datasetText } = await import('./text-dataset.ts');
      answer(summary, datasetText(summary));
      return 0;
    });
  },
  compare: async (argument, options) => {
    const { compareRequest } = await import('./arguments.ts');
    const request = compareRequest(argument, options);
    return session(async ({ client, follow, datasetId, answer }) => {
      const dataset = await datasetId(argument);
      const comparison = await follow(client.accuracy.compare({ ...request, dataset }));
      const { comparisonText } = await import('./text-comparison.ts');
      answer(comparison, comparisonText(comparison));
      return options.failOn === comparison.verdict ? 3 : 0;
    });
  },
  series: async (argument, options) => {
    const { seriesRequest } = await import('./arguments.ts');
    const request = seriesRequest(argument, options);
    return session(async ({ client, follow, datasetId, answer }) => {
      const dataset = await datasetId(argument);
      const series = await follow(client.accuracy.series({ ...request, dataset }));
      const { seriesText } = await import('./text-series.ts');
      answer(series, seriesText(series, options.metric));
      return 0;
    });
  },
  investigate: async (argument, options) => {
    const { compareRequest } = await import('./arguments.ts');
    const request = compareRequest(argument, options);
    return session(async ({ client, follow, datasetId, answer }) => {
      const dataset = await datasetId(argument);
      const { title } = options;
      const opened = await follow(
        client.investigations.open({ request: { ...request, dataset }, ...(title === undefined ? {} : { title }) }),
      );
      const { id, axis, checklist, verdict } = opened;
      const { comparison } = await client.investigations.documents({ investigation: id });
      const { checkAnswer, investigationText } = await import('./text-investigation.ts');
      answer({ id, axis, comparison, checklist: checklist.lines.map(checkAnswer), verdict }, investigationText(opened));
      return options.failOn === verdict ? 3 : 0;
    });
  },
  report: async (investigation, options) => {
    const { reportFormat } = await import('./report-options.ts');
    const format = reportFormat(options);
    return session(async ({ client, answer }) => {
      const built = await client.reports.build({ investigation });
      const { saveFile } = await import('../platform/saved-file.ts');
      const path = await saveFile(options.out, built[format]);
      const sha256 = built[`${format}Sha256`];
      answer({ investigation, seq: built.seq, format, path, sha256 }, `${path}\nSHA-256 ${sha256}\n`);
      return 0;
    });
  },
  throughput: throughputCommandsOf({ session }),
  doctor: () =>
    session(async ({ client, answer }) => {
      const diagnosis = await client.workbench.doctor();
      const { diagnosisText } = await import('./text-dataset.ts');
      answer(diagnosis, diagnosisText(diagnosis));
      return 0;
    }),
});
